import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../db";
import type { Operation } from "../generated/prisma/client";
import { log } from "../log";

/** An operation as the worker holds it: the signal cuts every connection to its machine when it is no longer this worker's. */
export type Held = Operation & {
  /** Its machine's; PostgreSQL lets only work on many nodes have none, and that dials nobody. */
  ip: string;
  signal: AbortSignal;
  /** Whether it still is, at this very moment. Asked before each thing that is done to a machine. */
  isMine: () => Promise<boolean>;
};

const LOOK_MS = 2000;
const ANSWER_MS = 3000;
const AGAIN_MS = 250;
/** Without an answer this often, somebody else may have been told that this worker is dead. */
const UNKNOWN_MAX = 2;
/** What PostgreSQL said longer ago says nothing: this process may have slept since, and the watch below has slept with it. */
const SAID_MS = LOOK_MS + ANSWER_MS;

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
  // Nothing was said yet: the process may have slept since it took the step up.
  let saidAt = -Infinity;
  const ask = async () => {
    const asked = performance.now();
    const mine = await stillMine(operation);
    if (mine) saidAt = asked;
    return mine;
  };
  const watch = async () => {
    let unknown = 0;
    while (!done.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: done.signal }).catch(() => undefined); // the step has ended
      if (done.signal.aborted) return;
      const mine = await ask();
      unknown = mine === null ? unknown + 1 : 0;
      if (mine === true || (mine === null && unknown < UNKNOWN_MAX)) continue;
      log.warn({ operationId: operation.id }, "the operation is no longer known to be this worker's; its connection is cut");
      return lost.abort();
    }
  };
  const isMine = async () => {
    while (!lost.signal.aborted) {
      if (performance.now() - saidAt < SAID_MS) return true;
      const mine = await ask();
      if (mine === false) lost.abort();
      if (mine === null) await sleep(AGAIN_MS);
    }
    return false;
  };
  const watching = watch();
  try {
    return await step({ ...operation, ip: operation.ip ?? "", signal: lost.signal, isMine });
  } catch (error) {
    lost.abort(); // what a step did beside what failed goes no further
    throw error;
  } finally {
    done.abort();
    await watching;
  }
}
