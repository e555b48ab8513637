import { db } from "../../db";

/** Since when (ISO 8601) and what; `text` of one that answers is empty. */
export type HealthNote = { kind: "pending" | "answers"; text: string; since: string };
export type Noted = { hasBmc: boolean; note: HealthNote | null };

type Row = { id: string; hasBmc: boolean; pending: string | null; pendingSince: Date | null; answeringSince: Date | null; failed: boolean };

/** What is known of the power and the health of nodes beside their status; those of which nothing is known are left out. */
export async function readNotes(ids?: readonly string[]): Promise<Map<string, Noted>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT n.id, p.node_id IS NOT NULL AS "hasBmc", h.pending, h.pending_since AS "pendingSince", h.answering_since AS "answeringSince",
           n.status = 'Failed' AS failed
    FROM node n LEFT JOIN node_power p ON p.node_id = n.id LEFT JOIN node_health h ON h.node_id = n.id
    WHERE (p.node_id IS NOT NULL OR h.node_id IS NOT NULL) AND (${ids === undefined} OR n.id = ANY(${ids ?? []}::uuid[]))`;
  return new Map(rows.map((row) => [row.id, { hasBmc: row.hasBmc, note: noteOf(row) }]));
}

function noteOf({ pending, pendingSince, answeringSince, failed }: Row): HealthNote | null {
  if (pending !== null && pendingSince) return { kind: "pending", text: pending, since: pendingSince.toISOString() };
  return failed && answeringSince ? { kind: "answers", text: "", since: answeringSince.toISOString() } : null;
}
