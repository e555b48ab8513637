/** When a command started by npm must end. Uses no package. */
import { parentOf } from "./processes.mjs";

const LOOK_MS = 200;

/**
 * Aborts on SIGINT, SIGTERM and SIGHUP, and when the npm that started us is gone: npm hands a signal to its shell, which dies of it
 * without passing it on, and an npm that is killed says nothing at all.
 * @returns {AbortSignal}
 */
export function stopSignal() {
  const stopping = new AbortController();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => stopping.abort(new Error(signal)));
  if (process.env.npm_lifecycle_event) {
    const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
    const before = ancestors();
    setInterval(() => ancestors() === before || stopping.abort(new Error("npm ended")), LOOK_MS).unref();
  }
  return stopping.signal;
}
