/** When nobody looked at the region: no worker ran, PostgreSQL was away, or its clock was put forward. Times in seconds since 1970. */
import type { Gap } from "../../domain/alarms/series";
import type { Tx } from "../../db";
import { writeFacts } from "./facts";

/** A fact of the region beside those that alarms watch: each round of a minute says that somebody looked. */
const WATCHED = "watched";
/** Whoever begins to look needs so long until he has logged in to every node. */
const LOGIN_SECONDS = 120;

export const noteWatched = (tx: Tx, now: Date): Promise<void> => writeFacts(tx, now, [{ metric: WATCHED, nodeId: null, value: 1 }]);

/** Those that reach beyond a moment, oldest first. */
export const readGaps = (tx: Tx, from: number): Promise<Gap[]> =>
  tx.$queryRaw<Gap[]>`
    SELECT "from", "to" + ${LOGIN_SECONDS} AS "to" FROM (
      SELECT lag(extract(epoch FROM until_at)::float8) OVER (ORDER BY from_at) AS "from", extract(epoch FROM from_at)::float8 AS "to"
      FROM metrics.fact WHERE metric = ${WATCHED} AND node_id IS NULL) spans
    WHERE "from" < "to" AND "to" + ${LOGIN_SECONDS} > ${from} ORDER BY "to"`;
