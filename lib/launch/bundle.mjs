/** How a program for Node.js is bundled, its packages left out: the same for the build, for tests and for benchmarks. Uses no package. */
import { root } from "./data-folder.mjs";

const SHAPE = /** @type {const} */ ({
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});

/** For esbuild's `build`. */
export const NODE_BUNDLE = { ...SHAPE, alias: { "@": root } };

const flagOf = (option) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** For its command line, without the alias. */
export const BUNDLE_FLAGS = Object.entries(SHAPE).map(([option, value]) =>
  value === true ? flagOf(option) : `${flagOf(option)}=${value}`,
);
