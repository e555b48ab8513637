/**
 * `npm run bench:table`: our list beside AG Grid Community and MUI X DataGrid, each with 14 columns and four sparklines a row, in one
 * browser, in turns. Prints the median of the rounds, and whether ours is ahead on each figure. It never fails a test run.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/postcss";
import { build } from "esbuild";
import { chromium } from "playwright";
import postcss from "postcss";
import { findBrowser } from "../../../lib/launch/browser.mjs";
import { command } from "../../../lib/launch/command.mjs";
import { dataFolder, privateFolder, root } from "../../../lib/launch/data-folder.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const COUNTS = (process.env.COUNTS ?? "1000,10000").split(",").map(Number);
const PEERS = [
  "ag-grid-community@36.2.0",
  "ag-grid-react@36.2.0",
  "@mui/x-data-grid@9.17.0",
  "@mui/material@9",
  "@emotion/react@11",
  "@emotion/styled@11",
];
const SIDES = { Regent: "regent", "AG Grid Community": "ag", "MUI X DataGrid": "mui" };
const FIGURES = [
  { key: "mount", label: "first rows, ms" },
  { key: "sort", label: "sort, ms" },
  { key: "filter", label: "filter key, ms" },
  { key: "tick", label: "tick of a tenth, ms" },
  { key: "fps", label: "scroll, frames/s", moreIsBetter: true },
];

const folder = privateFolder(join(privateFolder(dataFolder()), "bench"));
const output = join(folder, "table");
const sides = Object.entries(SIDES).filter(([, file]) => file === "regent");
if (await fetchPeers()) sides.push(...Object.entries(SIDES).filter(([, file]) => file !== "regent"));
else console.log("Missing: the packages of AG Grid and MUI X could not be fetched, so ours stands alone.");
await bundle();
const server = await serve();
const browser = await launch();
try {
  console.log(
    `Chromium ${browser.version()}, Node.js ${process.version}, ${PEERS.slice(0, 3).join(", ")}; ${ROUNDS} rounds in turns, medians`,
  );
  for (const count of COUNTS) report(count, await rounds(count));
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
  const stubs = join(HERE, "stubs.tsx");
  for (const [, file] of sides) {
    await build({
      stdin: {
        contents: `import { side } from "./${file}"; import { measure } from "./page"; import { makeRows, tickRows } from "./rows";
          Object.assign(window, { side, makeRows, tickRows, run: (count) => measure(side, makeRows(count), tickRows) });`,
        resolveDir: HERE,
        loader: "ts",
      },
      outfile: join(output, `${file}.js`),
      bundle: true,
      minify: true,
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"' },
      alias: { "@": root, react: own("react"), "react-dom": own("react-dom"), "next/navigation": stubs, "next/link": stubs },
      nodePaths: [join(folder, "node_modules")],
      logLevel: "error",
      plugins: [{ name: "no stream", setup: (hooks) => hooks.onResolve({ filter: /shell\/live-updates$/ }, () => ({ path: stubs })) }],
    });
    writeFileSync(join(output, `${file}.html`), page(file));
  }
  const from = join(root, "app/globals.css");
  const { css } = await postcss([tailwind({ base: root })]).process(readFileSync(from, "utf8"), { from });
  writeFileSync(join(output, "page.css"), css);
}

function page(file) {
  return `<!doctype html><html lang="en" data-theme="light"><title>${file}</title><link rel="stylesheet" href="page.css">
<style>#host, .peer-frame, .nodes-grid { height: 760px }</style><body><div id="host"></div><script src="${file}.js"></script></body></html>`;
}

function serve() {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const listener = createServer(({ url = "/" }, response) => {
    const name = url.slice(1);
    if (!/^[a-z]+\.(html|js|css)$/.test(name)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(name)] }).end(readFileSync(join(output, name)));
  });
  return new Promise((resolve) => listener.listen(0, "127.0.0.1", () => resolve(listener)));
}

async function launch() {
  const { CHROMIUM: executablePath, ...more } = await findBrowser(join(privateFolder(dataFolder()), "browser"));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...sandbox, "--disable-background-networking"], env: { ...process.env, ...more } });
}

async function rounds(count) {
  const found = Object.fromEntries(sides.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, file] of sides) {
      const tab = await browser.newPage({ viewport: { width: 1920, height: 1000 } });
      tab.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
      await tab.goto(`http://127.0.0.1:${server.address().port}/${file}.html`);
      found[name].push(await tab.evaluate((rows) => window.run(rows), count));
      await tab.close();
    }
  }
  return found;
}

function report(count, found) {
  const median = (name, key) => found[name].map((timings) => timings[key]).toSorted((a, b) => a - b)[ROUNDS >> 1];
  console.log(`\n${count.toLocaleString("en")} rows${" ".repeat(14)}${sides.map(([name]) => name.padStart(20)).join("")}`);
  let ahead = true;
  for (const { key, label, moreIsBetter } of FIGURES) {
    const [ours, ...others] = sides.map(([name]) => median(name, key));
    const wins = others.every((other) => (moreIsBetter ? ours >= other : ours <= other));
    ahead &&= wins;
    console.log(
      `${label.padEnd(24)}${[ours, ...others].map((value) => value.toFixed(1).padStart(20)).join("")}   ${wins ? "ahead" : "BEHIND"}`,
    );
  }
  console.log(`Regent is ${ahead ? "ahead on every figure" : "NOT ahead on every figure"} at ${count.toLocaleString("en")} rows.`);
}
