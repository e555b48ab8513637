/** What benchmarks in a browser share: each side's page, bundled and served, and all of them in turns. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright";
import { findBrowser } from "../../lib/launch/browser.mjs";
import { command } from "../../lib/launch/command.mjs";
import { dataFolder, privateFolder, root } from "../../lib/launch/data-folder.mjs";

export const ROUNDS = Number(process.env.ROUNDS ?? 3);

/**
 * @typedef {object} Bench
 * @property {string} name of its folders, in e2e/bench and below the data folder
 * @property {string[]} peers packages with their versions
 * @property {Record<string, string>} sides each one's file, by its name; ours is `regent`
 * @property {(file: string) => string} entry the script of a side's page: it sets `window.run`
 * @property {import("esbuild").BuildOptions} [options]
 * @property {string} [css] for every page
 * @property {{ width: number, height: number }} viewport
 * @property {string[]} [flags] of the browser
 */

/**
 * Everything ready to be measured. `rounds` gives, by the name of each side, what its page measured of a count in each round.
 * Peers are no dependency of the product: they are fetched when somebody compares, and ours stands alone where they can not be.
 * @param {Bench} bench
 */
export async function besidePeers({ name, peers, sides: files, entry, options, css = "", viewport, flags = [] }) {
  const folder = privateFolder(join(privateFolder(join(privateFolder(dataFolder()), "bench")), name));
  const pages = join(folder, "pages");
  const fetched = await fetchPeers(folder, peers);
  if (!fetched) console.log("Missing: the packages of the others could not be fetched, so ours stands alone.");
  const sides = Object.entries(files).filter(([, file]) => fetched || file === "regent");

  rmSync(pages, { recursive: true, force: true });
  mkdirSync(pages, { recursive: true });
  writeFileSync(join(pages, "page.css"), css);
  for (const [, file] of sides) await bundle(file, { contents: entry(file), resolveDir: join(root, "e2e/bench", name) }, options);
  const server = await serve(pages);
  const browser = await launch(flags);

  async function measure(side, file, count) {
    const tab = await browser.newPage({ viewport });
    tab.on("pageerror", (error) => console.error(`${side}: ${error.message}`));
    await tab.goto(`http://127.0.0.1:${server.address().port}/${file}.html`);
    const figures = await tab.evaluate((asked) => window.run(asked), count);
    if (process.env.PICTURES) await tab.screenshot({ path: join(pages, `${file}-${count}.png`) });
    await tab.close();
    return figures;
  }
  return {
    names: sides.map(([side]) => side),
    versions: `Chromium ${browser.version()}, Node.js ${process.version}`,
    rounds: async (count) => {
      const found = Object.fromEntries(sides.map(([side]) => [side, []]));
      for (let round = 0; round < ROUNDS; round += 1) for (const [side, file] of sides) found[side].push(await measure(side, file, count));
      return found;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };

  async function bundle(file, stdin, { alias, ...more } = {}) {
    const own = (library) => join(root, "node_modules", library);
    await build({
      stdin: { ...stdin, loader: "ts" },
      outfile: join(pages, `${file}.js`),
      bundle: true,
      minify: true,
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"' },
      // One React for all sides, which is the product's.
      alias: { "@": root, react: own("react"), "react-dom": own("react-dom"), ...alias },
      nodePaths: [join(folder, "node_modules")],
      logLevel: "error",
      ...more,
    });
    writeFileSync(
      join(pages, `${file}.html`),
      `<!doctype html><html lang="en" data-theme="light"><title>${file}</title><link rel="stylesheet" href="page.css"><body><div id="host"></div><script src="${file}.js"></script></body></html>`,
    );
  }
}

/** The one in the middle of what a side's rounds found of a figure. */
export const median = (found, side, key) => found[side].map((figures) => figures[key]).toSorted((a, b) => a - b)[ROUNDS >> 1];

async function fetchPeers(folder, peers) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps", "--loglevel=error"];
  const { code } = await command("npm", ["install", "--prefix", folder, ...quiet, ...peers], {});
  return code === 0;
}

function serve(folder) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const listener = createServer(({ url = "/" }, response) => {
    const name = url.slice(1);
    if (!/^[a-z]+\.(html|js|css)$/.test(name)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(name)] }).end(readFileSync(join(folder, name)));
  });
  return new Promise((resolve) => listener.listen(0, "127.0.0.1", () => resolve(listener)));
}

async function launch(flags) {
  const { CHROMIUM: executablePath, ...more } = await findBrowser(join(privateFolder(dataFolder()), "browser"));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath,
    args: [...sandbox, ...flags, "--disable-background-networking"],
    env: { ...process.env, ...more },
  });
}
