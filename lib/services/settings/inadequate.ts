import { verdict } from "../../domain/adequacy";
import { Inventory } from "../../domain/inventory";
import { RegionSettings, type Requirements } from "../../domain/settings";
import { withValue } from "../../domain/settings-judge";
import type { Tx } from "../../db";
import { SETTINGS_DANGERS } from "../../messages/region-settings";
import type { RegionRow } from "../region";
import type { Changes, Danger } from "./change";

/** An inventory may be as large as a megabyte. */
const BATCH = 200;

/** Who would not be adequate any more, by what is known of each machine: candidates, and nodes that have joined. */
export async function inadequate(tx: Tx, changes: Changes, { settings }: RegionRow): Promise<Danger[]> {
  const required = changes.filter(({ path }) => path.startsWith("requirements."));
  if (required.length === 0) return [];
  const raised = required.reduce((stored, { path, after }) => withValue(stored, path, after), {
    requirements: settings.requirements,
  } as Record<string, unknown>);
  const found = await losers(tx, settings.requirements, RegionSettings.parse(raised).requirements);
  const dangers: Danger[] = [];
  if (found.candidates.length)
    dangers.push({ id: `candidates ${found.candidates.length}`, sentence: SETTINGS_DANGERS.candidatesInadequate(found.candidates) });
  if (found.nodes.length) dangers.push({ id: `nodes ${found.nodes.length}`, sentence: SETTINGS_DANGERS.nodesInadequate(found.nodes) });
  return dangers;
}

async function losers(tx: Tx, now: Requirements, then: Requirements): Promise<{ candidates: string[]; nodes: string[] }> {
  const found = { candidates: [] as string[], nodes: [] as string[] };
  let after = "";
  for (;;) {
    const batch = await tx.node.findMany({
      where: { name: { gt: after }, status: { notIn: ["Out", "Rejected", "Inadequate"] } },
      select: { name: true, role: true, status: true, inventory: true },
      orderBy: { name: "asc" },
      take: BATCH,
    });
    for (const { name, role, status, inventory } of batch) {
      const known = Inventory.safeParse(inventory).data;
      if (!known || !verdict(known, now, role).adequate || verdict(known, then, role).adequate) continue;
      found[status === "Candidate" ? "candidates" : "nodes"].push(name);
    }
    if (batch.length < BATCH) return found;
    after = batch.at(-1)?.name ?? after;
  }
}
