/** What a survey found, kept beside the node; and what of it the list shows. */
import { Survey } from "../../domain/survey";
import { givenBytes } from "../../domain/vm-memory";
import { samplePool } from "./pool";

export const SURVEY_CHANNEL = "regent_survey";

/** Asks whoever samples these nodes to survey them now. Nobody waits for it. */
export async function wishSurvey(ids: readonly string[]): Promise<void> {
  await samplePool().query(`SELECT pg_notify('${SURVEY_CHANNEL}', id) FROM unnest($1::text[]) AS id`, [ids]);
}

/** A survey of a node, and for how long it is known already: seconds since it was asked for. */
export type SurveyRow = { id: string; survey: Survey; ageSeconds: number };

/**
 * The newest survey of each node replaces the one before; its moment is that of the question, so that it never passes for newer than what
 * it saw. A node that was deleted meanwhile is left out.
 */
export async function writeSurveys(rows: readonly SurveyRow[]): Promise<void> {
  const given = rows.map(({ survey }) => survey.vms && Math.min(Number.MAX_SAFE_INTEGER, givenBytes(survey.vms)));
  const { rows: changed } = await samplePool().query<{ id: string; given: string }>({
    name: "write-surveys",
    text: `WITH found AS (
       SELECT s.id, s.age, s.survey, s.given, n.vm_memory_total_bytes AS known
       FROM unnest($1::uuid[], $2::float8[], $3::jsonb[], $4::bigint[]) AS s (id, age, survey, given) JOIN node n ON n.id = s.id
     ), kept AS (
       INSERT INTO metrics.node_survey (node_id, surveyed_at, survey)
       SELECT id, clock_timestamp() - age * interval '1 second', survey FROM found ORDER BY id
       ON CONFLICT (node_id) DO UPDATE SET surveyed_at = excluded.surveyed_at, survey = excluded.survey
     )
     SELECT id, given FROM found WHERE given IS NOT NULL AND known IS DISTINCT FROM given`,
    values: [rows.map(({ id }) => id), rows.map(({ ageSeconds }) => ageSeconds), rows.map(({ survey }) => JSON.stringify(survey)), given],
  });
  for (const { id, given: bytes } of changed) await writeVmMemory(id, bytes);
}

/** One node at a time: a transaction that holds several nodes could otherwise wait for this one while it waits for them. */
async function writeVmMemory(id: string, given: string): Promise<void> {
  await samplePool().query(
    `UPDATE node SET vm_memory_total_bytes = $2::bigint, vm_memory_available_bytes = greatest(0, memory_bytes - $2::bigint) WHERE id = $1`,
    [id, given],
  );
}

/** The newest survey of a node; null when there was none, or one that can not be read any more. */
export async function readSurvey(id: string): Promise<{ surveyedAt: Date; survey: Survey } | null> {
  const { rows } = await samplePool().query<{ surveyedAt: Date; survey: unknown }>(
    'SELECT surveyed_at AS "surveyedAt", survey FROM metrics.node_survey WHERE node_id = $1',
    [id],
  );
  const survey = Survey.safeParse(rows[0]?.survey).data;
  return rows[0] && survey ? { surveyedAt: rows[0].surveyedAt, survey } : null;
}
