import type { Prisma } from "../../generated/prisma/client";
import type { Inventory } from "../../domain/inventory";
import { vmMemory } from "../../domain/vm-memory";
import type { Verdict } from "../../domain/requests";

/** The columns of a node that come from an inventory: what lists sort by, beside the whole. */
export function factsOf(inventory: Inventory, verdict: Verdict, inspectedAt: Date) {
  const vms = vmMemory(inventory);
  return {
    vcpus: inventory.cpu.threads,
    memoryBytes: BigInt(inventory.memory.totalBytes),
    vmMemoryTotalBytes: vms && BigInt(vms.totalBytes),
    vmMemoryAvailableBytes: vms && BigInt(vms.availableBytes),
    storageBytes: BigInt(inventory.disks.reduce((sum, disk) => sum + disk.sizeBytes, 0)),
    bootedAt: new Date(inventory.bootedAt * 1000),
    systemUuid: inventory.system.uuid,
    inventory,
    verdict,
    inspectedAt,
  } satisfies Prisma.NodeUpdateManyMutationInput;
}
