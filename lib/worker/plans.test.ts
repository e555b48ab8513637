/** Plans on simulated hypervisors by real workers: rolling over two nodes with restarts, and workers that are killed on the way. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { FLEET, type DemoServer } from "@/lib/demo/fleet";
import { holdsMemory } from "@/lib/domain/placement";
import { planMaintenance, type PlanInput } from "@/lib/services/maintenance/plan/make";
import { planDetail } from "@/lib/services/maintenance/plan/read";
import { verifyChain } from "@/lib/services/events/verify";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import { openBench, type Bench } from "./testing-bench";

const serverOf = (name: string): DemoServer => {
  const server = FLEET.find((one) => one.name === name);
  if (!server) throw new Error(`There is no simulated server ${name}.`);
  return server;
};
const REGION = ["storage-west-01", "storage-west-03", "storage-west-04"].map(serverOf);
const [FIRST, SECOND] = [REGION[0] ?? serverOf(""), REGION[1] ?? serverOf("")];
const FAULTS = { migrationMs: 100, awaySeconds: 2 };
const LONG_MS = 150_000;
/** Where a worker is killed: as the step begins. */
const MOMENTS = ["move", "restart", "wait", "see", "activate"];

describe.skipIf(noDatabase)(unlessSkipped("a plan"), { timeout: 600_000 }, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
    await bench.addWorker();
    for (const server of REGION) {
      await bench.candidate(server);
      await bench.succeeds(await bench.joining(server));
      bench.fleet.setFaults(server, FAULTS);
    }
  }, 180_000);
  afterAll(() => bench?.close(), 60_000);

  const plan = async (servers: readonly DemoServer[], more: Partial<PlanInput> = {}): Promise<string> => {
    const nodes = await Promise.all(servers.map((server) => bench.nodeAt(server)));
    // A worker has to have measured them: what does not answer can not be drained.
    await bench.until("they are measured", async () => (await measured()) === REGION.length, 60_000);
    const made = await planMaintenance(
      {
        name: "Firmware",
        reason: "",
        nodeIds: nodes.map(({ id }) => id),
        from: null,
        to: null,
        reboot: true,
        activate: true,
        bringBack: true,
        ...more,
      },
      bench.admin.call(),
    );
    if (!made.ok) throw new Error(made.reason);
    return made.value.planId;
  };
  const measured = async () =>
    (
      await db.$queryRaw<{ id: string }[]>`
        SELECT n.id FROM node n JOIN metrics.node_now w ON w.node_id = n.id LEFT JOIN metrics.node_silence q ON q.node_id = n.id
        WHERE w.sampled_at > now() - interval '20 seconds' AND q.since IS NULL AND n.status = 'Active'`
    ).length;
  const stateOf = async (id: string) => (await planDetail(id))?.state;
  const over = (id: string) =>
    bench.until(
      "the plan is over",
      async () => {
        const state = await stateOf(id);
        return (state === "done" || state === "stopped") && planDetail(id);
      },
      LONG_MS,
    );
  const bootOf = async (server: DemoServer) => (await bench.nodeAt(server)).bootedAt?.getTime();
  const vmsOn = (server: DemoServer) =>
    bench.fleet
      .vmsOf(server)
      .filter(holdsMemory)
      .map(({ name }) => name)
      .sort();

  it("drains, restarts and activates two nodes one after the other, and brings their VMs back", async () => {
    const before = REGION.map(vmsOn);
    const boots = [await bootOf(FIRST), await bootOf(SECOND)];
    const id = await plan([FIRST, SECOND]);
    const end = await over(id);
    expect([end.state, end.stateReason, end.nodes.map(({ state }) => state)]).toEqual(["done", null, ["done", "done"]]);
    expect(REGION.map(vmsOn)).toEqual(before);
    expect((await bootOf(FIRST)) ?? 0).toBeGreaterThan(boots[0] ?? 0);
    expect((await bootOf(SECOND)) ?? 0).toBeGreaterThan(boots[1] ?? 0);
    const [one, two] = end.nodes;
    expect(Date.parse(two?.startedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(one?.endedAt ?? ""));
    const chain = await verifyChain();
    expect(chain.ok && chain.value.brokenAt).toBeNull();
  });

  it("is gone on with by another worker, whichever step the first one is killed in, and restarts the machine once", async () => {
    // A machine that answers at once is looked at and done with between two glances of this test.
    bench.fleet.setFaults(FIRST, { ...FAULTS, delayMs: 300 });
    await bench.addWorker();
    const id = await plan([FIRST]);
    const kinds = ["maintenance", "reboot", "activate"];
    const successors: Promise<unknown>[] = [];
    for (const step of MOMENTS) {
      const running = await bench.until(
        `the plan reaches ${step}`,
        // Of a worker that lives: the one that was killed a moment ago may have begun it.
        () =>
          db.operation.findFirst({
            where: { status: "running", step, kind: { in: kinds }, workerId: { in: bench.workers().map(({ id: worker }) => worker) } },
          }),
        LONG_MS,
      );
      await bench.endWorker(await bench.holderOf(running.id));
      // Nobody waits for it: the one that is left goes on at once.
      successors.push(bench.addWorker());
    }
    await Promise.all(successors);
    const end = await over(id);
    bench.fleet.setFaults(FIRST, FAULTS);
    expect([end.state, end.stateReason, end.nodes.map(({ state }) => state)]).toEqual(["done", null, ["done"]]);
    const { operationIds } = await db.maintenancePlanNode.findFirstOrThrow({ where: { planId: id } });
    expect(operationIds).toHaveLength(3);
    const node = await bench.nodeAt(FIRST);
    const restarts = await db.event.count({
      where: {
        nodeId: node.id,
        kind: "node.restarted",
        at: { gt: (await db.maintenancePlan.findUniqueOrThrow({ where: { id } })).createdAt },
      },
    });
    expect(restarts).toBeLessThanOrEqual(1);
    expect(await db.event.count({ where: { nodeId: node.id, kind: "node.restarted", severity: "warning" } })).toBe(0);
  });

  it("two workers begin each node once", async () => {
    await bench.addWorker();
    const id = await plan([FIRST, SECOND], { reboot: false, bringBack: true });
    const end = await over(id);
    expect(end.nodes.map(({ state }) => state)).toEqual(["done", "done"]);
    const rows = await db.maintenancePlanNode.findMany({ where: { planId: id } });
    expect(rows.map(({ operationIds }) => operationIds.length)).toEqual([2, 2]);
  });
});
