import { db } from "../db";
import { Prisma } from "../generated/prisma/client";
import { pruneFacts } from "./alarms/facts";
import { readRegion } from "./region";

/** Deletes what is of no use any more: spent tokens, old links and invitations, sessions that ended a month ago, operations and deliveries past their time. Events stay. */
export async function prune(): Promise<void> {
  await db.$transaction([
    db.$executeRaw`DELETE FROM rate_bucket WHERE updated_at < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM login_backoff WHERE updated_at < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM one_time_link WHERE expires_at < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM invitation WHERE expires_at < now() - interval '7 days'`,
    db.$executeRaw`DELETE FROM session WHERE expires_at < now() - interval '30 days'`,
  ]);
  const { retention } = (await readRegion(db)).settings;
  await inBatches(() => forgetResults(retention.inspectionResultDays));
  await inBatches(() => forgetOperations(retention.operationDays));
  await inBatches(() => forgetWorkflows(retention.operationDays));
  await pruneFacts(db);
  await inBatches(() => forgetTransitions(retention.alarmDays));
  await inBatches(() => forgetDeliveries(retention.deliveryDays));
}

/** Of one statement: nobody waits long for a lock. Work on a thousand nodes takes as many lines, parts and steps along. */
const BATCH = 100;

async function inBatches(work: () => Promise<number>): Promise<void> {
  while ((await work()) === BATCH);
}

/** Everything that reads an inventory leaves it in its result; what became of it is the node's. */
const forgetResults = (days: number): Promise<number> => db.$executeRaw`
  UPDATE operation SET result = NULL WHERE id IN (
    SELECT id FROM operation WHERE finished_at < now() - ${days} * interval '1 day' AND result IS NOT NULL
      AND kind IN ('inspect', 'reinspect', 'join', 'accept', 'unfence') LIMIT ${BATCH})`;

/** With steps and lines; the parts of work on many nodes go with the whole. */
const forgetOperations = (days: number): Promise<number> => db.$executeRaw`
  DELETE FROM operation WHERE id IN (
    SELECT id FROM operation WHERE finished_at < now() - ${days} * interval '1 day' AND parent_id IS NULL LIMIT ${BATCH})`;

/** Of a row `t`: not the one by which an alarm is in its state, however long ago that was. */
export const IS_OVER = Prisma.sql`
  NOT EXISTS (SELECT 1 FROM alarm_subject s WHERE s.alarm_id = t.alarm_id AND s.node_id IS NOT DISTINCT FROM t.node_id AND s.seq = t.seq)`;

const forgetTransitions = (days: number): Promise<number> => db.$executeRaw`
  DELETE FROM alarm_transition WHERE id IN (
    SELECT t.id FROM alarm_transition t WHERE t.at < now() - ${days} * interval '1 day' AND ${IS_OVER} LIMIT ${BATCH})`;

/** With their notes. What waits is kept, however long. */
const forgetDeliveries = (days: number): Promise<number> => db.$executeRaw`
  DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE ended_at < now() - ${days} * interval '1 day' LIMIT ${BATCH})`;

/** The engine's own record of what has ended, with what each of its steps returned. */
const forgetWorkflows = (days: number): Promise<number> => db.$executeRaw`
  DELETE FROM dbos.workflow_status WHERE workflow_uuid IN (
    SELECT workflow_uuid FROM dbos.workflow_status
    WHERE created_at < extract(epoch FROM now() - ${days} * interval '1 day') * 1000
      AND status IN ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') LIMIT ${BATCH})`;
