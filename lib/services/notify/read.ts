import type { Security } from "../../domain/mail-server";
import { db } from "../../db";
import type { WebhookBody } from "./target-set";

/** Times are ISO 8601. Never a password or a secret: only whether there is one. */
export type DeliveryView = {
  id: string;
  state: "waiting" | "sent" | "dead";
  notes: number;
  createdAt: string;
  endedAt: string | null;
  /** When it is tried again. */
  nextAt: string | null;
  attempts: number;
  answer: string | null;
};
export type TargetView = {
  id: string;
  kind: "email" | "webhook";
  name: string;
  address: string;
  body: WebhookBody | null;
  hasSecret: boolean;
  enabled: boolean;
  arrivedAt: string | null;
  failingSince: string | null;
  problem: string | null;
  /** Notes that have not arrived. */
  waiting: number;
  /** How many alarms tell it. */
  alarms: number;
  deliveries: DeliveryView[];
};
export type NotifyView = {
  server: {
    host: string;
    port: number;
    security: Security;
    login: string | null;
    hasPassword: boolean;
    authority: string | null;
    sender: string;
    setAt: string;
    failingSince: string | null;
    problem: string | null;
  } | null;
  targets: TargetView[];
  /** Of the note that waits longest, whoever it is for; null: none waits. */
  oldestWaitingMs: number | null;
};

const SHOWN = 20;

/** All that the settings show of notifications. */
export async function readNotify(): Promise<NotifyView> {
  const [server, targets, deliveries, waiting] = await Promise.all([
    db.mailServer.findUnique({ where: { id: 1 } }),
    db.notifyTarget.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }], include: { _count: { select: { actions: true } } } }),
    lastDeliveries(),
    countWaiting(),
  ]);
  return {
    server: server && {
      host: server.host,
      port: server.port,
      security: server.security as Security, // PostgreSQL allows no other
      login: server.login,
      hasPassword: server.sealed !== null,
      authority: server.authority,
      sender: server.sender,
      setAt: server.setAt.toISOString(),
      failingSince: server.failingSince?.toISOString() ?? null,
      problem: server.problem,
    },
    targets: targets.map((target) => ({
      id: target.id,
      kind: target.kind as TargetView["kind"], // as above
      name: target.name,
      address: target.address,
      body: target.body as TargetView["body"], // as above
      hasSecret: target.sealed !== null,
      enabled: target.enabled,
      arrivedAt: target.arrivedAt?.toISOString() ?? null,
      failingSince: target.failingSince?.toISOString() ?? null,
      problem: target.problem,
      waiting: waiting.find(({ targetId }) => targetId === target.id)?.count ?? 0,
      alarms: target._count.actions,
      deliveries: deliveries.filter(({ targetId }) => targetId === target.id).map(toView),
    })),
    oldestWaitingMs: waiting.length ? Math.max(...waiting.map(({ ageMs }) => ageMs)) : null,
  };
}

type Row = Omit<DeliveryView, "createdAt" | "endedAt" | "nextAt"> & {
  targetId: string;
  createdAt: Date;
  endedAt: Date | null;
  nextAt: Date;
};

const lastDeliveries = (): Promise<Row[]> => db.$queryRaw`
  SELECT d.id, d.target_id AS "targetId", d.state, d.created_at AS "createdAt", d.ended_at AS "endedAt", d.next_at AS "nextAt", d.attempts, d.answer,
         (SELECT count(*)::int FROM notification n WHERE n.delivery_id = d.id) AS notes
  FROM notify_target t CROSS JOIN LATERAL (
    SELECT * FROM delivery WHERE target_id = t.id ORDER BY created_at DESC, id LIMIT ${SHOWN}) d
  ORDER BY d.created_at DESC, d.id`;

const countWaiting = (): Promise<{ targetId: string; count: number; ageMs: number }[]> => db.$queryRaw`
  SELECT n.target_id AS "targetId", count(*)::int AS count, (extract(epoch FROM clock_timestamp() - min(n.created_at)) * 1000)::float8 AS "ageMs"
  FROM (SELECT target_id, created_at FROM notification WHERE delivery_id IS NULL
        UNION ALL
        SELECT n.target_id, n.created_at FROM delivery d JOIN notification n ON n.delivery_id = d.id WHERE d.state = 'waiting') n
  GROUP BY n.target_id`;

const toView = ({ targetId: _, ...row }: Row): DeliveryView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  nextAt: row.state === "waiting" ? row.nextAt.toISOString() : null,
});
