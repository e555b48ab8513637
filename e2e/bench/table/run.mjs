/**
 * `npm run bench:table`: our list beside AG Grid Community and MUI X DataGrid, each with 14 columns and four sparklines a row, in one
 * browser, in turns. Prints the median of the rounds, and whether ours is ahead on each figure. It never fails a test run.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import tailwind from "@tailwindcss/postcss";
import postcss from "postcss";
import { root } from "../../../lib/launch/data-folder.mjs";
import { besidePeers, median, ROUNDS } from "../beside-peers.mjs";

const COUNTS = (process.env.COUNTS ?? "1000,10000").split(",").map(Number);
const PEERS = [
  "ag-grid-community@36.2.0",
  "ag-grid-react@36.2.0",
  "@mui/x-data-grid@9.17.0",
  "@mui/material@9",
  "@emotion/react@11",
  "@emotion/styled@11",
];
const FIGURES = [
  { key: "mount", label: "first rows, ms" },
  { key: "sort", label: "sort, ms" },
  { key: "filter", label: "filter key, ms" },
  { key: "tick", label: "tick of a tenth, ms" },
  { key: "fps", label: "scroll, frames/s", moreIsBetter: true },
];

const stubs = join(root, "e2e/bench/table/stubs.tsx");
const bench = await besidePeers({
  name: "table",
  peers: PEERS,
  sides: { Regent: "regent", "AG Grid Community": "ag", "MUI X DataGrid": "mui" },
  entry: (file) =>
    `import { side } from "./${file}"; import { measure } from "./page"; import { makeRows, tickRows } from "./rows";
     Object.assign(window, { side, makeRows, tickRows, run: (count) => measure(side, makeRows(count), tickRows) });`,
  options: {
    alias: { "next/navigation": stubs, "next/link": stubs },
    plugins: [{ name: "no stream", setup: (hooks) => hooks.onResolve({ filter: /shell\/live-updates$/ }, () => ({ path: stubs })) }],
  },
  css: `${await styles()}\n#host, .peer-frame, .nodes-grid { height: 760px }`,
  viewport: { width: 1920, height: 1000 },
});
try {
  console.log(`${bench.versions}, ${PEERS.slice(0, 3).join(", ")}; ${ROUNDS} rounds in turns, medians`);
  for (const count of COUNTS) report(count, await bench.rounds(count));
} finally {
  await bench.close();
}

/** The console's own. */
async function styles() {
  const from = join(root, "app/globals.css");
  const { css } = await postcss([tailwind({ base: root })]).process(readFileSync(from, "utf8"), { from });
  return css;
}

function report(count, found) {
  console.log(`\n${count.toLocaleString("en")} rows${" ".repeat(14)}${bench.names.map((name) => name.padStart(20)).join("")}`);
  let ahead = true;
  for (const { key, label, moreIsBetter } of FIGURES) {
    const [ours, ...others] = bench.names.map((name) => median(found, name, key));
    const wins = others.every((other) => (moreIsBetter ? ours >= other : ours <= other));
    ahead &&= wins;
    console.log(
      `${label.padEnd(24)}${[ours, ...others].map((value) => value.toFixed(1).padStart(20)).join("")}   ${wins ? "ahead" : "BEHIND"}`,
    );
  }
  console.log(`Regent is ${ahead ? "ahead on every figure" : "NOT ahead on every figure"} at ${count.toLocaleString("en")} rows.`);
}
