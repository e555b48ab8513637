import { Note } from "../../domain/notes";
import { LEASE_SECONDS, LONGEST_RETRY_SECONDS } from "../../domain/notify";
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

/** A clock that is set back by less is waited for. */
const SET_BACK_SECONDS = 60;

/**
 * Takes the next delivery that is due, so that nobody else sends it. Null: there is none. Those that wait for somebody who can be told
 * come before those of a target that fails: its time is long, and theirs is not. What lies further ahead than anything is ever put off
 * was written before the clock was set back; by a minute at least, for two processors do not read one clock in one order.
 */
export async function claim(kind: TargetKind): Promise<Claimed | null> {
  const [taken] = await db.$queryRaw<{ id: string; messageId: string; createdAt: Date; attempts: number; targetId: string }[]>`
    UPDATE delivery SET attempts = attempts + 1, leased_until = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
    WHERE id = (
      SELECT d.id FROM delivery d JOIN notify_target t ON t.id = d.target_id
      WHERE d.state = 'waiting' AND t.kind = ${kind} AND t.enabled
        AND (d.next_at <= clock_timestamp() OR d.next_at > clock_timestamp() + ${LONGEST_RETRY_SECONDS + SET_BACK_SECONDS} * interval '1 second')
        AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp()
          OR d.leased_until > clock_timestamp() + ${LEASE_SECONDS + SET_BACK_SECONDS} * interval '1 second')
      ORDER BY t.failing_since IS NOT NULL, d.next_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
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
