/** What a plan needs to know of the region, read in the transaction that decides by it. */
import type { NodeFacts, RefusalContext } from "../../domain/lifecycle";
import { Inventory, type Vm } from "../../domain/inventory";
import type { Draining, PreflightFacts } from "../../domain/preflight";
import type { PlacementNode } from "../../domain/placement";
import { STALE_SECONDS } from "../../domain/sample-times";
import { withSurvey, type Survey } from "../../domain/survey";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import type { RegionRow } from "../region";

type TargetRow = {
  id: string;
  name: string;
  memoryBytes: bigint;
  usedBytes: bigint;
  promisedBytes: bigint;
  architecture: string | null;
  model: string | null;
  flags: string[] | null;
  bridges: string[] | null;
};

/** Machines of a maintenance that are being planned anew: their own promises count for nobody. */
type Replanned = { maintenanceId: string; uuids: readonly string[] };

/**
 * Active nodes that answer and run a hypervisor, with what is given and promised there. What has arrived, and what was moving when its
 * maintenance was cancelled, counts as promised until the target's own survey can have seen it; what is on its way back counts on both
 * sides.
 */
export async function placementNodes(tx: Tx, exceptNodeId: string | null, replanned?: Replanned): Promise<PlacementNode[]> {
  const rows = await tx.$queryRaw<TargetRow[]>`
    SELECT n.id, n.name, n.memory_bytes AS "memoryBytes", coalesce(n.vm_memory_total_bytes, 0) AS "usedBytes",
           coalesce((SELECT sum(v.memory_bytes) FROM maintenance_vm v JOIN maintenance m ON m.id = v.maintenance_id
                     WHERE v.target_id = n.id AND NOT (m.id IS NOT DISTINCT FROM ${replanned?.maintenanceId ?? null}::uuid AND v.uuid = ANY(${[...(replanned?.uuids ?? [])]}))
                       AND ((v.state IN ('waiting', 'moving', 'returning') AND m.ended_at IS NULL)
                            OR (v.state = 'moving' AND m.ended_at > coalesce(s.surveyed_at, n.inspected_at))
                            OR (v.state = 'moved' AND v.ended_at > coalesce(s.surveyed_at, n.inspected_at))
                            OR (v.state = 'returning' AND v.started_at > coalesce(s.surveyed_at, n.inspected_at)))), 0)::bigint
           + coalesce((SELECT sum(v.memory_bytes) FROM maintenance_vm v JOIN maintenance m ON m.id = v.maintenance_id
                       LEFT JOIN operation o ON o.node_id = m.node_id AND o.status IN ('pending', 'running') AND o.request ->> 'maintenanceId' = m.id::text
                         AND (o.kind = 'moveBack' OR (o.kind = 'activate' AND (o.request ->> 'bringBack')::boolean))
                       WHERE m.node_id = n.id
                         AND ((o.id IS NOT NULL AND v.state IN ('moved', 'returning'))
                              OR (v.state = 'returning' AND v.started_at > coalesce(s.surveyed_at, n.inspected_at))
                              OR (v.state = 'returned' AND v.ended_at > coalesce(s.surveyed_at, n.inspected_at)))), 0)::bigint AS "promisedBytes",
           n.inventory #>> '{os,architecture}' AS architecture, n.inventory #>> '{cpu,model}' AS model,
           ARRAY(SELECT jsonb_array_elements_text(n.inventory #> '{cpu,flags}')) AS flags,
           ARRAY(SELECT link ->> 'name' FROM jsonb_array_elements(n.inventory -> 'links') link WHERE link ->> 'type' = 'bridge') AS bridges
    FROM node n
    LEFT JOIN metrics.node_survey s ON s.node_id = n.id
    LEFT JOIN metrics.node_silence q ON q.node_id = n.id
    WHERE n.status = 'Active' AND n.id IS DISTINCT FROM ${exceptNodeId}::uuid AND n.memory_bytes IS NOT NULL AND n.host_key_changed IS NULL
      AND (n.inventory #>> '{hypervisor,running}')::boolean
      AND NOT coalesce(s.surveyed_at > n.inspected_at AND jsonb_typeof(s.survey -> 'vms') = 'null', false)
      AND (q.since IS NULL OR q.since > now() - ${STALE_SECONDS} * interval '1 second')`;
  return rows.map(({ architecture, model, flags, bridges, ...row }) => ({
    id: row.id,
    name: row.name,
    memoryBytes: Number(row.memoryBytes),
    usedBytes: Number(row.usedBytes),
    promisedBytes: Number(row.promisedBytes),
    cpu: { architecture: architecture ?? "", model, flags: flags ?? [] },
    networks: bridges ? bridges.map((name) => `bridge ${name}`) : null,
  }));
}

