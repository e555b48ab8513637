/**
 * Durable execution on DBOS Transact. One workflow, "operation", calls advance() until the operation is finished; what is done
 * and what comes next stands in our own tables, so that a newer version goes on where an older one stopped.
 * A step is at least once: it runs again when the worker dies in it.
 */
import { DBOS } from "@dbos-inc/dbos-sdk";
import { log } from "../log";
import { advance } from "./advance";

/** How many of each queue one worker runs at once: a join mostly waits for its machine. */
const QUEUES = { operations: 32, joins: 200 } as const;

/** Workflows of every release may run on every worker: the shape of the one workflow below is what this number stands for. */
const WORKFLOW_SHAPE = "1";
/** Each look is four queries, all day long: more often costs an idle worker more than a thousand samples a second. */
const POLL_MS = 250;

async function operationWorkflow(operationId: string): Promise<void> {
  for (;;) {
    const next = await DBOS.runStep(() => advance(operationId), { name: "advance" });
    if (next.finished) return;
    if (next.restMs > 0) await DBOS.sleep(next.restMs);
  }
}

/** Starts the engine; throws when the database can not be reached or the engine's schema is newer than this build. */
export async function startEngine(workerId: string): Promise<void> {
  const systemDatabaseUrl = process.env.DATABASE_URL;
  if (!systemDatabaseUrl) throw new Error("DATABASE_URL is not set.");
  DBOS.setConfig({
    name: "regent",
    systemDatabaseUrl,
    systemDatabasePoolSize: 10,
    executorID: workerId,
    applicationVersion: WORKFLOW_SHAPE,
    listenQueues: Object.keys(QUEUES),
    logger: engineLog,
  });
  DBOS.registerWorkflow(operationWorkflow, { name: "operation" });
  await DBOS.launch();
  for (const [name, workerConcurrency] of Object.entries(QUEUES))
    await DBOS.registerQueue(name, { workerConcurrency, minPollingIntervalMs: POLL_MS, onConflict: "always_update" });
}

export const stopEngine = (): Promise<void> => DBOS.shutdown();

/** The ids of the workers that have work in hand, as the engine's own table names them: what takeOver() can take. */
export const HOLDERS = "SELECT DISTINCT executor_id FROM dbos.workflow_status WHERE status = 'PENDING'";

/** Puts what a dead worker had in hand back on the queue. Returns how many workflows that were. */
export async function takeOver(deadWorkerId: string): Promise<number> {
  const left = await DBOS.listWorkflows({ status: "PENDING", executorId: deadWorkerId });
  for (const name of Object.keys(QUEUES)) {
    const ids = left.filter((workflow) => queueOf(workflow.queueName) === name).map(({ workflowID }) => workflowID);
    if (ids.length > 0) await DBOS.resumeWorkflows(ids, { queueName: name });
  }
  return left.length;
}

/** A workflow that lost its queue on the way belongs to the general one. */
const queueOf = (name: string | undefined): string => (name !== undefined && Object.hasOwn(QUEUES, name) ? name : "operations");

const line = (message: unknown) => (message instanceof Error ? message.message : String(message));
const engineLog = {
  info: (message: unknown) => log.debug(line(message)),
  debug: (message: unknown) => log.trace(line(message)),
  warn: (message: unknown) => log.warn(line(message)),
  error: (message: unknown) => log.error(line(message)),
};
