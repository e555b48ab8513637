/**
 * `npm run bench:heatmap`: our heatmap beside ECharts and Nivo, each on a canvas of the same size with the same values, borders and
 * labels, in one browser, in turns; ours draws the glyphs of abnormal nodes as well. Each is timed until its pixels
 * can be read, and until its frame is painted, of which there are sixty a second. Prints the median of the rounds, how many times as
 * much the others take, and whether ours is ahead on each figure. It never fails a test run.
 */
import { besidePeers, median, ROUNDS } from "../beside-peers.mjs";

const COUNTS = (process.env.COUNTS ?? "1000,10000,100000").split(",").map(Number);
const PEERS = ["echarts@6.1.0", "@nivo/heatmap@0.99.0", "@nivo/core@0.99.0"];
const FIGURES = [
  { key: "draw", label: "draw, ms" },
  { key: "drawn", label: "  to its frame, ms" },
  { key: "recolour", label: "recolour, ms" },
  { key: "recoloured", label: "  to its frame, ms" },
  { key: "hit", label: "pointer move, µs" },
  { key: "memory", label: "heap, MB" },
];
/** Memory is told exactly, and collected when it is asked for. */
const FLAGS = ["--enable-precise-memory-info", "--js-flags=--expose-gc"];

const bench = await besidePeers({
  name: "heatmap",
  peers: PEERS,
  sides: { Regent: "regent", ECharts: "echarts", "Nivo canvas": "nivo" },
  entry: (file) => `import { side } from "./${file}"; import { measure } from "./page"; window.run = (count) => measure(side, count);`,
  viewport: { width: 1920, height: 1940 },
  flags: FLAGS,
});
try {
  console.log(`${bench.versions}, ${PEERS.slice(0, 2).join(", ")}; ${ROUNDS} rounds in turns, medians`);
  const ahead = [];
  for (const count of COUNTS) ahead.push(report(count, await bench.rounds(count)));
  const wins = ahead.flat();
  console.log(`\nRegent is ahead on ${wins.filter(Boolean).length} of ${wins.length} figures.`);
} finally {
  await bench.close();
}

function report(count, found) {
  const cell = (value, ratio) => `${value.toFixed(1)}${ratio ? ` (${ratio.toFixed(1)}x)` : ""}`.padStart(22);
  console.log(`\n${`${count.toLocaleString("en")} cells`.padEnd(20)}${bench.names.map((name) => name.padStart(22)).join("")}`);
  const ahead = FIGURES.map(({ key, label }) => {
    const [ours, ...others] = bench.names.map((name) => median(found, name, key));
    const wins = others.every((other) => ours <= other);
    const line = [cell(ours), ...others.map((other) => cell(other, other / Math.max(ours, 0.001)))].join("");
    console.log(`${label.padEnd(20)}${line}   ${wins ? "ahead" : "BEHIND"}`);
    return wins;
  });
  console.log(`${"an idle frame, ms".padEnd(20)}${bench.names.map((name) => cell(median(found, name, "idle"))).join("")}`);
  const behind = FIGURES.filter((_, index) => !ahead[index]).map(({ key }) => key);
  console.log(behind.length ? `Ahead at this size on all but: ${behind.join(", ")}.` : "Ahead at this size on every figure.");
  return ahead;
}
