/** `npm run model`: searches the region of e2e/trust/model with larger bounds, to their end or up to STATES (2 million) each. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../lib/launch/data-folder.mjs";

const folder = join(root, ".data", `model-${process.pid}`);
const outfile = join(folder, "model.mjs");
mkdirSync(folder, { recursive: true });
try {
  await build({
    entryPoints: [join(root, "e2e/trust/model/wide.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "@": root },
  });
  const { searchWide } = await import(pathToFileURL(outfile).href);
  process.exitCode = searchWide(Number(process.env.STATES ?? 2_000_000)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
