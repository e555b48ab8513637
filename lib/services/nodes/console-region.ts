import { regionFacts, type RegionFacts, type RefusalContext } from "../../domain/lifecycle";
import type { NodeRole } from "../../domain/roles";
import type { NodeStatus } from "../../domain/status";
import { db } from "../../db";
import { readRegion } from "../region";

/** What pages need of the region to explain which commands are possible. */
export async function consoleRegion(): Promise<{ name: string; settings: RefusalContext["settings"]; region: RegionFacts }> {
  const [{ name, settings }, groups] = await Promise.all([readRegion(db), countNodes()]);
  const { requirements, inspectionFreshnessMinutes, requireControlFirst } = settings;
  return { name, settings: { requirements, inspectionFreshnessMinutes, requireControlFirst }, region: regionFacts(groups) };
}

type Group = { status: NodeStatus; role: NodeRole; count: number };

/** Counted where they are: every page asks, and there may be ten thousand. */
const countNodes = (): Promise<Group[]> =>
  db.$queryRaw<Group[]>`SELECT status, role, count(*)::int AS count FROM node GROUP BY status, role`;
