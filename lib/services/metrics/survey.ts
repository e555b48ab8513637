/** What a survey found, kept beside the node; and what of it the list shows. */
import { Survey } from "../../domain/survey";
import { givenBytes } from "../../domain/vm-memory";
import { samplePool } from "./pool";

/** Its own memory in bytes, where it is known, says what is left for more virtual machines. The newest survey replaces the one before. */
export async function writeSurvey(id: string, survey: Survey): Promise<void> {
  const given = survey.vms && Math.min(Number.MAX_SAFE_INTEGER, givenBytes(survey.vms));
  await samplePool().query(
    `WITH kept AS (
       INSERT INTO metrics.node_survey (node_id, surveyed_at, survey) SELECT id, clock_timestamp(), $2 FROM node WHERE id = $1
       ON CONFLICT (node_id) DO UPDATE SET surveyed_at = excluded.surveyed_at, survey = excluded.survey
     )
     UPDATE node SET vm_memory_total_bytes = $3::bigint, vm_memory_available_bytes = greatest(0, memory_bytes - $3::bigint)
     WHERE id = $1 AND $3::bigint IS NOT NULL AND vm_memory_total_bytes IS DISTINCT FROM $3::bigint`,
    [id, JSON.stringify(survey), given],
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
