/**
 * Who looks at a plan wants to know what runs now, not what ran a minute ago: the console asks for a survey out of turn, and the worker
 * that has the node makes one. A wish that is lost costs nothing: the next look at the plan makes another.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { log } from "../../log";
import { SURVEY_CHANNEL } from "../../services/metrics/survey";

const RECONNECT_MS = 1000;
const QUERY_MS = 5000;
const PING_MS = 15_000;

/** Node ids with what a wish for each does. */
export type Surveyors = Map<string, () => void>;

/** Listens until the signal; a lost connection is opened again. */
export async function hearWishes(surveyors: Surveyors, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await listen(surveyors, signal).catch((error: unknown) =>
      log.info({ error: String(error) }, "survey wishes are not heard for a moment"),
    );
    await sleep(RECONNECT_MS, undefined, { signal }).catch(() => undefined); // aborted: the while ends it
  }
}

async function listen(surveyors: Surveyors, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    keepAlive: true,
    query_timeout: QUERY_MS,
    connectionTimeoutMillis: QUERY_MS,
  });
  const lost = new Promise<never>((_, reject) => client.once("error", reject));
  lost.catch(() => undefined); // it is waited for below, if the connection comes that far
  client.on("notification", ({ payload }) => surveyors.get(payload ?? "")?.());
  try {
    await client.connect();
    await client.query(`LISTEN ${SURVEY_CHANNEL}`);
    while (!signal.aborted) {
      const rest = sleep(PING_MS, undefined, { signal }).catch(() => undefined); // aborted: the while ends it
      await Promise.race([rest, lost]);
      if (!signal.aborted) await Promise.race([client.query("SELECT 1"), lost]);
    }
  } finally {
    await client.end().catch(() => undefined); // a connection that is lost can not be ended well
  }
}
