import { db } from "../../db";
import type { AlarmMetricId } from "../../domain/alarms/metrics";

/** `key` is another with each time that it rings. null: of the whole region. */
export type Rung = { key: string; nodeId: string | null; metric: AlarmMetricId };

/** A round writes the moment that it looked at: up to a minute and a half before its notification arrives. */
export const NEW_SECONDS = 120;

/** Which of these alarms, by their ids, have just begun to ring, and for which node. Muted ones ring for nobody. */
export async function rungAlarms(ids: readonly string[]): Promise<Rung[]> {
  return db.$queryRaw<Rung[]>`
    SELECT s.id::text || ':' || s.seq AS key, s.node_id AS "nodeId", a.rule ->> 'metric' AS metric
    FROM alarm_subject s JOIN alarm a ON a.id = s.alarm_id
    WHERE a.id = ANY(${[...ids]}::uuid[]) AND s.state = 'ALARM' AND s.muted IS NULL AND s.since > now() - ${NEW_SECONDS} * interval '1 second'
    ORDER BY s.since, s.id`;
}
