/** Workers that are killed while a node is lost, fenced and taken back. Real processes, real SSH, real BMCs, a real PostgreSQL. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { FLEET, type DemoServer } from "@/lib/demo/fleet";
import { stepNames } from "@/lib/domain/operations";
import { HOLE, noBmcs, startBmc, unlessNoBmcs, type TestBmc } from "@/lib/machines/testing-bmc";
import { fenceNode } from "@/lib/services/fencing/fence-node";
import { setPower } from "@/lib/services/fencing/power-set";
import { evidenceOf } from "@/lib/services/fencing/end";
import { verifyChain } from "@/lib/services/events/verify";
import { closeSamplePool } from "@/lib/services/metrics/pool";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import type { Worker } from "./testing";
import { hasEnded, openBench, stands, type Bench } from "./testing-bench";

const SETTINGS = {
  fencing: {
    softOffSeconds: 2,
    bmcPatienceSeconds: 10,
    quietAfterStartSeconds: 5,
    quietPerNodeSeconds: 5,
    recoveryBeats: 1,
    failedRounds: 2,
  },
};
/** Prepared servers that run no virtual machine. */
const MACHINES = FLEET.filter(
  ({ vmShare, powered, prepared, failedUnits }) => vmShare === 0 && powered && prepared && failedUnits.length === 0,
).slice(0, 4);
const BMC_PORT = 6240;

