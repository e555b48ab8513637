import { Note } from "../../domain/notes";
import { LEASE_SECONDS } from "../../domain/notify";
import { plainLine } from "../../domain/plain-text";
import { db } from "../../db";
import type { NotifyTarget } from "../../generated/prisma/client";
import { NOTIFY } from "../../messages/notify";

export type TargetKind = "email" | "webhook";
/** A delivery that this process may send until its lease ends. */
export type Claimed = {
  id: string;
  messageId: string;
  createdAt: Date;
  /** This attempt's number, from 1. */
  attempts: number;
  target: NotifyTarget;
  notes: Note[];
};

/** Takes the next delivery that is due, so that nobody else sends it. Null: there is none. */
export async function claim(kind: TargetKind): Promise<Claimed | null> {
  const [taken] = await db.$queryRaw<{ id: string; messageId: string; createdAt: Date; attempts: number; targetId: string }[]>`
    UPDATE delivery SET attempts = attempts + 1, leased_until = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
    WHERE id = (
      SELECT d.id FROM delivery d JOIN notify_target t ON t.id = d.target_id
      WHERE d.state = 'waiting' AND d.next_at <= clock_timestamp() AND t.kind = ${kind} AND t.enabled
        AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())
      ORDER BY d.next_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
    RETURNING id, message_id AS "messageId", created_at AS "createdAt", attempts, target_id AS "targetId"`;
  if (!taken) return null;
  const { targetId, ...delivery } = taken;
  const [target, rows] = await Promise.all([
    db.notifyTarget.findUniqueOrThrow({ where: { id: targetId } }),
    db.notification.findMany({ where: { deliveryId: delivery.id }, orderBy: [{ createdAt: "asc" }, { seq: "asc" }, { id: "asc" }] }),
  ]);
  return { ...delivery, target, notes: rows.map(({ note, createdAt }) => readable(note, createdAt)) };
}

/** Gives it back untried: the process stops. */
export const giveBack = async ({ id, attempts }: Claimed): Promise<void> =>
  void (await db.$executeRaw`
    UPDATE delivery SET leased_until = NULL, attempts = attempts - 1 WHERE id = ${id}::uuid AND attempts = ${attempts} AND state = 'waiting'`);

/** What another version wrote is told as well as it can be: it must not keep the others. */
function readable(note: unknown, at: Date): Note {
  const parsed = Note.safeParse(note);
  if (parsed.success) return parsed.data;
  return {
    kind: "event",
    nodeId: null,
    node: null,
    title: NOTIFY.unreadable,
    message: plainLine(JSON.stringify(note), 500),
    by: "Regent",
    at: at.toISOString(),
  };
}
