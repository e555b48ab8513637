import type { Note } from "../../domain/notes";
import type { Tx } from "../../db";

export type Told = { targetId: string; note: Note };

/**
 * Writes what is to be told, in the transaction that makes it true; the worker sends it after the commit. A transition that was told to
 * a target already is not told again. Returns how many are new.
 */
export async function enqueue(tx: Tx, told: readonly Told[]): Promise<number> {
  if (told.length === 0) return 0;
  const rows = told.map(({ targetId, note }) => ({
    target_id: targetId,
    note,
    ...(note.kind === "alarm" ? { alarm_id: note.alarmId, node_id: note.nodeId, seq: note.seq } : {}),
  }));
  return tx.$executeRaw`
    INSERT INTO notification (id, target_id, note, alarm_id, node_id, seq)
    SELECT gen_random_uuid(), r.target_id, r.note, r.alarm_id, r.node_id, r.seq
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (target_id uuid, note jsonb, alarm_id uuid, node_id uuid, seq integer)
    JOIN notify_target t ON t.id = r.target_id AND t.enabled
    ON CONFLICT DO NOTHING`;
}