describe.skipIf(noDatabase || noBmcs)(unlessNoBmcs(unlessSkipped("a worker that is killed")), { timeout: 240_000 }, () => {
  let bench: Bench;
  let folder: string;
  const bmcs = new Map<DemoServer, TestBmc>();
  const figures = { kills: 0, fences: 0, unfences: 0 };

  beforeAll(async () => {
    bench = await openBench();
    folder = mkdtempSync(join(tmpdir(), "regent-holes-"));
    writeFileSync(join(folder, "hole.mjs"), HOLE);
    await db.$executeRaw`UPDATE region SET settings = ${JSON.stringify(SETTINGS)}::jsonb`;
    // The region has been watched for an hour, whoever watches it.
    await db.$executeRaw`CREATE FUNCTION an_hour_old() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.started_at := now() - interval ''1 hour''; RETURN NEW; END'`;
    await db.$executeRaw`CREATE TRIGGER an_hour_old BEFORE INSERT ON worker FOR EACH ROW EXECUTE FUNCTION an_hour_old()`;
    await db.$executeRaw`UPDATE region_watch SET since = now() - interval '1 hour'`;
    await standBy();
    for (const [index, machine] of MACHINES.entries()) {
      await bench.candidate(machine);
      await bench.succeeds(await bench.joining(machine), 30_000);
      if (index === 0 || index === 1) await giveBmc(machine, index);
    }
    await bench.until(
      "all are sampled",
      async () => (await db.$queryRaw<unknown[]>`SELECT 1 FROM metrics.node_now`).length === MACHINES.length,
      30_000,
    );
  }, 240_000);
  afterAll(async () => {
    console.log(`${figures.kills} kills of workers around ${figures.fences} fences and ${figures.unfences} returns`);
    for (const [machine, bmc] of bmcs) {
      execFileSync("bash", ["-c", on(machine)]);
      bmc.stop();
    }
    await closeSamplePool();
    await bench?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const standBy = () => Promise.all(Array.from({ length: Math.max(0, 3 - bench.workers().length) }, () => bench.addWorker()));
  /** From now on nothing answers at its address, as at that of a host without power; and it is back, started anew. */
  const off = (machine: DemoServer) => {
    const mark = join(folder, machine.ip);
    return `if [ ! -e ${mark}.pid ]; then echo '{"refuse":true}' >${bench.fleet.faultsFile(machine)}; : >${mark}.dark
      ${process.execPath} ${join(folder, "hole.mjs")} ${machine.ip} ${bench.fleet.port} >${mark}.dark 2>/dev/null & echo $! >${mark}.pid
      until grep -q dark ${mark}.dark; do sleep 0.02; done; fi`;
  };
  const on = (machine: DemoServer) => {
    const mark = join(folder, machine.ip);
    return `if [ -e ${mark}.pid ]; then kill $(cat ${mark}.pid); rm ${mark}.pid; sleep 0.2; echo '{}' >${bench.fleet.faultsFile(machine)}; fi`;
  };
  async function giveBmc(machine: DemoServer, index: number) {
    const bmc = await startBmc(`127.20.240.${index + 1}`, BMC_PORT, { off: off(machine), on: on(machine) });
    bmcs.set(machine, bmc);
    const { id, version } = await bench.nodeAt(machine);
    const { address, port, login, password } = bmc;
    await bench.succeeds(await bench.started(setPower({ nodeId: id, version, address, port, login, password }, bench.admin.call())));
  }
  const machineAt = (index: number): [DemoServer, TestBmc] => {
    const machine = MACHINES[index];
    const bmc = machine && bmcs.get(machine);
    if (!machine || !bmc) throw new Error(`There is no server ${index} with a BMC.`);
    return [machine, bmc];
  };
  const statusOf = async (machine: DemoServer) => (await bench.nodeAt(machine)).status;
  /** It was heard an hour ago: waiting is not what is proved here. */
  const age = async (machine: DemoServer) => {
    const { id } = await bench.nodeAt(machine);
    await db.$executeRaw`UPDATE metrics.node_now SET sampled_at = sampled_at - interval '1 hour' WHERE node_id = ${id}::uuid`;
  };
  const transitionsOf = async (machine: DemoServer) => {
    const { id } = await bench.nodeAt(machine);
    const events = await db.event.findMany({ where: { nodeId: id, transition: { not: null } }, orderBy: { id: "asc" } });
    return events
      .flatMap(({ transition }) => transition ?? [])
      .slice(5)
      .join(" ");
  };
  const sound = async () => {
    const chain = await verifyChain();
    return {
      brokenAt: chain.ok ? chain.value.brokenAt : "unknown",
      running: await db.fence.count({ where: { state: "running" } }),
      active: await db.operation.count({ where: { status: { in: ["pending", "running"] } } }),
    };
  };

  /** Kills whoever has the operation in each of its steps; others stand by. Returns the steps in which a worker ended. */
  async function killInEachStep(operationId: string, kind: "fence" | "unfence", afterMs: number): Promise<string[]> {
    const killed: string[] = [];
    const replacements: Promise<Worker>[] = [];
    for (const step of stepNames(kind)) {
      // A BMC may be busy with an order of the worker before, which costs its patience.
      await bench.until(
        `${step} is reached`,
        async () => stands(await bench.operationOf(operationId), step, "running") || hasEnded(await bench.operationOf(operationId)),
        40_000,
      );
      await sleep(afterMs);
      const held = await bench.operationOf(operationId);
      if (hasEnded(held) || held.step !== step) continue;
      await bench.endWorker(await bench.holderOf(operationId));
      figures.kills += 1;
      replacements.push(bench.addWorker());
      if (hasEnded(await bench.operationOf(operationId))) break;
      await bench.until(`${step} is taken up again`, async () => (await bench.operationOf(operationId)).attempt > held.attempt);
      killed.push(step);
    }
    await Promise.all(replacements);
    return killed;
  }
  const operationOf = async (machine: DemoServer, kind: string, after: Date) =>
    db.operation.findFirst({ where: { nodeId: (await bench.nodeAt(machine)).id, kind, createdAt: { gt: after } } });

  it("in every step of a fence and of the return is followed by another, and both happen once", async () => {
    const [machine, bmc] = machineAt(0);
    const began = new Date();
    const { id, version } = await bench.nodeAt(machine);
    const fencing = await bench.started(fenceNode({ nodeId: id, version, reason: "It writes nonsense" }, bench.admin.call()));
    const killed = await killInEachStep(fencing, "fence", 50);
    await bench.succeeds(fencing, 60_000);
    expect(killed).toEqual(expect.arrayContaining(["soft"]));
    expect(killed.length).toBeGreaterThanOrEqual(3);
    expect(await statusOf(machine)).toBe("Fenced");
    expect(await transitionsOf(machine)).toBe("T22");
    expect(bmc.power()).toBe("off");
    const fence = await db.fence.findFirstOrThrow({ where: { operationId: fencing } });
    expect(evidenceOf(fence).map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(
      expect.arrayContaining(["cut yes", "off yes", "silent yes"]),
    );
    expect(await sound()).toEqual({ brokenAt: null, running: 0, active: 0 });
    figures.fences += 1;

    bench.fleet.restart(machine);
    execFileSync("bash", ["-c", on(machine)]);
    bench.fleet.setFaults(machine, { delayMs: 150 });
    const back = await bench.until("it is taken back", () => operationOf(machine, "unfence", began), 60_000);
    const killedBack = await killInEachStep(back.id, "unfence", 100);
    await bench.succeeds(back.id, 60_000);
    expect(killedBack.length).toBeGreaterThanOrEqual(3);
    expect(await transitionsOf(machine)).toBe("T22 T25 T26");
    expect(await sound()).toEqual({ brokenAt: null, running: 0, active: 0 });
    figures.unfences += 1;
  });

  it("again and again while a node is lost leaves one failure and one fence", async () => {
    const [machine, bmc] = machineAt(1);
    execFileSync("bash", ["-c", off(machine)]);
    await sleep(500);
    await age(machine);
    const replacements: Promise<Worker>[] = [];
    for (let count = 0; count < 5; count += 1) {
      await sleep(2500);
      const [victim] = bench.workers();
      if (!victim || (await statusOf(machine)) === "Fenced") break;
      await bench.endWorker(victim);
      figures.kills += 1;
      replacements.push(bench.addWorker());
    }
    await bench.until("it is Fenced", async () => (await statusOf(machine)) === "Fenced", 90_000);
    await Promise.all(replacements);
    expect(await transitionsOf(machine)).toBe("T21 T23");
    const { id } = await bench.nodeAt(machine);
    expect((await db.fence.findMany({ where: { nodeId: id } })).map(({ state }) => state)).toEqual(["confirmed"]);
    expect(bmc.orders().filter((order) => order === "power 1")).toEqual([]);
    await bench.until("its operation has ended, too", async () => (await sound()).active === 0);
    expect(await sound()).toEqual({ brokenAt: null, running: 0, active: 0 });
    for (const other of MACHINES.slice(2)) expect(await statusOf(other)).toBe("Active");
    figures.fences += 1;
  });

  it("is no reason to cut the power of a node that answers again in the middle", async () => {
    const [machine, bmc] = machineAt(1);
    const before = bmc.orders().length;
    bench.fleet.restart(machine);
    execFileSync("bash", ["-c", on(machine)]);
    await bench.until("it is Active again", async () => (await statusOf(machine)) === "Active", 90_000);
    execFileSync("bash", ["-c", off(machine)]);
    await sleep(500);
    await age(machine);
    bmc.silence(true);
    const lost = new Date();
    const fence = await bench.until("a fence begins", () => operationOf(machine, "fence", new Date(lost.getTime() - 1000)), 90_000);
    execFileSync("bash", ["-c", on(machine)]);
    await bench.until(
      "it is sampled",
      async () =>
        (
          await db.$queryRaw<
            unknown[]
          >`SELECT 1 FROM metrics.node_now WHERE node_id = ${fence.nodeId}::uuid AND sampled_at > now() - interval '20 seconds'`
        ).length > 0,
      60_000,
    );
    bmc.silence(false);
    const ended = await bench.until(
      "the fence ends",
      async () => {
        const now = await bench.operationOf(fence.id);
        return hasEnded(now) && now;
      },
      60_000,
    );
    expect(ended).toMatchObject({ status: "failed" });
    expect(
      bmc
        .orders()
        .slice(before)
        .filter((order) => order.startsWith("power 0") || order.startsWith("shutdown")),
    ).toEqual([]);
    expect(await statusOf(machine)).toBe("Failed");
  });
});
