/** What is decided about lost nodes, and what PostgreSQL refuses, on a real database: hearts are written, time is moved in the rows. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { verifyChain } from "../events/verify";
import { endOverdue } from "../operations/overdue";
import { nodeDetail, nodeRows } from "../nodes/read";
import { noDatabase, unlessSkipped } from "../testing";
import { watchRegion } from "./act";
import { sampleVm } from "@/lib/domain/vm.sample";
import { useHearts } from "./testing-hearts";
import { keepWatch } from "./beat";
import { confirmOff } from "./confirm-off";
import { fenceNode } from "./fence-node";
import { readFencing } from "./read";

describe.skipIf(noDatabase)(unlessSkipped("fencing"), { timeout: 60_000 }, () => {
  const { admin, joined, heard, missed, withBmc, others, statusOf, again, look, at, events } = useHearts();

  it("calls a lost node Failed with its reason, once, and fences it in the next look", async () => {
    await others();
    const node = await joined("Active", 90);
    await withBmc(node);
    await missed(node);
    expect(await look()).toEqual({ failed: 1, fenced: 0, unfenced: 0 });
    const row = await nodeDetail(node.id);
    const reason = { statusReason: "No heartbeat for 1 min. Gone for fresh. Gone for neighbour.", reasonIsPersonal: false };
    expect(row).toMatchObject({ status: "Failed", ...reason });
    expect(await look()).toEqual({ failed: 0, fenced: 1, unfenced: 0 });
    expect(await look()).toEqual({ failed: 0, fenced: 0, unfenced: 0 });
    expect(await statusOf(node)).toBe("Failed");
    expect(await db.operation.findMany({ select: { kind: true, status: true, actorName: true, request: true } })).toEqual([
      { kind: "fence", status: "pending", actorName: "Regent", request: { manual: false } },
    ]);
    expect((await readFencing(node.id))?.fence).toMatchObject({
      state: "running",
      cause: "No heartbeat for 1 min. Gone for fresh. Gone for neighbour.",
    });
    expect(await events(node)).toEqual(["T21", "fence.began"]);
    expect((await verifyChain()).ok).toBe(true);
  });

  it("looks once in a while, however many workers do", async () => {
    await again();
    const looked = await Promise.all(Array.from({ length: 8 }, () => keepWatch()));
    expect(looked.filter(Boolean)).toHaveLength(1);
    expect(await keepWatch()).toBe(false);
  });

  it("does nothing twice when many look at once", async () => {
    await others();
    const nodes = await Promise.all([joined("Failed", 100), joined("Failed", 200)]);
    for (const node of nodes) {
      await withBmc(node);
      await missed(node);
    }
    await Promise.all(Array.from({ length: 6 }, () => look()));
    expect(await db.fence.count()).toBe(1);
    expect(await db.operation.count()).toBe(1);
    expect((await db.fence.findFirst())?.nodeId).toBe(nodes[1]?.id);
    expect((await nodeRows([nodes[0]?.id ?? ""]))[0]?.note?.text).toBe(
      `${nodes[1]?.name} is being fenced, and Regent fences one node at a time.`,
    );
  });

  it("begins to count anew after a gap, and when all workers are new", async () => {
    await others();
    const node = await joined("Failed", 90);
    await withBmc(node);
    await missed(node);
    await db.$executeRaw`UPDATE region_watch SET beat_at = clock_timestamp() - interval '20 seconds'`;
    expect(await watchRegion()).toMatchObject({ fenced: 0 });
    await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() - interval '1 hour'`;
    await db.worker.create({ data: { id: "new", version: "test" } });
    expect(await look()).toMatchObject({ fenced: 0 });
    await db.worker.create({ data: { id: "old", version: "test", startedAt: new Date(Date.now() - 3_600_000) } });
    expect(await look()).toMatchObject({ fenced: 1 });
    await db.worker.deleteMany();
  });

  it("waits with the reason, which is an event once and goes with its cause", async () => {
    await others();
    const node = await joined("Failed", 90);
    await missed(node);
    await look();
    await look();
    const pending = async () => (await nodeRows([node.id]))[0]?.note;
    expect(await pending()).toMatchObject({ kind: "pending", text: "No BMC is set for this node, so its power can not be cut." });
    expect(await events(node)).toEqual(["fence.pending"]);
    await heard(node, 1);
    await look();
    expect(await pending()).toBeNull();
  });

  it("says that a lost node answers again, and leaves it Failed", async () => {
    await others();
    const node = await joined("Active", 90);
    await missed(node);
    await look();
    await heard(node, 0);
    await look();
    expect((await nodeRows([node.id]))[0]).toMatchObject({ status: "Failed", note: { kind: "answers" } });
    // One that failed for another reason has answered all the time.
    const other = await joined("Failed", 1);
    await look();
    expect((await nodeRows([other.id]))[0]?.note).toBeNull();
  });

  it("is isolated when half is silent: two events, one note for all nodes at its beginning and its end, and nothing else", async () => {
    const { id: targetId } = await db.notifyTarget.create({ data: { kind: "email", name: "Ada", address: "ada@example.com" } });
    const nodes = await Promise.all(Array.from({ length: 3 }, () => joined("Active", 90)));
    await others(3);
    for (const node of nodes) {
      await withBmc(node);
      await missed(node);
    }
    await look();
    await look();
    expect(await db.regionWatch.findFirst()).toMatchObject({ silent: 3, total: 6 });
    for (const node of nodes) expect(await statusOf(node)).toBe("Active");
    const [fourth] = await others(1);
    await look();
    expect(await db.regionWatch.findFirst()).toMatchObject({ silent: null, total: null });
    expect(fourth && (await statusOf(fourth))).toBe("Active");
    const told = await db.event.findMany({ where: { kind: { startsWith: "region." } }, orderBy: { id: "asc" } });
    expect(told.slice(-2).map(({ kind, message }) => [kind, message])).toEqual([
      ["region.isolated", "The console is isolated: 3 of 6 nodes do not answer. Regent takes no action."],
      ["region.reached", "The console is not isolated any more: most nodes answer."],
    ]);
    const notes = await db.notification.findMany({ where: { targetId }, orderBy: { createdAt: "asc" } });
    expect(notes.map(({ note }) => note)).toMatchObject([
      { kind: "isolated", silent: 3, total: 6, over: false },
      { kind: "isolated", silent: 3, total: 6, over: true },
    ]);
  });

  it("never touches what is being serviced", async () => {
    await others();
    const node = await joined("InMaintenance", 9000);
    await withBmc(node);
    await missed(node);
    expect(await look()).toEqual({ failed: 0, fenced: 0, unfenced: 0 });
    const refused = await fenceNode({ ...(await at(node)), reason: "Because I say so" }, admin().call());
    expect(refused).toMatchObject({ code: "status" });
    expect(await confirmOff({ ...(await at(node)), name: node.name, reason: "Because I say so" }, admin().call())).toMatchObject({
      code: "status",
    });
    expect(await statusOf(node)).toBe("InMaintenance");
  });

  it("takes a drain's place when the node is lost, and stays Entering maintenance until it is proved", async () => {
    await others();
    const node = await joined("EnteringMaintenance", 90);
    await withBmc(node);
    await missed(node);
    const drain = await db.operation.create({
      data: {
        kind: "reinspect",
        status: "running",
        nodeId: node.id,
        nodeName: node.name,
        ip: node.ip,
        actorName: "Olga",
        deadlineAt: new Date(Date.now() + 60_000),
        attempt: 1,
      },
    });
    expect(await look()).toMatchObject({ fenced: 1 });
    expect(await db.operation.findUnique({ where: { id: drain.id } })).toMatchObject({
      status: "failed",
      attempt: 2,
      refusal: { code: "fenced" },
    });
    expect(await statusOf(node)).toBe("EnteringMaintenance");
  });

  it("whose attempt fails leaves the drain standing with the reason, and no deadline that nobody works for", async () => {
    await others();
    const node = await joined("EnteringMaintenance", 90, { deadlineAt: new Date(Date.now() + 60_000), statusReason: "Firmware" });
    await withBmc(node);
    await missed(node);
    expect(await look()).toMatchObject({ fenced: 1 });
    await db.operation.updateMany({ where: { kind: "fence" }, data: { deadlineAt: new Date(Date.now() - 1000) } });
    await endOverdue();
    expect(await db.node.findUniqueOrThrow({ where: { id: node.id } })).toMatchObject({
      status: "EnteringMaintenance",
      statusReason: expect.stringContaining("Fence did not end within its deadline") as string,
      deadlineAt: null,
    });
  });

  it("does not begin anew with a node that is taken out after a fence: it was proved to be off", async () => {
    const node = await joined("EnteringMaintenance", 9000);
    await others();
    await withBmc(node);
    await missed(node);
    await db.maintenance.create({ data: { nodeId: node.id, nodeName: node.name, cameFrom: "Fenced", actorName: "Ada" } });
    expect(await look()).toEqual({ failed: 0, fenced: 0, unfenced: 0 });
    expect((await nodeRows([node.id]))[0]?.note ?? null).toBeNull();
    await db.maintenance.updateMany({ where: { nodeId: node.id }, data: { cameFrom: "Active" } });
    expect(await look()).toMatchObject({ fenced: 1 });
    await db.maintenance.deleteMany();
  });

  it("goes on watching when the clock of PostgreSQL is set back", async () => {
    await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() + interval '9 minutes', beat_at = clock_timestamp() + interval '10 minutes'`;
    const looked = await Promise.all(Array.from({ length: 4 }, () => keepWatch()));
    expect(looked.filter(Boolean)).toHaveLength(1);
    const { since } = await db.regionWatch.findUniqueOrThrow({ where: { id: 1 } });
    expect(Math.abs(since.getTime() - Date.now())).toBeLessThan(5000);
  });

  it("tells of each machine where a drain had taken it, when its host is off", async () => {
    const node = await joined("Active", 90);
    const vm = (name: string) => ({ ...sampleVm(name), state: "running" });
    const vms = ["stayed", "moved", "moving"].map(vm);
    await db.$executeRaw`
      INSERT INTO metrics.node_survey (node_id, surveyed_at, survey)
      VALUES (${node.id}::uuid, now() - interval '1 minute', ${JSON.stringify({ partitions: [], services: [], failedServices: [], vms })}::jsonb)`;
    const { id: maintenanceId } = await db.maintenance.create({
      data: { nodeId: node.id, nodeName: node.name, cameFrom: "Active", actorName: "Ada" },
    });
    const line = (name: string, more: { state: string; endedAt?: Date }) => ({
      maintenanceId,
      uuid: randomUUID(),
      name,
      memoryBytes: 1n,
      position: 0,
      targetName: "compute-2",
      ...more,
    });
    await db.maintenanceVm.createMany({
      data: [
        line("moved", { state: "moved", endedAt: new Date() }),
        line("moving", { state: "moving" }),
        line("stayed", { state: "waiting" }),
      ],
    });
    expect(await confirmOff({ ...(await at(node)), name: node.name, reason: "I pulled both cords" }, admin().call())).toMatchObject({
      ok: true,
    });
    const fates = new Map((await readFencing(node.id))?.fence?.vms.map(({ name, fate }) => [name, fate]));
    expect(fates).toEqual(
      new Map([
        ["stayed", "Stopped: its host is off."],
        ["moved", "Moved to compute-2 before."],
        ["moving", "Was on its way to compute-2: it may run there."],
      ]),
    );
    await db.maintenanceVm.deleteMany();
    await db.maintenance.deleteMany();
  });

  it("ends an attempt with its operation, and waits longer after each", async () => {
    await others();
    const node = await joined("Failed", 4000);
    await withBmc(node);
    await missed(node);
    await look();
    await db.operation.updateMany({ data: { deadlineAt: new Date(Date.now() - 1000) } });
    await endOverdue();
    expect(await db.fence.findMany({ select: { state: true } })).toEqual([{ state: "unconfirmed" }]);
    expect((await readFencing(node.id))?.fence?.problem).toContain("No worker took it up");
    expect(await statusOf(node)).toBe("Failed");
    await missed(node);
    expect(await look()).toMatchObject({ fenced: 0 });
    expect((await readFencing(node.id))?.pending?.text).toBe("The last attempt on this node failed; the next one follows 3 min later.");
    await db.$executeRaw`UPDATE region SET settings = '{"fencing": {"quietPerNodeSeconds": 1}}'`;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await missed(node);
    expect(await look()).toMatchObject({ fenced: 1 });
  });
});
