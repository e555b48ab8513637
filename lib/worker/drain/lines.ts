/** The rows of a drain as its worker writes them. Each write proves that the operation is still this worker's. */
import type { VmState } from "../../domain/maintenance";
import { place } from "../../domain/placement";
import { Inventory } from "../../domain/inventory";
import { db, type Tx } from "../../db";
import type { MaintenanceVm, Node, Operation } from "../../generated/prisma/client";
import { placementNodes } from "../../services/maintenance/facts";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import { lockOperation, OperationLost } from "../../services/operations/lock";

type Holder = Pick<Operation, "id" | "attempt">;
type Change = { state?: VmState; detail?: string; tries?: number; targetId?: string | null; targetName?: string | null };

const keyOf = ({ maintenanceId, uuid }: Pick<MaintenanceVm, "maintenanceId" | "uuid">) => ({ maintenanceId_uuid: { maintenanceId, uuid } });

/** Writes what became of one machine. Throws OperationLost when the operation is another worker's by now. */
export async function writeLine(holder: Holder, row: MaintenanceVm, change: Change): Promise<MaintenanceVm> {
  const over = change.state !== undefined && !["waiting", "moving", "returning"].includes(change.state);
  return db.$transaction(async (tx) => {
    const { region } = await lockOperation(tx, holder);
    return tx.maintenanceVm.update({
      where: keyOf(row),
      data: {
        ...change,
        ...(change.detail === undefined ? {} : { detail: change.detail.slice(0, 500) }),
        ...(change.state === "moving" || change.state === "returning"
          ? { startedAt: region.now, endedAt: null, movedBytes: null, totalBytes: null }
          : {}),
        ...(over ? { endedAt: region.now } : {}),
      },
    });
  });
}

/**
 * Begins a try, if it may: decided with the region locked, so that nobody takes the target out, or promises the room at home, between
 * the question and the row that says "on its way". Throws OperationLost as writeLine does.
 */
export async function takeUp(
  holder: Holder,
  row: MaintenanceVm,
  { homeId, direction, tries }: { homeId: string; direction: "away" | "back"; tries: number },
): Promise<Outcome<MaintenanceVm>> {
  return db.$transaction(async (tx) => {
    const { region } = await lockOperation(tx, holder);
    const refused = direction === "away" ? await notActive(tx, row) : await noRoom(tx, row, homeId);
    if (refused) return refused;
    const data = {
      startedAt: region.now,
      endedAt: null,
      movedBytes: null,
      totalBytes: null,
      tries,
      ...(tries === 1 ? { detail: "" } : {}),
    };
    const state: VmState = direction === "away" ? "moving" : "returning";
    return done(await tx.maintenanceVm.update({ where: keyOf(row), data: { ...data, state } }));
  });
}

async function notActive(tx: Tx, row: MaintenanceVm): Promise<Refusal | null> {
  const target = row.targetId ? await tx.node.findUnique({ where: { id: row.targetId }, select: { name: true, status: true } }) : null;
  if (!target) return refuse("no-target", `${row.name} has no target.`);
  return target.status === "Active" ? null : refuse("peer", `${target.name} is no longer Active.`);
}

/** What comes back takes no room that a plan has promised to others. */
async function noRoom(tx: Tx, row: MaintenanceVm, homeId: string): Promise<Refusal | null> {
  const home = (await placementNodes(tx, row.targetId ?? homeId)).find(({ id }) => id === homeId);
  if (!home) return null; // the move itself finds out
  const back = await tx.maintenanceVm.findMany({ where: { maintenanceId: row.maintenanceId, state: { in: ["moved", "returning"] } } });
  const others = home.promisedBytes - back.reduce((sum, { memoryBytes }) => sum + Number(memoryBytes), 0);
  if (home.memoryBytes - home.usedBytes - Math.max(0, others) >= Number(row.memoryBytes)) return null;
  return refuse("home-memory", `The memory of ${home.name} is promised to the VMs of another node.`, {
    hint: "Move VMs back when they have arrived.",
  });
}

/** How far one is, without a lock: the next look is a second away. */
export async function writeProgress(holder: Holder, row: MaintenanceVm, movedBytes: number, totalBytes: number): Promise<void> {
  const count = await db.$executeRaw`
    UPDATE maintenance_vm SET moved_bytes = ${movedBytes}, total_bytes = ${totalBytes}
    WHERE maintenance_id = ${row.maintenanceId}::uuid AND uuid = ${row.uuid}
      AND EXISTS (SELECT 1 FROM operation WHERE id = ${holder.id}::uuid AND attempt = ${holder.attempt} AND status = 'running')`;
  if (count !== 1) throw new OperationLost("The operation has ended, or another worker has taken it over.");
}

/** Another place for one machine, without those that have just failed it; null when there is none. Decided with the region locked. */
export async function retarget(
  holder: Holder,
  row: MaintenanceVm,
  from: Pick<Node, "id" | "inventory">,
  failed: ReadonlySet<string>,
): Promise<MaintenanceVm | null> {
  return db.$transaction(async (tx) => {
    const { region } = await lockOperation(tx, holder);
    const found = await findPlace(tx, row, from, failed, region.settings.drain.reservePercent / 100);
    return found ? tx.maintenanceVm.update({ where: keyOf(row), data: { targetId: found.targetId, targetName: found.targetName } }) : null;
  });
}

async function findPlace(
  tx: Tx,
  row: MaintenanceVm,
  from: Pick<Node, "id" | "inventory">,
  failed: ReadonlySet<string>,
  reserveShare: number,
) {
  const inventory = Inventory.safeParse(from.inventory).data;
  const bytes = Number(row.memoryBytes);
  const nodes = (await placementNodes(tx, from.id))
    .filter(({ id }) => !failed.has(id))
    .map((node) => (node.id === row.targetId ? { ...node, promisedBytes: Math.max(0, node.promisedBytes - bytes) } : node));
  const known = inventory?.vms.find(({ uuid }) => uuid === row.uuid);
  const vm = {
    uuid: row.uuid,
    name: row.name,
    state: "running",
    vcpus: 1,
    passthrough: [],
    storage: null,
    networks: [],
    cpu: null,
    ...known,
    memoryBytes: bytes,
  };
  const processor = {
    architecture: inventory?.os.architecture ?? "",
    model: inventory?.cpu.model ?? null,
    flags: inventory?.cpu.flags ?? [],
  };
  return place([{ ...vm, state: "running" }], processor, nodes, { reserveShare }).moves[0] ?? null;
}
