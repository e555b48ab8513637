/** What must never be so, as the view `invariants` finds it in the running database. */
import { db } from "../db";

export type Violation = { id: string; nodeId: string | null; nodeName: string | null; sentence: string };

/** One row per violation. With `events`, the whole log is read as well, which takes longer with every event. */
export const readViolations = ({ events }: { events: boolean }): Promise<Violation[]> =>
  events
    ? db.$queryRaw<Violation[]>`SELECT id, node_id AS "nodeId", node_name AS "nodeName", sentence FROM invariants ORDER BY id, node_name`
    : db.$queryRaw<
        Violation[]
      >`SELECT id, node_id AS "nodeId", node_name AS "nodeName", sentence FROM invariants WHERE id <> 'I9' ORDER BY id, node_name`;
