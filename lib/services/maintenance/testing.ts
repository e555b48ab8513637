/** For tests only: Active nodes with virtual machines, as the last inspection saw them a moment ago. */
import { randomUUID } from "node:crypto";
import { sampleInventory } from "../../domain/inventory.sample";
import type { Vm } from "../../domain/inventory";
import { sampleVm } from "../../domain/vm.sample";
import type { Node, Prisma } from "../../generated/prisma/client";
import { db } from "../../db";
import { samplePool } from "../metrics/pool";
import { plantNode } from "../testing";

const GIB = 2 ** 30;

/** Answers, runs libvirt, and gives each of its machines so many GiB. */
export async function plantHypervisor(
  memoryGiB: number,
  vmsGiB: readonly number[],
  facts: Partial<Prisma.NodeUncheckedCreateInput> = {},
): Promise<Node> {
  const vms = vmsGiB.map((size): Vm => sampleVm(randomUUID(), { memoryBytes: size * GIB, networks: [] }));
  const inventory = {
    ...sampleInventory(),
    hypervisor: { libvirt: "11.3.0", qemu: "10.0.2", running: true },
    vms,
    memory: { totalBytes: memoryGiB * GIB },
  };
  const given = vmsGiB.reduce((sum, size) => sum + size, 0);
  const node = await plantNode("Active", {
    inventory,
    memoryBytes: BigInt(memoryGiB * GIB),
    vmMemoryTotalBytes: BigInt(given * GIB),
    vmMemoryAvailableBytes: BigInt((memoryGiB - given) * GIB),
    ...facts,
  });
  await answers(node.id);
  return node;
}

/** As after a sample that came just now. */
export async function answers(nodeId: string): Promise<void> {
  await samplePool().query(
    `INSERT INTO metrics.node_now (node_id, sampled_at, boot_id, last, tail) VALUES ($1, now(), gen_random_uuid(), '', '')
     ON CONFLICT (node_id) DO UPDATE SET sampled_at = now()`,
    [nodeId],
  );
}

/** Takes every node and every maintenance away, past the triggers. */
export async function emptyRegion(): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`TRUNCATE maintenance, maintenance_vm, force_challenge, operation, operation_step, operation_item CASCADE`;
    await tx.$executeRaw`DELETE FROM node`;
  });
}
