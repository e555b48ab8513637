import type { VmFate } from "../../domain/fencing-records";
import { Inventory } from "../../domain/inventory";
import { holdsMemory } from "../../domain/placement";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { readSurvey } from "../metrics/survey";

const FATE = {
  moved: (target: string) => `Moved to ${target} before.`,
  moving: (target: string) => `Was on its way to ${target}: it may run there.`,
};

/** The virtual machines of a node as they were last seen: by a survey, or before any by the inspection. */
export async function lastVms(node: Pick<Node, "id" | "inventory">): Promise<Omit<VmFate, "fate">[]> {
  const surveyed = (await readSurvey(node.id))?.survey.vms;
  const vms = surveyed ?? Inventory.safeParse(node.inventory).data?.vms ?? [];
  return vms.map((vm) => ({ name: vm.name, wasRunning: holdsMemory(vm) }));
}

/**
 * Where each virtual machine of a node went that a drain moved, or was moving, after it was last seen here, by name. Whoever starts one of
 * them again must know that it may run there.
 */
export async function leftSince(tx: Tx, nodeId: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ name: string; state: string; targetName: string }[]>`
    SELECT v.name, v.state, v.target_name AS "targetName"
    FROM maintenance_vm v JOIN maintenance m ON m.id = v.maintenance_id JOIN node n ON n.id = m.node_id LEFT JOIN metrics.node_survey s ON s.node_id = n.id
    WHERE m.node_id = ${nodeId}::uuid AND v.target_name IS NOT NULL
      AND ((v.state = 'moving' AND m.ended_at IS NULL) OR (v.state = 'moved' AND v.ended_at > coalesce(s.surveyed_at, n.inspected_at, n.created_at)))
    ORDER BY v.started_at`;
  return new Map(rows.map(({ name, state, targetName }) => [name, state === "moved" ? FATE.moved(targetName) : FATE.moving(targetName)]));
}

/** The boot that its newest sample was of; null when there was none. */
export async function bootOf(tx: Tx, nodeId: string): Promise<string | null> {
  const [seen] = await tx.$queryRaw<
    { bootId: string | null }[]
  >`SELECT boot_id AS "bootId" FROM metrics.node_now WHERE node_id = ${nodeId}::uuid`;
  return seen?.bootId ?? null;
}
