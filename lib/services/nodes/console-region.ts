import { regionFacts, type RegionFacts, type RefusalContext } from "../../domain/lifecycle";
import { db } from "../../db";
import { readRegion } from "../region";

/** What pages need of the region to explain which commands are possible. */
export async function consoleRegion(): Promise<{ name: string; settings: RefusalContext["settings"]; region: RegionFacts }> {
  const [{ name, settings }, nodes] = await Promise.all([readRegion(db), db.node.findMany({ select: { status: true, role: true } })]);
  const { requirements, inspectionFreshnessMinutes, requireControlFirst } = settings;
  return { name, settings: { requirements, inspectionFreshnessMinutes, requireControlFirst }, region: regionFacts(nodes) };
}
