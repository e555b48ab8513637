import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../db";
import type { Operation } from "../generated/prisma/client";
import { log } from "../log";

/** An operation as the worker holds it: the signal cuts every connection to its machine when it is no longer this worker's. */
export type Held = Operation & {
  /** Its machine's; PostgreSQL lets only work on many nodes have none, and that dials nobody. */
  ip: string;
  signal: AbortSignal;
};

const LOOK_MS = 2000;
const ANSWER_MS = 3000;
/** Without an answer this often, somebody else may have been told that this worker is dead. */
const UNKNOWN_MAX = 2;

/** Null: PostgreSQL did not say in time. */
async function stillMine({ id, attempt }: Operation): Promise<boolean | null> {
  const asked = db.operation.findUnique({ where: { id }, select: { attempt: true, status: true } }).then(
    (now) => now?.attempt === attempt && now.status === "running",
    () => null,
  );
  return Promise.race([asked, sleep(ANSWER_MS, null)]);
}

/**
 * Runs a step, and watches meanwhile that the operation has not been ended (by its deadline) or taken over: a worker that was
 * paused must not go on acting on a machine that somebody else is told has failed.
 */
export async function whileHeld<T>(operation: Operation, step: (held: Held) => Promise<T>): Promise<T> {
  const lost = new AbortController();
  const done = new AbortController();
  const watch = async () => {
    let unknown = 0;
    while (!done.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: done.signal }).catch(() => undefined); // the step has ended
      if (done.signal.aborted) return;
      const mine = await stillMine(operation);
      unknown = mine === null ? unknown + 1 : 0;
      if (mine === true || (mine === null && unknown < UNKNOWN_MAX)) continue;
      log.warn({ operationId: operation.id }, "the operation is no longer known to be this worker's; its connection is cut");
      return lost.abort();
    }
  };
  const watching = watch();
  try {
    return await step({ ...operation, ip: operation.ip ?? "", signal: lost.signal });
  } finally {
    done.abort();
    await watching;
  }
}
