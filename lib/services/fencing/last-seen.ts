import type { VmFate } from "../../domain/fencing-records";
import { Inventory } from "../../domain/inventory";
import { holdsMemory } from "../../domain/placement";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { readSurvey } from "../metrics/survey";

/** The virtual machines of a node as they were last seen: by a survey, or before any by the inspection. */
export async function lastVms(node: Pick<Node, "id" | "inventory">): Promise<Omit<VmFate, "fate">[]> {
  const surveyed = (await readSurvey(node.id))?.survey.vms;
  const vms = surveyed ?? Inventory.safeParse(node.inventory).data?.vms ?? [];
  return vms.map((vm) => ({ name: vm.name, wasRunning: holdsMemory(vm) }));
}

/** The boot that its newest sample was of; null when there was none. */
export async function bootOf(tx: Tx, nodeId: string): Promise<string | null> {
  const [seen] = await tx.$queryRaw<
    { bootId: string | null }[]
  >`SELECT boot_id AS "bootId" FROM metrics.node_now WHERE node_id = ${nodeId}::uuid`;
  return seen?.bootId ?? null;
}
