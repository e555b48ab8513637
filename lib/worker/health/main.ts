/** The health of nodes: looks at those that are silent, and decides for the whole region. Every worker does both; the rows say who acts. */
import { log } from "../../log";
import { watchRegion } from "../../services/fencing/act";
import { loop } from "../loops";
import { lookAtSilent } from "./rounds";

const DECIDE_MS = 2000;
const LOOK_MS = 5000;

export async function keepHealth(workerId: string, signal: AbortSignal): Promise<void> {
  await Promise.all([
    loop("health", DECIDE_MS, signal, async () => {
      const done = await watchRegion();
      if (done.failed + done.fenced + done.unfenced > 0) log.warn(done, "acted on the health of nodes");
    }),
    loop("looks", LOOK_MS, signal, () => lookAtSilent(workerId, signal)),
  ]);
}
