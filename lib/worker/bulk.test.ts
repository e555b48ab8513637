/** Workers that are killed, or whose database fails, in the middle of work on many nodes: no line is lost, and none happens twice. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import { startBulk } from "@/lib/services/bulk/start";
import { verifyChain } from "@/lib/services/events/verify";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "@/lib/services/testing";
import { actAs, advance } from "./advance";
import { prepareHiccups, withHiccup } from "./testing-hiccups";
import { hasEnded, openBench, SOUND, type Bench } from "./testing-bench";

const targets = (nodes: { id: string; version: number }[]) => nodes.map(({ id, version }) => ({ nodeId: id, version }));
const plant = (count: number) => Promise.all(Array.from({ length: count }, () => plantNode("Candidate")));
const transitionsOf = async (nodes: Node[]) =>
  (await db.event.findMany({ where: { nodeId: { in: nodes.map(({ id }) => id) } } })).map(({ transition }) => transition);
const ended = (operationId: string) => db.operationItem.count({ where: { operationId, state: { in: ["done", "failed"] } } });

describe.skipIf(noDatabase)(unlessSkipped("work on many nodes whose database fails"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    actAs("test");
    await prepareHiccups();
  }, 60_000);
  afterAll(() => drop?.());

  it.each(["operation", "operation_item", "operation_step", "node"])("once in any write of %s goes on, each line once", async (table) => {
    const { call } = await addUser("Ada");
    for (const which of [1, 2, 3, 4]) {
      const nodes = await plant(3);
      const started = await startBulk({ command: "reject", targets: targets(nodes) }, call());
      const id = started.ok ? started.value.operationId : "";
      await withHiccup(table, which, async () => {
        for (let count = 0; count < 6 && !(await advance(id)).finished; count += 1);
      });
      expect([(await db.operation.findUniqueOrThrow({ where: { id } })).status, await transitionsOf(nodes)], `${table} ${which}`).toEqual([
        "succeeded",
        ["T10", "T10", "T10"],
      ]);
    }
  });
});

describe.skipIf(noDatabase)(unlessSkipped("a worker that is killed"), { timeout: 120_000 }, () => {
  const MANY = 300;
  let bench: Bench;
  beforeAll(async () => void (bench = await openBench()), 120_000);
  afterAll(() => bench?.close());

  const KILLED_AT = [5, 60, 120];

  it(`again and again among ${MANY} lines is followed by others, and each line happens once`, async () => {
    // All that are needed stand by: starting one takes longer than the lines that are left.
    await Promise.all([...KILLED_AT, 0].map(() => bench.addWorker()));
    const nodes = await plant(MANY);
    const id = await bench.started(startBulk({ command: "reject", targets: targets(nodes) }, bench.admin.call()));
    for (const reached of KILLED_AT) {
      await bench.until(`${reached} lines`, async () => (await ended(id)) >= reached, 60_000);
      expect(hasEnded(await bench.operationOf(id)), `it goes on after ${reached} lines`).toBe(false);
      await bench.endWorker(await bench.holderOf(id));
    }
    const { attempt } = await bench.succeeds(id, 60_000);
    expect(attempt).toBe(1 + KILLED_AT.length);
    expect(await transitionsOf(nodes)).toEqual(Array(MANY).fill("T10"));
    expect(await db.operationItem.count({ where: { operationId: id, state: "done" } })).toBe(MANY);
    expect(await verifyChain()).toMatchObject({ value: { brokenAt: null } });
  });

  it("after it began the joins of many nodes leaves all of them to be finished and told", async () => {
    await bench.addWorker();
    const machines = await Promise.all(Array.from({ length: 3 }, () => bench.candidate()));
    for (const machine of machines) bench.fleet.setFaults(machine, { delayMs: 150 });
    const nodes = await Promise.all(machines.map(bench.nodeAt));
    const id = await bench.started(startBulk({ command: "accept", targets: targets(nodes) }, bench.admin.call()));
    await bench.until("all have begun", async () => (await db.operationItem.count({ where: { operationId: id, state: "running" } })) === 3);
    await bench.killAll();
    await bench.addWorker();
    await bench.succeeds(id, 60_000);
    for (const machine of machines) {
      const { id: nodeId } = await bench.nodeAt(machine);
      const part = await db.operation.findFirstOrThrow({ where: { parentId: id, nodeId } });
      expect(await bench.sound(machine, part.id)).toEqual({ ...SOUND, transitions: "T01 T08 T15 T16 T17" });
    }
    expect(await db.operationItem.count({ where: { operationId: id, state: "done" } })).toBe(3);
  });
});
