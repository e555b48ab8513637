/** Whether mail server and targets do their work. Each answers with the sentence of the change, or null when there was none. */
import type { Tx } from "../../db";
import type { NotifyTarget } from "../../generated/prisma/client";
import { NOTIFY } from "../../messages/notify";

export async function serverFails(tx: Tx, problem: string): Promise<string | null> {
  const [server] = await tx.$queryRaw<{ host: string; first: boolean }[]>`
    UPDATE mail_server s SET problem = ${problem}, failing_since = coalesce(s.failing_since, clock_timestamp())
    FROM (SELECT failing_since FROM mail_server FOR UPDATE) was
    RETURNING s.host, was.failing_since IS NULL AS first`;
  return server?.first ? NOTIFY.serverFails(server.host, problem) : null;
}

/** What waits for it is due at once. */
export async function serverWorks(tx: Tx): Promise<string | null> {
  const [server] = await tx.$queryRaw<{ host: string }[]>`
    UPDATE mail_server SET problem = NULL, failing_since = NULL WHERE failing_since IS NOT NULL RETURNING host`;
  if (!server) return null;
  await dueNow(tx);
  return NOTIFY.serverWorks(server.host);
}

export const dueNow = (tx: Tx): Promise<number> => tx.$executeRaw`
  UPDATE delivery d SET next_at = clock_timestamp() FROM notify_target t
  WHERE t.id = d.target_id AND t.kind = 'email' AND d.state = 'waiting' AND d.next_at > clock_timestamp() AND NOT d.set_aside`;

type Target = Pick<NotifyTarget, "id" | "name">;

export async function targetFails(tx: Tx, { id, name }: Target, problem: string): Promise<string | null> {
  const [target] = await tx.$queryRaw<{ first: boolean }[]>`
    UPDATE notify_target t SET problem = ${problem}, failing_since = coalesce(t.failing_since, clock_timestamp())
    FROM (SELECT id, failing_since FROM notify_target WHERE id = ${id}::uuid FOR UPDATE) was
    WHERE t.id = was.id RETURNING was.failing_since IS NULL AS first`;
  return target?.first ? NOTIFY.targetFails(name, problem) : null;
}

/** What waits for it is due at once. */
export async function targetWorks(tx: Tx, { id, name }: Target): Promise<string | null> {
  const [target] = await tx.$queryRaw<{ failed: boolean }[]>`
    UPDATE notify_target t SET problem = NULL, failing_since = NULL, arrived_at = clock_timestamp()
    FROM (SELECT id, failing_since FROM notify_target WHERE id = ${id}::uuid FOR UPDATE) was
    WHERE t.id = was.id RETURNING was.failing_since IS NOT NULL AS failed`;
  if (!target?.failed) return null;
  await tx.$executeRaw`
    UPDATE delivery SET next_at = clock_timestamp()
    WHERE target_id = ${id}::uuid AND state = 'waiting' AND next_at > clock_timestamp() AND NOT set_aside`;
  return NOTIFY.targetWorks(name);
}
