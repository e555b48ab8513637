/** When a node that was lost is tried again: soon at first, then less and less often, and never in step with the others. */
const FIRST_MS = 1000;
const MOST_MS = 20_000;
/** sshd punishes who comes again and again with a key that it refuses, and so does an administrator. */
const REFUSED_MS = 60_000;

/** `failures` in a row, 1 and up; `chance` from 0 to 1. From half of the time to all of it, so that nobody waits in vain for long. */
export function retryAfterMs(failures: number, code: string, chance: number): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  const wait = most / 2 + (most / 2) * chance;
  return code === "auth-refused" ? wait + REFUSED_MS : wait;
}

const SURVEY_FIRST_MS = 55_000;
const SURVEY_MOST_MS = 30 * 60_000;

/** When a survey that failed is begun anew: with the next one that is due, then after twice the time, half an hour at most. */
export const surveyAgainMs = (failures: number): number => Math.min(SURVEY_MOST_MS, SURVEY_FIRST_MS * 2 ** Math.min(failures - 1, 10));
