/**
 * `npm run bench:heatmap`: our heatmap beside ECharts and Nivo, each on a canvas of the same size with the same values, borders and
 * labels, in one browser, in turns; ours draws the glyphs of abnormal nodes as well. Each is timed until its pixels
 * can be read, and until its frame is painted, of which there are sixty a second. Prints the median of the rounds, how many times as
 * much the others take, and whether ours is ahead on each figure. It never fails a test run.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright";
import { findBrowser } from "../../../lib/launch/browser.mjs";
import { command } from "../../../lib/launch/command.mjs";
import { dataFolder, privateFolder, root } from "../../../lib/launch/data-folder.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const COUNTS = (process.env.COUNTS ?? "1000,10000,100000").split(",").map(Number);
const PEERS = ["echarts@6.1.0", "@nivo/heatmap@0.99.0", "@nivo/core@0.99.0"];
const SIDES = { Regent: "regent", ECharts: "echarts", "Nivo canvas": "nivo" };
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

const folder = privateFolder(join(privateFolder(join(privateFolder(dataFolder()), "bench")), "heatmap-peers"));
const output = join(folder, "pages");
const sides = Object.entries(SIDES).filter(([, file]) => file === "regent");
if (await fetchPeers()) sides.push(...Object.entries(SIDES).filter(([, file]) => file !== "regent"));
else console.log("Missing: the packages of ECharts and Nivo could not be fetched, so ours stands alone.");
await bundle();
const server = await serve();
const browser = await launch();
try {
  console.log(
    `Chromium ${browser.version()}, Node.js ${process.version}, ${PEERS.slice(0, 2).join(", ")}; ${ROUNDS} rounds in turns, medians`,
  );
  const ahead = [];
  for (const count of COUNTS) ahead.push(report(count, await rounds(count)));
  const wins = ahead.flat();
  console.log(`\nRegent is ahead on ${wins.filter(Boolean).length} of ${wins.length} figures.`);
} finally {
  await browser.close();
  server.close();
}

/** Peers are no dependency of the product; they are fetched when somebody compares. */
async function fetchPeers() {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps", "--loglevel=error"];
  const { code } = await command("npm", ["install", "--prefix", folder, ...quiet, ...PEERS], {});
  return code === 0;
}

async function bundle() {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const own = (name) => join(root, "node_modules", name);
  for (const [, file] of sides) {
    await build({
      stdin: {
        contents: `import { side } from "./${file}"; import { measure } from "./page"; window.run = (count) => measure(side, count);`,
        resolveDir: HERE,
        loader: "ts",
      },
      outfile: join(output, `${file}.js`),
      bundle: true,
      minify: true,
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"' },
      alias: { "@": root, react: own("react"), "react-dom": own("react-dom") },
      nodePaths: [join(folder, "node_modules")],
      logLevel: "error",
    });
    writeFileSync(
      join(output, `${file}.html`),
      `<!doctype html><html lang="en"><title>${file}</title><body><div id="host"></div><script src="${file}.js"></script>`,
    );
  }
}

function serve() {
  const types = { ".html": "text/html", ".js": "text/javascript" };
  const listener = createServer(({ url = "/" }, response) => {
    const name = url.slice(1);
    if (!/^[a-z]+\.(html|js)$/.test(name)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(name)] }).end(readFileSync(join(output, name)));
  });
  return new Promise((resolve) => listener.listen(0, "127.0.0.1", () => resolve(listener)));
}

async function launch() {
  const { CHROMIUM: executablePath, ...more } = await findBrowser(join(privateFolder(dataFolder()), "browser"));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [...sandbox, ...FLAGS, "--disable-background-networking"];
  return chromium.launch({ executablePath, args, env: { ...process.env, ...more } });
}

async function rounds(count) {
  const found = Object.fromEntries(sides.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, file] of sides) {
      const tab = await browser.newPage({ viewport: { width: 1920, height: 1940 } });
      tab.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
      await tab.goto(`http://127.0.0.1:${server.address().port}/${file}.html`);
      found[name].push(await tab.evaluate((cells) => window.run(cells), count));
      if (process.env.PICTURES) await tab.screenshot({ path: join(output, `${file}-${count}.png`) });
      await tab.close();
    }
  }
  return found;
}

function report(count, found) {
  const median = (name, key) => found[name].map((figures) => figures[key]).toSorted((a, b) => a - b)[ROUNDS >> 1];
  const cell = (value, ratio) => `${value.toFixed(1)}${ratio ? ` (${ratio.toFixed(1)}x)` : ""}`.padStart(22);
  console.log(`\n${`${count.toLocaleString("en")} cells`.padEnd(20)}${sides.map(([name]) => name.padStart(22)).join("")}`);
  const ahead = FIGURES.map(({ key, label }) => {
    const [ours, ...others] = sides.map(([name]) => median(name, key));
    const wins = others.every((other) => ours <= other);
    const line = [cell(ours), ...others.map((other) => cell(other, other / Math.max(ours, 0.001)))].join("");
    console.log(`${label.padEnd(20)}${line}   ${wins ? "ahead" : "BEHIND"}`);
    return wins;
  });
  console.log(`${"an idle frame, ms".padEnd(20)}${sides.map(([name]) => cell(median(name, "idle"))).join("")}`);
  const behind = FIGURES.filter((_, index) => !ahead[index]).map(({ key }) => key);
  console.log(behind.length ? `Ahead at this size on all but: ${behind.join(", ")}.` : "Ahead at this size on every figure.");
  return ahead;
}
