/** Regent looks at itself: what must never be so is told to whoever reads the log. It mends nothing, for nobody knows what else is wrong. */
import { log } from "../log";
import { readViolations } from "../services/invariants";

/** The log of events is read whole with the first look and then once an hour. */
const LOOKS_PER_READING = 60;

/** A look for a loop of its own; one line for each violation. */
export function selfCheck(): () => Promise<void> {
  let looks = 0;
  return async () => {
    const events = looks % LOOKS_PER_READING === 0;
    looks += 1;
    for (const { id, nodeId, sentence } of await readViolations({ events })) log.error({ invariant: id, nodeId }, sentence);
  };
}