/** Other nodes that are on their way out, with what they still have to move. */
export async function drainingNodes(tx: Tx, exceptNodeId: string | null): Promise<Draining[]> {
  const rows = await tx.$queryRaw<{ name: string; bytes: bigint }[]>`
    SELECT n.name, coalesce(sum(v.memory_bytes) FILTER (WHERE v.state IN ('waiting', 'moving', 'failed')), 0)::bigint AS bytes
    FROM node n JOIN maintenance m ON m.node_id = n.id AND m.ended_at IS NULL LEFT JOIN maintenance_vm v ON v.maintenance_id = m.id
    WHERE n.status = 'EnteringMaintenance' AND n.id IS DISTINCT FROM ${exceptNodeId}::uuid GROUP BY n.id, n.name ORDER BY n.name`;
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) }));
}

export type Seen = { vms: Vm[] | null; at: Date | null; answers: boolean };

/** The virtual machines as they were last seen: by the newest survey, or by the inspection where that is newer. */
export async function lastSeen(tx: Tx, node: Pick<Node, "id" | "inventory" | "inspectedAt">): Promise<Seen> {
  const [row] = await tx.$queryRaw<{ surveyedAt: Date | null; survey: unknown; answers: boolean }[]>`
    SELECT s.surveyed_at AS "surveyedAt", s.survey,
           coalesce(w.sampled_at > now() - ${STALE_SECONDS} * interval '1 second', false) AS answers
    FROM node n LEFT JOIN metrics.node_survey s ON s.node_id = n.id LEFT JOIN metrics.node_now w ON w.node_id = n.id
    WHERE n.id = ${node.id}::uuid`;
  const inventory = Inventory.safeParse(node.inventory).data;
  const newer = row?.surveyedAt && (!node.inspectedAt || row.surveyedAt > node.inspectedAt);
  const merged = inventory && newer ? withSurvey(inventory, row.survey as Survey) : inventory; // written by writeSurvey only
  return {
    vms: merged ? known(merged, newer ? (row.survey as Survey) : null) : null,
    at: newer ? row.surveyedAt : node.inspectedAt,
    answers: row?.answers ?? false,
  };
}

/** Where no hypervisor is installed nothing runs; where one is installed and did not answer, nobody knows. */
function known({ hypervisor, vms }: Inventory, survey: Survey | null): Vm[] | null {
  if (hypervisor.libvirt === null) return [];
  return (survey ? survey.vms !== null : hypervisor.running) ? vms : null;
}

async function seenSinceFence(tx: Tx, nodeId: string, at: Date | null): Promise<boolean> {
  const fence = await tx.fence.findFirst({ where: { nodeId, state: "confirmed" }, orderBy: { startedAt: "desc" } });
  return at !== null && (fence?.endedAt ?? at) < at;
}

/** All that `preflight` asks for. `seen` is what the worker has just read from the node, in the place of what was last seen. */
export async function preflightFacts(
  tx: Tx,
  node: Node,
  { facts, context, region }: { facts: NodeFacts; context: RefusalContext; region: RegionRow },
  seen?: { vms: Vm[] },
): Promise<PreflightFacts & { seenAt: Date | null }> {
  const open = await tx.maintenance.findFirst({ where: { nodeId: node.id, endedAt: null }, select: { id: true, cameFrom: true } });
  const last = await lastSeen(tx, node);
  const [targets, draining] = await Promise.all([
    placementNodes(
      tx,
      node.id,
      open ? { maintenanceId: open.id, uuids: (seen?.vms ?? last.vms ?? []).map(({ uuid }) => uuid) } : undefined,
    ),
    drainingNodes(tx, node.id),
  ]);
  const inventory = Inventory.safeParse(node.inventory).data;
  // Nothing leads to Fenced but evidence that the machine is off. What was seen before that is of another time.
  const fenced = node.status === "Fenced" || open?.cameFrom === "Fenced";
  const lastVms = !fenced || (await seenSinceFence(tx, node.id, last.at)) ? last.vms : null;
  return {
    node: { ...facts, id: node.id },
    context,
    vms: seen?.vms ?? lastVms,
    answers: seen !== undefined || last.answers,
    fenced,
    processor: {
      architecture: inventory?.os.architecture ?? "",
      model: inventory?.cpu.model ?? null,
      flags: inventory?.cpu.flags ?? [],
    },
    pci: inventory?.pci ?? [],
    targets,
    draining,
    degradedPools: [],
    reserveShare: region.settings.drain.reservePercent / 100,
    seenAt: seen ? region.now : last.at,
  };
}
