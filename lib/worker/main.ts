/** The worker: the only process that touches machines and the only one that can open a sealed password. */
import { randomUUID } from "node:crypto";
import { closeDb } from "../db";
import { sharedEnv, workerEnv } from "../env";
import { log, reportFault } from "../log";
import { selfTest } from "../secrets";
import { acceptWaiting } from "../services/nodes/accept-waiting";
import { prune } from "../services/prune";
import { deleteOldEscrow, endOverdue } from "../services/operations/overdue";
import { actAs } from "./advance";
import { keepAlarms } from "./alarms/main";
import { fillPast } from "./demo-history";
import { startEngine, stopEngine, takeOver } from "./engine";
import { keepHealth } from "./health/main";
import { loop } from "./loops";
import { tell } from "./notify/main";
import { advancePlans } from "./plans";
import { arrive } from "./presence";
import { provision } from "./provision";
import { sample } from "./sampling/main";
import { selfCheck } from "./self-check";
import { closeSamplePool } from "../services/metrics/pool";

const LOOK_MS = 1000;
const OVERDUE_MS = 1000;
const PLANS_MS = 2000;
const ESCROW_MS = 15_000;
const APPROVAL_MS = 2000;
const PRUNE_MS = 3_600_000;
const SELF_CHECK_MS = 60_000;

async function work(): Promise<void> {
  workerEnv();
  selfTest();
  const workerId = randomUUID();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, stop);
  process.once("disconnect", stop);

  const presence = await arrive(workerId, process.env.npm_package_version ?? "dev", (error) => {
    // Without its lock this worker's operations belong to another one: not a step more.
    log.error({ error: error.message }, "the connection to PostgreSQL is lost; this worker ends");
    process.exit(75);
  });
  actAs(workerId);
  await startEngine(workerId);
  log.info({ workerId }, "worker is ready");
  process.send?.({ ready: true });

  const adopt = async (deadId: string) => {
    const count = await takeOver(deadId);
    log.info({ deadId, count }, "took over from a worker that died");
  };
  await Promise.all([
    loop("presence", LOOK_MS, stopping.signal, () => presence.look(adopt)),
    loop("overdue", OVERDUE_MS, stopping.signal, async () => void (await endOverdue())),
    loop("plans", PLANS_MS, stopping.signal, advancePlans),
    loop("approval", APPROVAL_MS, stopping.signal, async () => void (await acceptWaiting())),
    loop("prune", PRUNE_MS, stopping.signal, prune),
    loop("self-check", SELF_CHECK_MS, stopping.signal, selfCheck()),
    sample(workerId, stopping.signal),
    keepHealth(workerId, stopping.signal),
    keepAlarms(stopping.signal),
    tell(stopping.signal),
    sharedEnv().REGENT_DEMO ? fillPast(Date.now() / 1000, stopping.signal).catch(reportFault) : undefined,
    loop("escrow", ESCROW_MS, stopping.signal, async () => void (await deleteOldEscrow())),
  ]);
  await Promise.race([
    Promise.all([stopEngine(), presence.leave(), closeDb(), closeSamplePool()]),
    new Promise((resolve) => setTimeout(resolve, 800)),
  ]);
  process.exit(0);
}

async function main(): Promise<void> {
  if (!process.argv.includes("--provision")) return work();
  const link = await provision({ demo: process.argv.includes("--demo") });
  process.stdout.write(`${JSON.stringify(link)}\n`);
  await Promise.all([closeDb(), closeSamplePool()]);
}

main().catch((error: unknown) => {
  const reference = reportFault(error);
  process.stderr.write(`The worker can not start: ${error instanceof Error ? error.message : String(error)} (${reference})\n`);
  process.exit(1);
});
