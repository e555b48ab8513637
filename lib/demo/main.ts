/**
 * The process of the demo region: starts every simulated server and says `{"ready":48}` on a line of its own
 * (the nodes; three spare servers answer as well). It ends at once on SIGTERM, SIGINT, or when its parent is gone.
 *
 * Environment: REGENT_DEMO_SSH_PORT (the one port that all addresses 127.20.1.N share) and
 * REGENT_DEMO_STATE (a private folder for host keys, authorized keys and what was installed).
 */
import { mkdirSync } from "node:fs";
import { startRegion } from "@/lib/demo/region";

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const end = () => process.exit(0);
process.on("SIGTERM", end);
process.on("SIGINT", end);
process.on("disconnect", end);

const folder = process.env.REGENT_DEMO_STATE ?? fail("REGENT_DEMO_STATE must name the folder where the demo region keeps its state.");
const port = Number(process.env.REGENT_DEMO_SSH_PORT);
if (!Number.isInteger(port) || port < 1 || port > 65_535) fail("REGENT_DEMO_SSH_PORT must be a port between 1 and 65535.");
if (process.platform !== "linux") fail("The demo region needs Linux, where every address 127.x.y.z exists; start with --empty here.");

mkdirSync(folder, { recursive: true, mode: 0o700 });
try {
  const { nodes } = await startRegion({ port, folder });
  process.stdout.write(`${JSON.stringify({ ready: nodes })}\n`);
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  fail(`The demo region's servers can not listen on port ${port}: ${why}.`);
}
