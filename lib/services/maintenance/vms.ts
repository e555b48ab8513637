/** The virtual machines of a maintenance: a row each, from the plan to where it is in the end. */
import type { Placement } from "../../domain/placement";
import type { Vm } from "../../domain/inventory";
import type { VmState } from "../../domain/maintenance";
import type { Tx } from "../../db";

const rowOf = (maintenanceId: string, vm: Vm, position: number) => ({
  maintenanceId,
  uuid: vm.uuid,
  name: vm.name,
  memoryBytes: BigInt(vm.memoryBytes),
  position,
  copyDisks: vm.storage === "local",
});

/** Writes the plan that was agreed to: a row for each machine, largest first. */
export async function writePlan(tx: Tx, maintenanceId: string, { moves }: Placement): Promise<void> {
  await tx.maintenanceVm.createMany({
    data: moves.map(({ vm, targetId, targetName }, position) => ({
      ...rowOf(maintenanceId, vm, position),
      state: "waiting" satisfies VmState,
      plannedId: targetId,
      plannedName: targetName,
      targetId,
      targetName,
    })),
  });
}

/** The machines that nobody moves because the node is forced. */
export async function writeStanding(tx: Tx, maintenanceId: string, vms: readonly Vm[]): Promise<void> {
  await tx.maintenanceVm.createMany({
    data: vms.map((vm, position) => ({ ...rowOf(maintenanceId, vm, position), state: "waiting" satisfies VmState })),
  });
}

/**
 * Brings the rows in line with what runs on the node now and where it can go: new machines get a row, those that went away by
 * themselves are marked, targets that do not suit any more are replaced. Returns how many differ from the plan that was shown.
 */
export async function rewritePlan(tx: Tx, maintenanceId: string, { moves, stuck }: Placement, now: Date): Promise<number> {
  const rows = await tx.maintenanceVm.findMany({ where: { maintenanceId } });
  const known = new Map(rows.map((row) => [row.uuid, row]));
  const running = new Set([...moves, ...stuck].map(({ vm }) => vm.uuid));
  let differ = 0;
  let position = rows.reduce((most, row) => Math.max(most, row.position + 1), 0);
  for (const { vm, targetId, targetName } of moves) {
    const row = known.get(vm.uuid);
    if (row?.targetId !== targetId) differ += 1;
    const change = { state: "waiting" satisfies VmState, targetId, targetName, tries: 0, detail: "", endedAt: null };
    if (row) await tx.maintenanceVm.update({ where: { maintenanceId_uuid: { maintenanceId, uuid: vm.uuid } }, data: change });
    else await tx.maintenanceVm.create({ data: { ...rowOf(maintenanceId, vm, position++), ...change } });
  }
  for (const { vm, reason } of stuck) {
    const change = { state: "failed" satisfies VmState, detail: reason, endedAt: now };
    if (known.has(vm.uuid))
      await tx.maintenanceVm.update({ where: { maintenanceId_uuid: { maintenanceId, uuid: vm.uuid } }, data: change });
    else await tx.maintenanceVm.create({ data: { ...rowOf(maintenanceId, vm, position++), ...change } });
    differ += 1;
  }
  const away = rows.filter(({ uuid, state }) => !running.has(uuid) && (state === "waiting" || state === "failed"));
  for (const { uuid } of away)
    await tx.maintenanceVm.update({
      where: { maintenanceId_uuid: { maintenanceId, uuid } },
      data: { state: "gone" satisfies VmState, detail: "It no longer ran here when Regent looked.", endedAt: now },
    });
  return differ + away.length;
}

/** Those that Regent moved away and that nobody has brought back. */
export const movedAway = (tx: Tx, maintenanceId: string) =>
  tx.maintenanceVm.findMany({
    where: { maintenanceId, state: "moved" satisfies VmState, targetId: { not: null } },
    orderBy: { position: "asc" },
  });
