/** Finds a Chromium for the browser tests: one on this machine, else one from npm. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright";
import { command } from "./command.mjs";

/** The newest release that runs on Node.js 20. It carries its own shared libraries, so it needs no package of the system. */
const PACKAGE = "@sparticuz/chromium@143.0.4";
/** First what draws without a window and nothing else, as Playwright's own browser does: it takes two thirds of the processor time. */
const INSTALLED = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser of this machine: the one that CHROMIUM names, else Playwright's own, else a package of the system. */
export const installedBrowser = () =>
  [process.env.CHROMIUM, chromium.executablePath(), ...INSTALLED].find((path) => path && existsSync(path));

/**
 * @param {string} folder where a browser from npm is kept
 * @param {AbortSignal} [signal]
 * @returns {Promise<Record<string, string>>} CHROMIUM, and what else its environment must hold
 */
export async function findBrowser(folder, signal) {
  const found = installedBrowser();
  if (found) return { CHROMIUM: found };
  if (process.platform === "linux" && process.arch === "x64") return browserFromNpm(folder, signal);
  await fetchWith("npx", ["playwright", "install", "chromium"], signal);
  return { CHROMIUM: chromium.executablePath() };
}

/**
 * @param {string} folder
 * @param {AbortSignal} [signal]
 */
export async function browserFromNpm(folder, signal) {
  const entry = join(folder, "node_modules/@sparticuz/chromium/build/esm/index.js");
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked, { recursive: true });
  if (!existsSync(entry))
    await fetchWith("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE], signal);
  const executable = await undisturbed({ TMPDIR: unpacked, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" }, async () => {
    const { default: packaged } = await import(pathToFileURL(entry).href);
    return { CHROMIUM: await packaged.executablePath(), LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? "" };
  });
  return { ...executable, FONTCONFIG_FILE: fontsOf(folder, unpacked) };
}

/**
 * Runs the package in an environment of its own: it unpacks into the temporary folder, which others can write to, brings its
 * libraries only where it knows the platform, and names fonts of a folder that is not there, with which every page crashes.
 * @template T
 * @param {Record<string, string>} environment
 * @param {() => Promise<T>} task
 */
export async function undisturbed(environment, task) {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await task();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** The package's own fonts beside the system's, of which a server may have none: without any font Chromium draws no page. */
function fontsOf(folder, unpacked) {
  const file = join(folder, "fonts.conf");
  const folders = [join(unpacked, "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  const dirs = folders.map((dir) => `  <dir>${dir}</dir>`).join("\n");
  const head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">';
  writeFileSync(file, `${head}\n<fontconfig>\n${dirs}\n  <cachedir>${join(folder, "fonts-cache")}</cachedir>\n</fontconfig>\n`);
  return file;
}

async function fetchWith(file, args, signal) {
  const { code } = await command(file, args, { signal });
  if (code !== 0) throw new Error("There is no Chromium here and none could be fetched; set CHROMIUM to one.");
}
