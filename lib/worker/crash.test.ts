/** Workers that are killed, or told to stop, in every step of their work. Real processes, real SSH, a real PostgreSQL. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { DemoServer } from "@/lib/demo/fleet";
import { stepNames, type OperationKind } from "@/lib/domain/operations";
import { reinspectNode } from "@/lib/services/nodes/reinspect";
import { readViolations } from "@/lib/services/invariants";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import type { Worker } from "./testing";
import { BARE, hasEnded, nextMachine, openBench, RECOVERY_MS, SOUND, type Bench } from "./testing-bench";

/** Before each answer of the simulated server, so that a step lasts. */
const DELAY_MS = 100;
type Moment = { name: string; state: "running" | "done"; afterMs: number };
const BEFORE: Moment = { name: "before the effect", state: "running", afterMs: 0 };
const DURING: Moment = { name: "during the effect", state: "running", afterMs: 2 * DELAY_MS };
const AFTER: Moment = { name: "after the commit", state: "done", afterMs: 0 };

describe.skipIf(noDatabase)(unlessSkipped("a worker that"), { timeout: 300_000 }, () => {
  let bench: Bench;
  const figures = { kills: 0, terminations: 0, takenUpMs: [] as number[], finishedMs: [] as number[] };

  beforeAll(async () => void (bench = await openBench()), 120_000);
  afterAll(async () => {
    const [takenUp, finished] = [figures.takenUpMs, figures.finishedMs].map((all) => Math.round(Math.max(0, ...all)));
    console.log(
      `${figures.kills} kills and ${figures.terminations} terminations of workers: taken up within ${takenUp} ms, finished within ${finished} ms of the last one`,
    );
    await bench?.close();
  });

  const standBy = () => Promise.all(Array.from({ length: Math.max(0, 3 - bench.workers().length) }, () => bench.addWorker()));

  /** Ends whoever has the operation and waits until another has it. False when it had ended by then. */
  async function endHolder(operationId: string, signal: "SIGKILL" | "SIGTERM", replacements: Promise<Worker>[]): Promise<boolean> {
    // Read before: one that is told to stop gives its place up at once, and may be followed before its process has ended.
    const held = await bench.operationOf(operationId);
    if (hasEnded(held)) return false;
    const began = performance.now();
    await bench.endWorker(await bench.holderOf(operationId), signal);
    if (signal === "SIGTERM") expect(performance.now() - began).toBeLessThan(2000);
    replacements.push(bench.addWorker());
    if (hasEnded(await bench.operationOf(operationId))) return false;
    await bench.until(`${held.kind} is taken up again`, async () => (await bench.operationOf(operationId)).attempt > held.attempt);
    figures[signal === "SIGKILL" ? "kills" : "terminations"] += 1;
    figures.takenUpMs.push(performance.now() - began);
    return true;
  }

  async function goesOn(operationId: string, ends: number): Promise<void> {
    const began = performance.now();
    const { attempt } = await bench.succeeds(operationId);
    figures.finishedMs.push(performance.now() - began + (figures.takenUpMs.at(-1) ?? 0));
    expect(attempt).toBe(ends + 1);
  }

  /** One step after the other; others stand by. Returns the steps in which a worker ended. */
  async function endInEachStep(
    operationId: string,
    { state, afterMs }: Moment,
    signal: "SIGKILL" | "SIGTERM" = "SIGKILL",
  ): Promise<string[]> {
    const { kind } = await bench.operationOf(operationId);
    const steps: string[] = [];
    const replacements: Promise<Worker>[] = [];
    for (const step of stepNames(kind as OperationKind)) {
      // only kinds of the table are written
      await bench.reaches(operationId, step, state);
      await sleep(afterMs);
      if (!(await endHolder(operationId, signal, replacements))) break;
      steps.push(step);
    }
    await goesOn(operationId, steps.length);
    await Promise.all(replacements);
    return steps;
  }

  async function reinspecting(machine: DemoServer): Promise<string> {
    const { id, version } = await bench.nodeAt(machine);
    return bench.started(reinspectNode({ nodeId: id, version }, bench.admin.call()));
  }

  it.each([BEFORE, DURING, AFTER])("is killed $name of every step of add, reinspect and join is followed by another", async (moment) => {
    const machine = nextMachine();
    await standBy();
    const adding = await bench.add(machine, DELAY_MS);
    expect(await endInEachStep(adding, moment)).toEqual(expect.arrayContaining(["key", "login"]));
    expect(await bench.sound(machine, adding)).toEqual({ ...SOUND, transitions: "T01" });
    expect(await db.escrow.count()).toBe(0);
    const looking = await reinspecting(machine);
    expect(await endInEachStep(looking, moment)).toEqual(expect.arrayContaining(["login", "inventory"]));
    expect(await bench.sound(machine, looking)).toEqual({ ...SOUND, transitions: "T01" });
    expect(await db.event.count({ where: { operationId: looking } })).toBe(1);
    const joining = await bench.joining(machine);
    expect(await endInEachStep(joining, moment)).toEqual(
      expect.arrayContaining(["connect", "inspect", "packages", "services", "hypervisor", "links"]),
    );
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });

  it("is killed between what it did to the machine and the record of it is followed by one that finds it done", async () => {
    await standBy();
    const replacements: Promise<Worker>[] = [];
    const whenDone = async (operationId: string, effect: () => boolean) => {
      await bench.catches("the machine has changed", async () => effect());
      expect(await endHolder(operationId, "SIGKILL", replacements)).toBe(true);
    };
    const adding = await bench.add(BARE, DELAY_MS);
    await whenDone(adding, () => bench.fleet.keysOf(BARE).length > 0);
    await goesOn(adding, 1);
    const joining = await bench.joining(BARE);
    await whenDone(joining, () => bench.fleet.stateOf(BARE).prepared);
    await whenDone(joining, () => bench.fleet.stateOf(BARE).units["libvirtd.socket"] === "active");
    await goesOn(joining, 2);
    expect(await bench.sound(BARE, joining)).toEqual(SOUND);
    await Promise.all(replacements);
  });

  it("is told to stop in a step of a join is followed by another, and ends in two seconds", async () => {
    await standBy();
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: DELAY_MS });
    const joining = await bench.joining(machine);
    expect(await endInEachStep(joining, DURING, "SIGTERM")).toEqual(
      expect.arrayContaining(["connect", "inspect", "packages", "services", "hypervisor", "links"]),
    );
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });

  it("is killed with many joins in hand leaves none of them", async () => {
    await standBy();
    const machines = await Promise.all(Array.from({ length: 6 }, () => bench.candidate()));
    const replacements: Promise<Worker>[] = [];
    const joins = await Promise.all(
      machines.map((machine, index) => {
        bench.fleet.setFaults(machine, { delayMs: 40 * index });
        return bench.joining(machine);
      }),
    );
    for (const afterMs of [300, 700, 150, 400]) {
      await sleep(afterMs);
      const [victim] = bench.workers();
      if (!victim) break;
      await bench.endWorker(victim);
      figures.kills += 1;
      replacements.push(bench.addWorker());
    }
    await Promise.all(joins.map((id) => bench.succeeds(id)));
    for (const [index, machine] of machines.entries()) expect(await bench.sound(machine, joins[index] ?? "")).toEqual(SOUND);
    await Promise.all(replacements);
  });

  it("is followed within what its death may cost", () => {
    const all = [...figures.takenUpMs, ...figures.finishedMs];
    expect(all.length).toBeGreaterThan(20);
    // Others run beside this on a machine that may be slow: one in twenty may be late, and each has been waited for.
    expect(all.filter((ms) => ms > RECOVERY_MS).length / all.length).toBeLessThan(0.05);
  });

  it("leaves nothing that must not be so", async () => {
    expect(await readViolations({ events: true })).toEqual([]);
  });
});
