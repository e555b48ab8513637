import { db } from "../../db";

export type TagCount = { tag: string; count: number };

const MOST = 1000;

/** The tags that nodes of the region have, the most used first, each in its most used spelling. Removed nodes do not count. */
export function tagCounts(): Promise<TagCount[]> {
  return db.$queryRaw<TagCount[]>`
    SELECT mode() WITHIN GROUP (ORDER BY tag) AS tag, count(DISTINCT id)::int AS count
    FROM node, unnest(tags) AS tag WHERE status <> 'Out'
    GROUP BY lower(tag) ORDER BY count DESC, lower(tag) LIMIT ${MOST}`;
}
