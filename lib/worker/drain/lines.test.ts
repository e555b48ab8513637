/** When a machine may set out, and what plans count of those that have: on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { MaintenanceVm, Node } from "@/lib/generated/prisma/client";
import { beginMaintenance } from "@/lib/services/maintenance/begin";
import { cancelMaintenance } from "@/lib/services/maintenance/cancel";
import { placementNodes } from "@/lib/services/maintenance/facts";
import { emptyRegion, plantHypervisor } from "@/lib/services/maintenance/testing";
import { claimOperation } from "@/lib/services/operations/claim";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "@/lib/services/testing";
import { takeUp } from "./lines";

const GIB = 2 ** 30;

describe.skipIf(noDatabase)(unlessSkipped("a machine of a drain"), () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "admin");
  });
  afterAll(() => drop?.());
  beforeEach(emptyRegion);

  const versioned = async ({ id }: Node) => ({ nodeId: id, version: (await db.node.findUniqueOrThrow({ where: { id } })).version });
  const promisedOn = async (target: Node, home: Node, replanned?: Parameters<typeof placementNodes>[2]) =>
    ((await db.$transaction((tx) => placementNodes(tx, home.id, replanned))).find(({ id }) => id === target.id)?.promisedBytes ?? 0) / GIB;

  /** A node that drains its one machine of 8 GiB, whose worker has just claimed it; a third node for whoever needs one. */
  async function draining() {
    const [home, target] = [await plantHypervisor(64, [8]), await plantHypervisor(32, [])];
    await plantHypervisor(64, []);
    const begun = await beginMaintenance(await versioned(home), ada.call());
    if (!begun.ok) throw new Error(begun.reason);
    const operation = await claimOperation(begun.value.operationId, "worker");
    const row = await db.maintenanceVm.findFirstOrThrow();
    if (!operation) throw new Error("Nothing to claim.");
    const setOut = () => takeUp(operation, row, { homeId: home.id, direction: "away", tries: 1 });
    return { home, target, row, setOut };
  }
  const stateOf = async ({ uuid }: MaintenanceVm) => (await db.maintenanceVm.findFirstOrThrow({ where: { uuid } })).state;

  it("sets out while its target is Active, and not when that is taken out itself", async () => {
    const { target, row, setOut } = await draining();
    expect(row.targetId).toBe(target.id);
    expect(await beginMaintenance(await versioned(target), ada.call())).toMatchObject({ ok: true });
    expect(await setOut()).toMatchObject({ ok: false, code: "peer" });
    expect(await stateOf(row)).toBe("waiting");
    await cancelMaintenance(await versioned(target), ada.call());
    expect(await setOut()).toMatchObject({ ok: true, value: { state: "moving" } });
  });

  it("that was under way when its drain was cancelled counts until its target was surveyed", async () => {
    const { home, target, setOut } = await draining();
    await setOut();
    await cancelMaintenance(await versioned(home), ada.call());
    expect(await promisedOn(target, home)).toBe(8);
    await db.node.update({ where: { id: target.id }, data: { inspectedAt: new Date(Date.now() + 1000) } });
    expect(await promisedOn(target, home)).toBe(0);
  });

  it("that has moved counts in the next plan of its own drain; one that is planned anew does not", async () => {
    const { home, target, row } = await draining();
    const { maintenanceId, uuid } = row;
    expect(await promisedOn(target, home, { maintenanceId, uuids: [uuid] })).toBe(0);
    await db.maintenanceVm.update({
      where: { maintenanceId_uuid: { maintenanceId, uuid } },
      data: { state: "moved", endedAt: new Date(Date.now() + 1000) },
    });
    expect(await promisedOn(target, home, { maintenanceId, uuids: [] })).toBe(8);
  });
});
