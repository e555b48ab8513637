/** Drains of simulated hypervisors by real workers: what goes wrong on the way, and workers that are killed in every step. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { FLEET, type DemoServer } from "@/lib/demo/fleet";
import { stepNames, type OperationKind } from "@/lib/domain/operations";
import { holdsMemory } from "@/lib/domain/placement";
import { activateNode } from "@/lib/services/maintenance/activate";
import { beginMaintenance } from "@/lib/services/maintenance/begin";
import { cancelMaintenance } from "@/lib/services/maintenance/cancel";
import { forceMaintenance } from "@/lib/services/maintenance/force";
import { challengeForce } from "@/lib/services/maintenance/force-challenge";
import { continueMaintenance } from "@/lib/services/maintenance/go-on";
import { moveBack } from "@/lib/services/maintenance/move-back";
import { lastMaintenance, type MaintenanceView } from "@/lib/services/maintenance/read";
import { removeNode } from "@/lib/services/maintenance/remove";
import { answers } from "@/lib/services/maintenance/testing";
import { verifyChain } from "@/lib/services/events/verify";
import { readViolations } from "@/lib/services/invariants";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import type { Worker } from "../testing";
import { hasEnded, openBench, RECOVERY_MS, type Bench } from "../testing-bench";

const serverOf = (name: string): DemoServer => {
  const server = FLEET.find((one) => one.name === name);
  if (!server) throw new Error(`There is no simulated server ${name}.`);
  return server;
};
const HOME = serverOf("storage-west-01");
const [FIRST, SECOND] = [serverOf("storage-west-03"), serverOf("storage-west-04")];
const REGION = [HOME, FIRST, SECOND];
const MIGRATION_MS = 250;
const DELAY_MS = 60;
type Moment = { name: string; state: "running" | "done"; afterMs: number };
const MOMENTS: Moment[] = [
  { name: "before", state: "running", afterMs: 0 },
  { name: "during", state: "running", afterMs: 3 * DELAY_MS },
  { name: "after", state: "done", afterMs: 0 },
];

describe.skipIf(noDatabase)(unlessSkipped("a drain"), { timeout: 240_000 }, () => {
  let bench: Bench;
  let homeId = "";
  let crashes = 0;
  beforeAll(async () => {
    bench = await openBench();
    await bench.addWorker();
    for (const server of REGION) {
      await bench.candidate(server);
      await bench.succeeds(await bench.joining(server));
      bench.fleet.setFaults(server, { migrationMs: MIGRATION_MS });
    }
    await db.$executeRaw`UPDATE region SET settings = jsonb_build_object('drain', jsonb_build_object('tries', 2, 'concurrency', 2))`;
    homeId = (await bench.nodeAt(HOME)).id;
  }, 180_000);
  afterAll(async () => {
    console.log(`crash points survived: ${crashes}`);
    await bench?.close();
  }, 60_000);

  const versioned = async () => ({ nodeId: homeId, version: (await bench.nodeAt(HOME)).version });
  const begin = async () => {
    for (const server of REGION) await answers((await bench.nodeAt(server)).id);
    return bench.started(beginMaintenance({ ...(await versioned()), reason: "Firmware" }, bench.admin.call()));
  };
  const activate = async (bringBack = true) => bench.started(activateNode({ ...(await versioned()), bringBack }, bench.admin.call()));
  const record = async (): Promise<MaintenanceView> => {
    const found = await lastMaintenance(homeId);
    if (!found) throw new Error("The node was never in maintenance.");
    return found;
  };
  const namesOn = (server: DemoServer) =>
    bench.fleet
      .vmsOf(server)
      .filter(holdsMemory)
      .map(({ name }) => name)
      .sort();
  const everywhere = () => REGION.flatMap(namesOn).sort();
  const failed = async (id: string) =>
    bench.until("it fails", async () => {
      const operation = await bench.operationOf(id);
      return hasEnded(operation) && operation.status === "failed" && (operation as unknown as { refusal: { code: string; reason: string } });
    }, 60_000); // prettier-ignore
  const statusOf = async () => (await bench.nodeAt(HOME)).status;
  /** Everything as at the beginning. */
  async function restore(): Promise<void> {
    for (const server of REGION) bench.fleet.setFaults(server, { migrationMs: MIGRATION_MS });
    if ((await statusOf()) === "EnteringMaintenance")
      await bench.succeeds(await bench.started(continueMaintenance(await versioned(), bench.admin.call())), 60_000);
    if ((await statusOf()) === "InMaintenance") await bench.succeeds(await activate(), 60_000);
    expect(await statusOf()).toBe("Active");
  }

  it("moves every machine to where the plan said, and brings them back", async () => {
    const before = namesOn(HOME);
    expect(before.length).toBeGreaterThan(2);
    await bench.succeeds(await begin(), 60_000);
    expect([await statusOf(), namesOn(HOME)]).toEqual(["InMaintenance", []]);
    const { lines } = await record();
    expect(lines.every(({ state, plannedName, targetName }) => state === "moved" && plannedName === targetName)).toBe(true);
    for (const server of [FIRST, SECOND])
      expect(namesOn(server)).toEqual(
        expect.arrayContaining(lines.filter(({ targetName }) => targetName === server.name).map(({ name }) => name)),
      );
    await bench.succeeds(await activate(), 60_000);
    expect([await statusOf(), namesOn(HOME)]).toEqual(["Active", before]);
  });

  it("tries again what failed once, and names what stays failed with libvirt's cause; Continue goes on", async () => {
    const before = everywhere();
    const error = "internal error: unable to execute QEMU command 'migrate': migration was active";
    bench.fleet.setFaults(HOME, { migrationMs: MIGRATION_MS, migrationFails: { error, times: 1 } });
    await bench.succeeds(await begin(), 60_000);
    expect(Math.max(...(await record()).lines.map(({ tries }) => tries))).toBe(2);
    await restore();
    bench.fleet.setFaults(HOME, { migrationMs: MIGRATION_MS, migrationFails: { error } });
    const refusal = (await failed(await begin())).refusal;
    expect(refusal.code).toBe("vms-stay");
    expect(refusal.reason).toContain("migration was active");
    const node = await bench.nodeAt(HOME);
    expect([node.status, node.deadlineAt]).toEqual(["EnteringMaintenance", null]);
    expect(node.statusReason).toContain("could not be moved");
    expect(everywhere()).toEqual(before);
    await restore();
  });

  it("finds another target for what its target can not take", async () => {
    const plan = await begin();
    const targets = new Set((await record()).lines.map(({ plannedName }) => plannedName));
    const crowded = targets.has(FIRST.name) ? FIRST : SECOND;
    bench.fleet.setFaults(crowded, { migrationMs: MIGRATION_MS, memoryLeftGiB: 0 });
    await bench.succeeds(plan, 60_000);
    const moved = (await record()).lines.filter(({ plannedName, targetName }) => plannedName !== targetName);
    expect(moved.length).toBeGreaterThan(0);
    expect(await db.event.count({ where: { kind: "maintenance.plan", operationId: plan } })).toBe(1);
    await restore();
  });

  it("is cancelled: the node is what it was, each machine is where the record says, and those away come back", async () => {
    bench.fleet.setFaults(HOME, { migrationMs: 1500 });
    const before = everywhere();
    await begin();
    await bench.catches("one has moved and one moves", async () => {
      const { lines } = await record();
      return lines.some(({ state }) => state === "moved") && lines.some(({ state }) => state === "moving");
    }, 60_000); // prettier-ignore
    await bench.succeeds(await bench.started(cancelMaintenance(await versioned(), bench.admin.call())), 60_000);
    expect(await statusOf()).toBe("Active");
    expect(everywhere()).toEqual(before);
    const { lines, outcome } = await record();
    expect(outcome).toBe("Cancelled");
    for (const { name, state, targetName } of lines)
      expect(namesOn(state === "moved" ? serverOf(targetName ?? "") : HOME), `${name} is ${state}`).toContain(name);
    bench.fleet.setFaults(HOME, { migrationMs: MIGRATION_MS });
    await bench.succeeds(await bench.started(moveBack({ nodeId: homeId }, bench.admin.call())), 60_000);
    expect((await record()).lines.filter(({ state }) => state === "moved")).toEqual([]);
  });

  it.each(MOMENTS)("survives a worker killed $name each step of drain and return", async (moment) => {
    const before = everywhere();
    for (const server of REGION) bench.fleet.setFaults(server, { migrationMs: MIGRATION_MS, delayMs: DELAY_MS });
    for (const start of [begin, activate]) {
      const id = await start();
      await killInEachStep(id, moment);
      const { status } = await bench.operationOf(id);
      expect(status).toBe("succeeded");
      expect(everywhere()).toEqual(before);
    }
    expect(await statusOf()).toBe("Active");
    const chain = await verifyChain();
    expect(chain.ok && chain.value.brokenAt).toBeNull();
    const events = await db.event.findMany({ where: { nodeId: homeId, transition: { not: null } }, orderBy: { id: "desc" }, take: 4 });
    expect(events.map(({ transition }) => transition).reverse()).toEqual(["T29", "T32", "T43", "T17"]);
  });

  async function killInEachStep(id: string, { state, afterMs }: Moment): Promise<void> {
    const { kind } = await bench.operationOf(id);
    const replacements: Promise<Worker>[] = [];
    // only kinds of the table are written
    for (const step of stepNames(kind as OperationKind)) {
      await bench.reaches(id, step, state);
      await sleep(afterMs);
      const held = await bench.operationOf(id);
      if (hasEnded(held)) break;
      await bench.endWorker(await bench.holderOf(id));
      replacements.push(bench.addWorker());
      await bench.until("another worker takes it up", async () => {
        const now = await bench.operationOf(id);
        return now.attempt > held.attempt || hasEnded(now);
      });
      crashes += 1;
    }
    await bench.succeeds(id, 60_000 + RECOVERY_MS);
    await Promise.all(replacements);
  }

  it("says so when a machine dies after its move, and does not count it as moved", async () => {
    // One after the other, so that the others do not die before the fault is healed.
    await db.$executeRaw`UPDATE region SET settings = jsonb_set(settings, '{drain,concurrency}', '1')`;
    for (const server of [FIRST, SECOND]) bench.fleet.setFaults(server, { killArrivals: true });
    const plan = await begin();
    await bench.until("one is dead", async () => (await record()).lines.some(({ state }) => state === "stopped"), 60_000);
    for (const server of [FIRST, SECOND]) bench.fleet.setFaults(server, {});
    const refusal = (await failed(plan)).refusal;
    expect(refusal.code).toBe("vms-stay");
    const { lines } = await record();
    expect(lines.some(({ state }) => state === "stopped")).toBe(true);
    expect(await db.event.count({ where: { kind: "maintenance.vm-lost", nodeId: homeId } })).toBeGreaterThan(0);
    expect(await statusOf()).toBe("EnteringMaintenance");
  });

  it("does not send a machine to a node that is forced out meanwhile", async () => {
    await restore();
    bench.fleet.setFaults(HOME, { migrationMs: 5000 });
    const plan = await begin();
    const line = await bench.catches("one moves", async () => (await record()).lines.find(({ state }) => state === "moving"), 60_000);
    const target = serverOf(line.targetName ?? "");
    const call = { ...bench.admin.call(), sessionHash: new Uint8Array(32) };
    const at = async () => ({ nodeId: (await bench.nodeAt(target)).id, version: (await bench.nodeAt(target)).version });
    const challenge = await challengeForce(await at(), call);
    if (!challenge.ok) throw new Error(challenge.reason);
    await db.$executeRaw`UPDATE force_challenge SET not_before = now() - interval '1 second' WHERE id = ${challenge.value.id}::uuid`;
    const { nodeId } = await at();
    const input = { nodeId, challengeId: challenge.value.id, name: target.name, reason: "It smells of smoke." };
    await bench.succeeds(await bench.started(forceMaintenance(input, call)), 60_000);
    await bench.until("the drain ends", async () => hasEnded(await bench.operationOf(plan)), 60_000);
    expect(namesOn(target)).toEqual([]);
    const others = REGION.filter((server) => server !== target).flatMap(namesOn);
    expect(others).toContain(line.name);
    await bench.succeeds(await bench.started(activateNode({ ...(await at()), bringBack: false }, bench.admin.call())), 60_000);
  });

  it("is forced out of a drain that stands, with the list of what was skipped, and removed when its pools are sound", async () => {
    await restore();
    expect(namesOn(HOME).length).toBeGreaterThan(0);
    bench.fleet.setFaults(HOME, { migrationFails: { error: "internal error: no" }, deafGuests: true });
    expect((await failed(await begin())).refusal.code).toBe("vms-stay");
    bench.fleet.setFaults(HOME, {});
    const call = { ...bench.admin.call(), sessionHash: new Uint8Array(32) };
    const challenge = await challengeForce(await versioned(), call);
    if (!challenge.ok) throw new Error(challenge.reason);
    await db.$executeRaw`UPDATE force_challenge SET not_before = now() - interval '1 second' WHERE id = ${challenge.value.id}::uuid`;
    const { name } = await bench.nodeAt(HOME);
    const input = { nodeId: homeId, challengeId: challenge.value.id, name, reason: "The drain does not end." };
    const forced = await bench.started(forceMaintenance(input, call));
    await killInEachStep(forced, MOMENTS[0] ?? { name: "", state: "running", afterMs: 0 });
    expect([await statusOf(), namesOn(HOME)]).toEqual(["InMaintenance", []]);
    const { housekeeping, forced: flag } = await record();
    expect(flag).toBe(true);
    expect(housekeeping.map(({ skipped }) => skipped).join(" ")).toMatch(/stopped and not moved/);

    bench.fleet.setFaults(HOME, { pools: "degraded" });
    const remove = async () => bench.started(removeNode({ ...(await versioned()), recordOnly: false }, bench.admin.call()));
    const degraded = (await failed(await remove())).refusal;
    expect(degraded.code).toBe("pools-degraded");
    expect(await statusOf()).toBe("InMaintenance");
    bench.fleet.setFaults(HOME, {});
    const removing = await remove();
    await killInEachStep(removing, MOMENTS[2] ?? { name: "", state: "done", afterMs: 0 });
    expect(await statusOf()).toBe("Out");
    expect(bench.fleet.keysOf(HOME)).toEqual([]);
  });

  it("leaves nothing that must not be so", async () => {
    expect(await readViolations({ events: true })).toEqual([]);
  });
});
