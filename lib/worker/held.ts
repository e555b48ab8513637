import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../db";
import type { Operation } from "../generated/prisma/client";
import { log } from "../log";

/** An operation as the worker holds it: the signal cuts every connection to its machine when it is no longer this worker's. */
export type Held = Operation & { signal: AbortSignal };

const LOOK_MS = 2000;

/**
 * Runs a step, and watches meanwhile that the operation has not been ended (by its deadline) or taken over: a worker that was
 * paused must not go on acting on a machine that somebody else is told has failed.
 */
export async function whileHeld<T>(operation: Operation, step: (held: Held) => Promise<T>): Promise<T> {
  const lost = new AbortController();
  const done = new AbortController();
  const watch = async () => {
    while (!done.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: done.signal }).catch(() => undefined); // the step has ended
      if (done.signal.aborted) return;
      const now = await db.operation.findUnique({ where: { id: operation.id }, select: { attempt: true, status: true } }).catch(() => null);
      if (!now || (now.attempt === operation.attempt && now.status === "running")) continue;
      log.warn({ operationId: operation.id }, "the operation is no longer this worker's; its connection is cut");
      return lost.abort();
    }
  };
  const watching = watch();
  try {
    return await step({ ...operation, signal: lost.signal });
  } finally {
    done.abort();
    await watching;
  }
}
