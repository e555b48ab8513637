import { log } from "../../log";

/** One node's damaged row keeps no other node's out: null, and a line in the log. */
export function readable<T>(id: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    log.warn({ nodeId: id, error: error.message }, "what was measured of a node can not be read; it is left out");
    return null;
  }
}
