import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../log";

/** Repeats a piece of work: never over itself, resting after failure as after success, until the signal. */
export async function loop(name: string, restMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      log.warn({ loop: name, error: error instanceof Error ? error.message : String(error) }, "loop failed; it goes on after its rest");
    }
    await sleep(restMs, undefined, { signal }).catch(() => undefined); // aborted: the while ends it
  }
}
