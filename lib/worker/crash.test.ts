/** Workers that are killed, paused, stopped and cut off in the middle of their work. Real processes, real SSH, a real PostgreSQL. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { stepNames, type OperationKind } from "@/lib/domain/operations";
import { closeDb, db } from "@/lib/db";
import { FLEET, SPARE_SERVERS, type DemoServer } from "@/lib/demo/fleet";
import { startPostgres } from "@/lib/launch/postgres.mjs";
import { temporaryFolder } from "@/lib/launch/temporary.mjs";
import type { Outcome } from "@/lib/outcome";
import { verifyChain } from "@/lib/services/events/verify";
import { addCandidate } from "@/lib/services/nodes/add";
import { contactMachine } from "@/lib/services/nodes/contact";
import { inspectMachine } from "@/lib/services/nodes/inspect";
import { joinNode } from "@/lib/services/nodes/join";
import { reinspectNode } from "@/lib/services/nodes/reinspect";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "@/lib/services/testing";
import { bundles, startFleet, startWorker, type Fleet, type Worker } from "./testing";

const RECOVERY_MS = 15_000;
const DELAY_MS = 120;
/** Adequate, reachable and not prepared beforehand or prepared: whatever the list has, beside those a test names. */
const ORDINARY = FLEET.filter(({ status, name }) => status === "Active" && name.startsWith("compute"));
const machines = [...ORDINARY];
const nextMachine = (): DemoServer => machines.shift() ?? missing("There are no more simulated servers.");
const BARE = SPARE_SERVERS.at(-1) ?? missing("There is no bare simulated server.");

function missing(sentence: string): never {
  throw new Error(sentence);
}

