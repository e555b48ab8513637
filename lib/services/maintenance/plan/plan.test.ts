/** Plans as administrators make them, on a real PostgreSQL; the operations are ended by hand, the machines are in the worker's tests. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { Inventory } from "@/lib/domain/inventory";
import { refuse, type Outcome } from "@/lib/outcome";
import { verifyChain } from "../../events/verify";
import { claimOperation } from "../../operations/claim";
import { failOperation } from "../../operations/fail";
import { lockOperation } from "../../operations/lock";
import { succeedOperation } from "../../operations/succeed";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../../testing";
import { beginMaintenance } from "../begin";
import { emptyRegion, plantHypervisor } from "../testing";
import { cancelPlan } from "./cancel";
import { goOnWithPlan } from "./go-on";
import { planMaintenance, type PlanInput } from "./make";
import { planDetail, planList, type PlanDetail } from "./read";
import { duePlans, stepPlan } from "./step";

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`);
  return outcome.value;
};
const code = (outcome: Outcome<unknown>): string => (outcome.ok ? "ok" : outcome.code);
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe.skipIf(noDatabase)(unlessSkipped("planned maintenance"), { timeout: 240_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  let grace: Awaited<ReturnType<typeof addUser>>;
  let vera: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "operator");
    grace = await addUser("Grace", "admin");
    vera = await addUser("Vera", "viewer");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.$executeRaw`TRUNCATE maintenance_plan CASCADE`;
    await emptyRegion();
    await db.user.update({ where: { id: ada.id }, data: { role: "operator", disabledAt: null } });
  });

  const input = (nodeIds: string[], more: Partial<PlanInput> = {}): PlanInput => ({
    name: "Firmware 2.4",
    reason: "",
    nodeIds,
    from: null,
    to: null,
    reboot: false,
    activate: true,
    bringBack: false,
    ...more,
  });
  const make = async (nodeIds: string[], more: Partial<PlanInput> = {}, call = ada.call()) =>
    value(await planMaintenance(input(nodeIds, more), call)).planId;
  const read = async (id: string): Promise<PlanDetail> => {
    const found = await planDetail(id);
    if (!found) throw new Error("There is no such plan.");
    return found;
  };
  const states = async (id: string) => [(await read(id)).state, ...(await read(id)).nodes.map(({ state }) => state)];
  const statusOf = async (id: string) => (await db.node.findUniqueOrThrow({ where: { id } })).status;
  /** Ends what runs for the plan, as if its machine had answered. */
  async function finish(planId: string, status: "InMaintenance" | "Active", refusal?: ReturnType<typeof refuse>): Promise<void> {
    const running = (await read(planId)).nodes.find(({ operation }) => operation?.status === "pending");
    const operation = await claimOperation(running?.operation?.id ?? "", "00000000-0000-4000-8000-000000000001");
    if (!operation || !running) throw new Error("Nothing runs.");
    await db.$transaction(async (tx) => {
      const held = await lockOperation(tx, operation);
      if (refusal) return failOperation(tx, held, "", refusal);
      await succeedOperation(tx, held);
    });
    if (refusal) return;
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.node.update({ where: { id: running.nodeId }, data: { status } });
      if (status === "Active")
        await tx.maintenance.updateMany({
          where: { nodeId: running.nodeId, endedAt: null },
          data: { endedAt: new Date(), outcome: "returned" },
        });
    });
  }

  it("takes its nodes one after the other, through what was asked for, to its end", async () => {
    const [first, second] = [await plantHypervisor(64, [4]), await plantHypervisor(64, [8])];
    const id = await make([second.id, first.id], { reboot: true });
    expect(await duePlans()).toEqual([id]);
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "draining", "waiting"]);
    expect([await statusOf(second.id), await statusOf(first.id)]).toEqual(["EnteringMaintenance", "Active"]);
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "draining", "waiting"]);
    await finish(id, "InMaintenance");
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "rebooting", "waiting"]);
    await finish(id, "InMaintenance");
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "activating", "waiting"]);
    await finish(id, "Active");
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "done", "waiting"]);
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "done", "draining"]);
    for (const status of ["InMaintenance", "InMaintenance", "Active"] as const) {
      await finish(id, status);
      await stepPlan(id);
    }
    await stepPlan(id);
    expect(await states(id)).toEqual(["done", "done", "done"]);
    expect(await duePlans()).toEqual([]);
    const { nodes } = await db.maintenancePlan.findUniqueOrThrow({ where: { id }, include: { nodes: true } });
    expect(nodes.every(({ open, operationIds, maintenanceId }) => !open && operationIds.length === 3 && maintenanceId)).toBe(true);
    expect((await db.event.findMany({ where: { kind: { startsWith: "plan." } }, orderBy: { id: "asc" } })).map(({ kind }) => kind)).toEqual([
      "plan.made", "plan.began", "plan.restart", "plan.restart", "plan.ended",
    ]); // prettier-ignore
    expect(value(await verifyChain()).brokenAt).toBeNull();
  });

  it("is begun once by many who ask at the same time", async () => {
    const node = await plantHypervisor(64, [4]);
    await plantHypervisor(64, []);
    const id = await make([node.id]);
    await Promise.all(Array.from({ length: 12 }, () => stepPlan(id)));
    expect(await states(id)).toEqual(["running", "draining"]);
    expect(await db.operation.count()).toBe(1);
    expect(await db.maintenance.count()).toBe(1);
  });

  it("is made once for two presses, and a node is in one plan at a time", async () => {
    const [node, other] = [await plantHypervisor(64, [4]), await plantHypervisor(64, [])];
    const [one, two] = await Promise.all([
      planMaintenance(input([node.id]), ada.call("k")),
      planMaintenance(input([node.id]), ada.call("k")),
    ]);
    expect(value(one).planId).toBe(value(two).planId);
    expect(code(await planMaintenance(input([other.id]), ada.call("k")))).toBe("key-reused");
    const refused = await planMaintenance(input([other.id, node.id], { name: "Disks" }), grace.call());
    expect(refused).toMatchObject({ code: "planned-already", reason: `${node.name} is in the plan “Firmware 2.4” already.` });
    value(await cancelPlan({ planId: value(one).planId }, grace.call()));
    expect(code(await planMaintenance(input([other.id, node.id]), grace.call()))).toBe("ok");
  });

  it("refuses viewers, windows that have passed, and nodes that are not in service", async () => {
    const node = await plantHypervisor(64, []);
    const [candidate] = [await plantHypervisor(64, [], { status: "Candidate" })];
    expect(code(await planMaintenance(input([node.id]), vera.call()))).toBe("forbidden");
    expect(code(await planMaintenance(input([node.id], { to: inMinutes(-1) }), ada.call()))).toBe("bad-window");
    await plantHypervisor(64, []);
    const refused = await planMaintenance(input([candidate.id]), ada.call());
    expect(refused).toMatchObject({ code: "status" });
    expect(!refused.ok && refused.reason).toContain(candidate.name);
    expect(code(await cancelPlan({ planId: await make([node.id]) }, vera.call()))).toBe("forbidden");
  });

  it("waits for its window, and begins no node after it", async () => {
    const [first, second] = [await plantHypervisor(64, []), await plantHypervisor(64, [])];
    const id = await make([first.id, second.id], { from: inMinutes(5), to: inMinutes(10) });
    expect(await duePlans()).toEqual([]);
    await stepPlan(id);
    expect(await states(id)).toEqual(["planned", "waiting", "waiting"]);
    await db.maintenancePlan.update({ where: { id }, data: { windowFrom: inMinutes(-10) } });
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "draining", "waiting"]);
    await db.maintenancePlan.update({ where: { id }, data: { windowTo: inMinutes(-1) } });
    await finish(id, "InMaintenance");
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "activating", "waiting"]);
    await finish(id, "Active");
    await stepPlan(id);
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "done", "waiting"]);
    expect((await read(id)).stateReason?.reason).toBe(`The window is over; ${second.name} was not begun.`);
    expect(code(await goOnWithPlan({ planId: id, skip: false }, ada.call()))).toBe("window-over");
    value(await goOnWithPlan({ planId: id, skip: false, to: inMinutes(10) }, ada.call()));
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "done", "draining"]);
  });

  it("stops at the first block with its words; it is tried again, or skipped", async () => {
    const [first, second, third] = [await plantHypervisor(64, []), await plantHypervisor(64, [8]), await plantHypervisor(64, [])];
    const inventory = Inventory.parse(second.inventory);
    const vms = inventory.vms.map((vm) => ({ ...vm, name: "render-12", passthrough: ["0000:af:00.0"] }));
    await db.node.update({ where: { id: second.id }, data: { inventory: { ...inventory, vms } } });
    const id = await make([first.id, second.id, third.id], { activate: false });
    await stepPlan(id);
    await finish(id, "InMaintenance");
    await stepPlan(id);
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "done", "failed", "waiting"]);
    expect((await read(id)).nodes[1]?.refusal?.reason).toContain("render-12");
    await stepPlan(id);
    expect(await statusOf(third.id)).toBe("Active");
    value(await goOnWithPlan({ planId: id, skip: false }, ada.call()));
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "done", "failed", "waiting"]);
    await plantHypervisor(64, []);
    value(await goOnWithPlan({ planId: id, skip: true }, grace.call()));
    expect(await states(id)).toEqual(["running", "done", "skipped", "waiting"]);
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "done", "skipped", "draining"]);
    expect((await read(id)).actorName).toBe("Grace");
  });

  it("asks again for a minute what a moment may mend, and then stops", async () => {
    const node = await plantHypervisor(64, [4]);
    await plantHypervisor(64, []);
    const id = await make([node.id]);
    await db.$executeRaw`DELETE FROM metrics.node_now WHERE node_id = ${node.id}::uuid`;
    await stepPlan(id);
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "waiting"]);
    expect((await read(id)).nodes[0]?.refusal?.code).toBe("preflight-workload");
    await db.maintenancePlanNode.updateMany({ data: { refusedAt: inMinutes(-2) } });
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "failed"]);
  });

  it("stops where a drain fails, and takes the node up where it stands", async () => {
    const node = await plantHypervisor(64, [4]);
    await plantHypervisor(64, []);
    const id = await make([node.id], { reboot: true });
    await stepPlan(id);
    await finish(id, "InMaintenance", refuse("vms-stay", "1 of 1 VMs could not be moved."));
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "failed"]);
    expect((await read(id)).stateReason?.reason).toBe("1 of 1 VMs could not be moved.");
    value(await goOnWithPlan({ planId: id, skip: false }, ada.call()));
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "draining"]);
    expect(await db.maintenance.count()).toBe(1);
    await finish(id, "InMaintenance");
    await stepPlan(id);
    await finish(id, "InMaintenance", refuse("timeout", "It did not come back."));
    await stepPlan(id);
    value(await goOnWithPlan({ planId: id, skip: false }, ada.call()));
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "rebooting"]);
  });

  it("stops when its administrator may no longer do this, and goes on in the name of who lets it", async () => {
    const node = await plantHypervisor(64, []);
    await plantHypervisor(64, []);
    const id = await make([node.id]);
    await db.user.update({ where: { id: ada.id }, data: { role: "viewer" } });
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "failed"]);
    expect((await read(id)).stateReason?.reason).toContain("Ada");
    expect(await statusOf(node.id)).toBe("Active");
    value(await goOnWithPlan({ planId: id, skip: false }, grace.call()));
    await stepPlan(id);
    expect(await states(id)).toEqual(["running", "draining"]);
    expect((await db.operation.findFirstOrThrow()).actorName).toBe("Grace");
  });

  it("is cancelled where it stands: the node that is out stays as it is and says so", async () => {
    const [first, second] = [await plantHypervisor(64, [4]), await plantHypervisor(64, [])];
    const id = await make([first.id, second.id]);
    await stepPlan(id);
    value(await cancelPlan({ planId: id }, grace.call()));
    expect(await states(id)).toEqual(["cancelled", "left", "skipped"]);
    expect((await read(id)).nodes[0]?.refusal?.reason).toContain("The drain runs on");
    await stepPlan(id);
    expect(await statusOf(first.id)).toBe("EnteringMaintenance");
    expect(code(await cancelPlan({ planId: id }, grace.call()))).toBe("plan-over");
    const { open, past } = await planList();
    expect([open.length, past.map(({ state }) => state)]).toEqual([0, ["cancelled"]]);
  });

  it("does not bring back a node that somebody else has taken out meanwhile", async () => {
    const node = await plantHypervisor(64, []);
    await plantHypervisor(64, []);
    const id = await make([node.id]);
    await stepPlan(id);
    await finish(id, "Active");
    const { version } = await db.node.findUniqueOrThrow({ where: { id: node.id } });
    value(await beginMaintenance({ nodeId: node.id, version }, grace.call()));
    await stepPlan(id);
    expect(await states(id)).toEqual(["stopped", "failed"]);
    expect((await read(id)).stateReason?.code).toBe("other-maintenance");
  });
});
