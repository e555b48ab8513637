import { db } from "../../db";
import { readRegion } from "../region";
import { tellMailboxes } from "./tell-all";

const AGAIN_HOURS = 24;
type Row = { id: string; nodeId: string; node: string; since: Date; reason: string; due: boolean };

/**
 * Reminds of nodes that are in maintenance for longer than somebody may still think of: when one has become so, and each day from then
 * on. All of them are named together. Returns how many.
 */
export const remindOfMaintenance = (): Promise<number> =>
  db.$transaction(async (tx) => {
    // Two workers that look at once would both find it due.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('maintenance_reminder'))::text`;
    const { now, settings } = await readRegion(tx);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT m.id, n.id AS "nodeId", n.name AS node, m.entered_at AS since, m.reason,
             coalesce(m.reminded_at <= ${now}::timestamptz - ${AGAIN_HOURS} * interval '1 hour', true) AS due
      FROM maintenance m JOIN node n ON n.id = m.node_id
      WHERE m.ended_at IS NULL AND n.status = 'InMaintenance'
        AND m.entered_at <= ${now}::timestamptz - ${settings.notify.maintenanceReminderHours} * interval '1 hour'
      ORDER BY m.entered_at, n.name`;
    if (!rows.some(({ due }) => due)) return 0;
    await tx.maintenance.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { remindedAt: now } });
    const nodes = rows.map(({ nodeId, node, since, reason }) => ({ nodeId, node, since: since.toISOString(), reason: reason || null }));
    await tellMailboxes(tx, { kind: "reminder", nodes, at: now.toISOString() });
    return rows.length;
  });