describe.skipIf(noDatabase)(unlessSkipped("a worker that"), { timeout: 170_000 }, () => {
  let database: Awaited<ReturnType<typeof ownDatabase>>;
  let programs: Awaited<ReturnType<typeof bundles>>;
  let fleet: Fleet;
  let secrets: string;
  let admin: Awaited<ReturnType<typeof addUser>>;
  let workers: Worker[] = [];
  const figures = { kills: 0, terminations: 0, slowestTakeUpMs: 0, slowestFinishMs: 0 };

  beforeAll(async () => {
    database = await ownDatabase();
    programs = await bundles();
    fleet = await startFleet(programs.demo);
    process.env.REGENT_MANAGEMENT_NETWORKS = fleet.networks;
    secrets = mkdtempSync(join(tmpdir(), "regent-seal-"));
    writeFileSync(join(secrets, "seal.key"), database.sealPrivateKey, { mode: 0o600 });
    admin = await addUser("Ada", "admin");
  }, 120_000);
  afterEach(async () => {
    for (const { child } of workers) child.kill("SIGKILL");
    await Promise.all(workers.map(({ exit }) => exit));
    workers = [];
  });
  afterAll(async () => {
    console.log(
      `workers: ${figures.kills} kills and ${figures.terminations} terminations survived; taken up again within ${Math.round(figures.slowestTakeUpMs)} ms, finished within ${Math.round(figures.slowestFinishMs)} ms of the last kill`,
    );
    fleet?.stop();
    programs?.remove();
    if (secrets) rmSync(secrets, { recursive: true });
    await database?.drop();
  });

  const environment = (url: string) => ({
    DATABASE_URL: url,
    REGENT_SEAL_PUBLIC_KEY: process.env.REGENT_SEAL_PUBLIC_KEY ?? "",
    REGENT_SEAL_PRIVATE_KEY_FILE: join(secrets, "seal.key"),
    REGENT_MANAGEMENT_NETWORKS: fleet.networks,
  });
  const spawnWorker = async (more: Record<string, string> = {}, url = database.url) => {
    const worker = await startWorker(programs.worker, { ...environment(url), ...more });
    workers.push(worker);
    return worker;
  };

  const started = async (outcome: Promise<Outcome<{ operationId: string }>>) => {
    const answer = await outcome;
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value.operationId;
  };
  const operationOf = (id: string) => db.operation.findUniqueOrThrow({ where: { id }, include: { steps: true } });
  const ended = ({ status }: { status: string }) => status === "succeeded" || status === "failed";

  async function until<T>(what: string, look: () => Promise<T | null | undefined | false>, withinMs = RECOVERY_MS): Promise<T> {
    for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(4)) {
      const found = await look();
      if (found) return found;
    }
    throw new Error(`${what}: not within ${withinMs} ms. ${workers.flatMap(({ lines }) => lines.slice(-3)).join("")}`);
  }
  const finished = (id: string, withinMs?: number) =>
    until(`operation ${id} ends`, async () => {
      const operation = await operationOf(id);
      return ended(operation) && operation;
    }, withinMs); // prettier-ignore
  async function succeeded(id: string, withinMs?: number) {
    const operation = await finished(id, withinMs);
    expect([operation.kind, operation.status, operation.refusal]).toEqual([operation.kind, "succeeded", null]);
    return operation;
  }

  /** Met and inspected, but not recorded yet. Needs a worker. */
  async function inspected(server: DemoServer): Promise<{ inspectionId: string; macs: string[] }> {
    const contact = await succeeded(await started(contactMachine({ ip: server.ip }, admin.call())));
    const { hostKey } = contact.result as { hostKey: { type: string; sha256: string } };
    const { user, password } = server.credentials;
    const inspectionId = await started(inspectMachine({ ip: server.ip, user, password, role: "Worker", hostKey, trust: "verified" }, admin.call()));
    const { result } = await succeeded(inspectionId);
    return { inspectionId, macs: server.convergedMacs.length ? server.convergedMacs : (result as { suggestedMacs: string[] }).suggestedMacs };
  }
  const add = async (server: DemoServer) => started(addCandidate(await inspected(server), admin.call()));
  const nodeAt = (server: DemoServer) => db.node.findFirstOrThrow({ where: { ip: server.ip } });
  const join_ = async (server: DemoServer) => {
    const { id, version } = await nodeAt(server);
    return started(joinNode({ nodeId: id, version, role: "Worker" }, admin.call()));
  };
  const candidate = async (server = nextMachine()) => {
    await succeeded(await add(server));
    return server;
  };

  /** Every transition once, in order, by one chain; the machine has one line for Regent; the ladder has every rung. */
  async function soundAfter(server: DemoServer, operationId: string, transitions: string[]): Promise<void> {
    const node = await nodeAt(server);
    const events = await db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "asc" } });
    expect(events.flatMap(({ transition }) => transition ?? [])).toEqual(transitions);
    expect(fleet.keysOf(server)).toHaveLength(1);
    const { steps, kind, status } = await operationOf(operationId);
    expect(status).toBe("succeeded");
    expect(steps.toSorted((a, b) => a.position - b.position).map(({ name }) => name)).toEqual(stepNames(kind as OperationKind));
    expect(steps.filter(({ state }) => !["ok", "warning"].includes(state))).toEqual([]);
    expect(await db.operation.count({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } })).toBe(0);
    expect((await verifyChain())).toMatchObject({ ok: true, value: { brokenAt: null } });
  }

  type Moment = { name: string; reached: (operation: Awaited<ReturnType<typeof operationOf>>, step: string) => boolean; afterMs: number };
  const running: Moment["reached"] = ({ steps, step: current }, step) => current === step && steps.some(({ name, state }) => name === step && state === "running");
  const MOMENTS: Moment[] = [
    { name: "before the effect", reached: running, afterMs: 0 },
    { name: "during the effect", reached: running, afterMs: 2 * DELAY_MS },
    { name: "after the commit", reached: ({ steps }, step) => steps.some(({ name, state }) => name === step && ["ok", "warning"].includes(state)), afterMs: 0 },
  ];

  const standBy = (count = 3) => Promise.all(Array.from({ length: count - workers.length }, () => spawnWorker()));

  /** Kills whoever has the operation at this moment of each step, one step after the other, while others stand by. Returns the steps in which it was. */
  async function killAtEachStep(operationId: string, { reached, afterMs }: Moment, signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<string[]> {
    const { kind } = await operationOf(operationId);
    const steps: string[] = [];
    const replacements: Promise<Worker>[] = [];
    let killedAt = performance.now();
    for (const step of stepNames(kind as OperationKind)) {
      await until(`${kind} reaches ${step}`, async () => {
        const operation = await operationOf(operationId);
        return reached(operation, step) || ended(operation);
      });
      await sleep(afterMs);
      const at = await operationOf(operationId);
      const holder = workers.find(({ id }) => id === at.workerId);
      if (ended(at)) break;
      if (!holder) throw new Error(`No worker of this test has ${operationId}.`);
      killedAt = performance.now();
      holder.child.kill(signal);
      await holder.exit;
      if (signal === "SIGTERM") expect(performance.now() - killedAt).toBeLessThan(2000);
      workers = workers.filter((worker) => worker !== holder);
      replacements.push(spawnWorker());
      const after = await operationOf(operationId);
      if (ended(after)) break;
      steps.push(step);
      await until(`${kind} is taken up again after ${step}`, async () => {
        const operation = await operationOf(operationId);
        return operation.attempt > after.attempt || ended(operation);
      });
      figures.slowestTakeUpMs = Math.max(figures.slowestTakeUpMs, performance.now() - killedAt);
    }
    const operation = await succeeded(operationId);
    figures.slowestFinishMs = Math.max(figures.slowestFinishMs, performance.now() - killedAt);
    expect(operation.attempt).toBe(steps.length + 1);
    figures[signal === "SIGKILL" ? "kills" : "terminations"] += steps.length;
    await Promise.all(replacements);
    return steps;
  }

  it.each(MOMENTS)("is killed $name of every step of add, reinspect and join is followed by another", async (moment) => {
    const server = nextMachine();
    fleet.setFaults(server, { delayMs: DELAY_MS });
    await standBy();
    const adding = await add(server);
    expect(await killAtEachStep(adding, moment)).toEqual(expect.arrayContaining(["key", "login"]));
    await soundAfter(server, adding, ["T01"]);
    expect(await db.escrow.count()).toBe(0);
    const { id, version } = await nodeAt(server);
    const looking = await started(reinspectNode({ nodeId: id, version }, admin.call()));
    expect(await killAtEachStep(looking, moment)).toEqual(expect.arrayContaining(["login", "inventory"]));
    await soundAfter(server, looking, ["T01"]);
    expect(await db.event.count({ where: { operationId: looking } })).toBe(1);
    const joining = await join_(server);
    expect(await killAtEachStep(joining, moment)).toEqual(expect.arrayContaining(["connect", "inspect", "packages", "services", "hypervisor", "links"]));
    await soundAfter(server, joining, ["T01", "T09", "T15", "T16", "T17"]);
    expect((await nodeAt(server)).status).toBe("Active");
  });

  it("is told to stop in every step of a join is followed by another, and ends in two seconds", async () => {
    await standBy();
    const server = await candidate();
    fleet.setFaults(server, { delayMs: DELAY_MS });
    const joining = await join_(server);
    await killAtEachStep(joining, MOMENTS[1] ?? missing("There is a second moment."), "SIGTERM");
    await soundAfter(server, joining, ["T01", "T09", "T15", "T16", "T17"]);
  });
});
