/** Which nodes of the region can be taken out at this moment, and why the others not: what the pre-flight would say of each. */
import { setImmediate as turn } from "node:timers/promises";
import { Inventory, type Vm } from "../../domain/inventory";
import { COMMANDS, regionFacts } from "../../domain/lifecycle";
import type { Processor } from "../../domain/placement";
import type { Readiness, Unplaced } from "../../domain/readiness";
import { readinessOf } from "../../domain/region-readiness";
import { STALE_SECONDS } from "../../domain/sample-times";
import { db, type Tx } from "../../db";
import { nodeRows, type NodeRow } from "../nodes/read";
import { readRegion } from "../region";
import { drainingNodes, placementNodes } from "./facts";

type SeenRow = {
  id: string;
  inspected: boolean;
  libvirt: string | null;
  answered: boolean | null;
  /** Seen before the node was cut off: that is of another time. */
  before: boolean;
  vms: unknown;
  answers: boolean;
  architecture: string | null;
  model: string | null;
  flags: string[] | null;
};
type Seen = { vms: readonly Vm[] | null; answers: boolean; processor: Processor };

/** So many nodes are looked at before something else gets its turn. */
const AT_ONCE = 50;

/** By node, and what the page's head warns of: Active nodes whose virtual machines have no place elsewhere. */
export type RegionLook = { readiness: ReadonlyMap<string, Readiness>; unplaced: Unplaced | null };

/** `rows` are all of the region, where they were read already. */
export async function readReadiness(rows?: readonly NodeRow[]): Promise<RegionLook> {
  const [nodes, region, targets, draining, seen] = await Promise.all([
    rows ?? nodeRows(),
    readRegion(db),
    placementNodes(db, null),
    drainingNodes(db, null),
    seenOnNodes(db),
  ]);
  // A region has few kinds of processors: those that are equal are one, and compared once.
  const kinds = new Map<string, Processor>();
  const kindOf = (cpu: Processor): Processor => {
    const key = JSON.stringify([cpu.architecture, cpu.model, cpu.flags]);
    const known = kinds.get(key) ?? cpu;
    kinds.set(key, known);
    return known;
  };
  const judge = readinessOf({
    context: { now: region.now, settings: region.settings, region: regionFacts(nodes) },
    targets: targets.map((target) => ({ ...target, cpu: kindOf(target.cpu) })),
    draining,
    reserveShare: region.settings.drain.reservePercent / 100,
  });
  const readiness = new Map<string, Readiness>();
  const stuck: { name: string; reason: string }[] = [];
  for (const node of nodes) {
    const { vms, answers, processor } = seen.get(node.id) ?? UNSEEN;
    const found = judge({ node, operation: node.operation, vms, answers, processor: kindOf(processor) });
    readiness.set(node.id, found);
    if (found.id === "noRoom" && node.status === "Active") stuck.push({ name: node.name, reason: found.reason });
    if (readiness.size % AT_ONCE === 0) await turn();
  }
  return { readiness, unplaced: stuck[0] ? { count: stuck.length, ...stuck[0] } : null };
}

const UNSEEN: Seen = { vms: null, answers: false, processor: { architecture: "", model: null, flags: [] } };

/** Of those that the command may be given: what was seen last, as lastSeen says it of one node. */
async function seenOnNodes(tx: Tx): Promise<ReadonlyMap<string, Seen>> {
  const rows = await tx.$queryRaw<SeenRow[]>`
    SELECT n.id, n.inventory IS NOT NULL AS inspected, n.inventory #>> '{hypervisor,libvirt}' AS libvirt,
           CASE WHEN surveyed.newer THEN jsonb_typeof(s.survey -> 'vms') = 'array' ELSE (n.inventory #>> '{hypervisor,running}')::boolean END AS answered,
           CASE WHEN surveyed.newer THEN s.survey -> 'vms' ELSE n.inventory -> 'vms' END AS vms,
           n.status = 'Fenced' AND NOT coalesce(
             CASE WHEN surveyed.newer THEN s.surveyed_at ELSE n.inspected_at END >
             (SELECT ended_at FROM fence WHERE node_id = n.id AND state = 'confirmed' ORDER BY started_at DESC LIMIT 1), true) AS before,
           coalesce(w.sampled_at > now() - ${STALE_SECONDS} * interval '1 second', false) AS answers,
           n.inventory #>> '{os,architecture}' AS architecture, n.inventory #>> '{cpu,model}' AS model,
           ARRAY(SELECT jsonb_array_elements_text(n.inventory #> '{cpu,flags}')) AS flags
    FROM node n LEFT JOIN metrics.node_survey s ON s.node_id = n.id LEFT JOIN metrics.node_now w ON w.node_id = n.id
         CROSS JOIN LATERAL (SELECT s.surveyed_at IS NOT NULL AND (n.inspected_at IS NULL OR s.surveyed_at > n.inspected_at) AS newer) surveyed
    WHERE n.status::text = ANY(${[...COMMANDS.maintenance.allowed]})`;
  return new Map(
    rows.map(({ id, inspected, libvirt, answered, before, vms, answers, architecture, model, flags }) => [
      id,
      {
        vms: before ? null : inspected && libvirt === null ? [] : answered ? (Inventory.shape.vms.safeParse(vms).data ?? null) : null,
        answers,
        processor: { architecture: architecture ?? "", model, flags: flags ?? [] },
      },
    ]),
  );
}
