/** For tests only: a database, simulated servers and real workers, and the way from an address to an Active node. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stepNames, type OperationKind } from "../domain/operations";
import { db } from "../db";
import { FLEET, SPARE_SERVERS, type DemoServer } from "../demo/fleet";
import type { Outcome } from "../outcome";
import { verifyChain } from "../services/events/verify";
import { addCandidate } from "../services/nodes/add";
import { contactMachine } from "../services/nodes/contact";
import { inspectMachine } from "../services/nodes/inspect";
import { joinNode } from "../services/nodes/join";
import { addUser, ownDatabase } from "../services/testing";
import { bundles, startFleet, startWorker, type Worker } from "./testing";
import { openChanges } from "./testing-changes";

/** What a worker that died must not cost more than. */
export const RECOVERY_MS = 15_000;
/** How long a test waits for it: others run beside it, on a machine that may be slow. What it took is printed. */
const PATIENCE_MS = 4 * RECOVERY_MS;

export const BARE = SPARE_SERVERS.at(-1) ?? missing("There is no bare simulated server.");
const ordinary = FLEET.filter(({ status, name }) => status === "Active" && name.startsWith("compute"));
/** A machine that no test has had yet: adequate and reachable. */
export const nextMachine = (): DemoServer => ordinary.shift() ?? missing("There are no more simulated servers.");

function missing(sentence: string): never {
  throw new Error(sentence);
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** @param server another PostgreSQL than that of `npm test`, to be stopped in the test */
export async function openBench(server?: string) {
  const database = await ownDatabase(server);
  const programs = await bundles();
  const fleet = await startFleet(programs.demo);
  const secrets = mkdtempSync(join(tmpdir(), "regent-seal-"));
  writeFileSync(join(secrets, "seal.key"), database.sealPrivateKey, { mode: 0o600 });
  process.env.REGENT_MANAGEMENT_NETWORKS = fleet.networks;
  const admin = await addUser("Ada", "admin");
  const changes = openChanges();
  let workers: Worker[] = [];

  const environment = () => ({
    DATABASE_URL: process.env.DATABASE_URL ?? "",
    REGENT_SEAL_PUBLIC_KEY: process.env.REGENT_SEAL_PUBLIC_KEY ?? "",
    REGENT_SEAL_PRIVATE_KEY_FILE: join(secrets, "seal.key"),
    REGENT_MANAGEMENT_NETWORKS: fleet.networks,
  });
  async function addWorker(more: Record<string, string> = {}): Promise<Worker> {
    const worker = await startWorker(programs.worker, { ...environment(), ...more });
    workers.push(worker);
    return worker;
  }
  /** Sends the signal and waits for the end. */
  async function endWorker(worker: Worker, signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<number | string> {
    worker.child.kill(signal);
    workers = workers.filter((other) => other !== worker);
    return worker.exit;
  }
  const killAll = async () => void (await Promise.all(workers.map((worker) => endWorker(worker))));
  async function close(): Promise<void> {
    await killAll();
    fleet.stop();
    programs.remove();
    rmSync(secrets, { recursive: true });
    await changes.close();
    await database.drop();
  }

  const operationOf = (id: string) => db.operation.findUniqueOrThrow({ where: { id }, include: { steps: true } });
  const nodeAt = (machine: DemoServer) => db.node.findFirstOrThrow({ where: { ip: machine.ip } });
  const holderOf = async (id: string): Promise<Worker> => {
    const { workerId } = await operationOf(id);
    return workers.find((worker) => worker.id === workerId) ?? missing(`No worker of this test has ${id}.`);
  };

  /** What the engine has in hand, and the workers that are known; for who waits in vain. */
  const unfinished = async (): Promise<string> => {
    const work = await db.$queryRaw`
      SELECT workflow_uuid, status, queue_name, executor_id FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')`;
    return JSON.stringify({ work, workers: (await db.worker.findMany()).map(({ id }) => id) });
  };
  const looking =
    (next: () => Promise<unknown>) =>
    async <T>(what: string, look: () => Promise<T | null | undefined | false>, withinMs = PATIENCE_MS): Promise<T> => {
      for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
        const change = next();
        const found = await look();
        if (found) return found;
        await change;
      }
      throw new Error(
        `${what}: not within ${withinMs} ms.\n${await unfinished()}\n${workers.flatMap(({ lines }) => lines.slice(-3)).join("")}`,
      );
    };
  const until = looking(changes.next);
  /** For what nobody tells of and may be over at the next look. It costs a part of a processor, which the workers need. */
  const catches = looking(() => sleep(4));
  /** Resolves when the step is running or, with "done", has ended well; also when the operation has ended. */
  const reaches = (id: string, step: string, state: "running" | "done" = "running") =>
    until(`${id} reaches ${step}`, async () => {
      const operation = await operationOf(id);
      return (stands(operation, step, state) || hasEnded(operation)) && operation;
    });
  async function succeeds(id: string, withinMs = PATIENCE_MS): Promise<Operation & { result: unknown }> {
    const end = async () => {
      const operation = await operationOf(id);
      return hasEnded(operation) && operation;
    };
    const operation = await until(`operation ${id} ends`, end, withinMs);
    if (operation.status !== "succeeded") throw new Error(`${operation.kind} failed: ${JSON.stringify(operation.refusal)}`);
    return operation;
  }

  const started = async (outcome: Promise<Outcome<{ operationId: string }>>) => {
    const answer = await outcome;
    return answer.ok ? answer.value.operationId : missing(answer.reason);
  };
  /** Met, inspected, and asked to be added; from then on it answers slowly. Needs a worker. */
  async function add(machine: DemoServer, delayMs = 0): Promise<string> {
    const contact = await succeeds(await started(contactMachine({ ip: machine.ip }, admin.call())));
    const { hostKey } = contact.result as { hostKey: { type: string; sha256: string } }; // what the contact's last step keeps
    const { user, password } = machine.credentials;
    const inspectionId = await started(
      inspectMachine({ ip: machine.ip, user, password, role: "Worker", hostKey, trust: "verified" }, admin.call()),
    );
    await succeeds(inspectionId);
    if (delayMs) fleet.setFaults(machine, { delayMs });
    return started(addCandidate({ inspectionId, macs: machine.convergedMacs }, admin.call()));
  }
  async function candidate(machine = nextMachine()): Promise<DemoServer> {
    await succeeds(await add(machine));
    return machine;
  }
  async function joining(machine: DemoServer): Promise<string> {
    const { id, version } = await nodeAt(machine);
    return started(joinNode({ nodeId: id, version, role: "Worker" }, admin.call()));
  }

  /** What must be so whatever happened: each transition once, one chain, one line of Regent's on the machine, every rung climbed. */
  async function sound(machine: DemoServer, operationId: string): Promise<Soundness> {
    const node = await nodeAt(machine);
    const { steps, kind, status } = await operationOf(operationId);
    const events = await db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "asc" } });
    const chain = await verifyChain();
    return {
      transitions: events.flatMap(({ transition }) => transition ?? []).join(" "),
      keys: fleet.keysOf(machine).length,
      status,
      climbed: stepNames(kind as OperationKind).every((name) =>
        steps.some((step) => step.name === name && ["ok", "warning"].includes(step.state)),
      ), // only kinds of the table are written
      atWork: await db.operation.count({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } }),
      brokenAt: chain.ok ? chain.value.brokenAt : "unknown",
    };
  }

  return {
    admin,
    fleet,
    addWorker,
    endWorker,
    killAll,
    close,
    workers: () => workers,
    operationOf,
    nodeAt,
    holderOf,
    until,
    catches,
    reaches,
    succeeds,
    started,
    add,
    candidate,
    joining,
    sound,
  };
}

export type Soundness = { transitions: string; keys: number; status: string; climbed: boolean; atWork: number; brokenAt: string | null };
export const SOUND: Soundness = {
  transitions: "T01 T09 T15 T16 T17",
  keys: 1,
  status: "succeeded",
  climbed: true,
  atWork: 0,
  brokenAt: null,
};

type Operation = {
  id: string;
  kind: string;
  status: string;
  step: string | null;
  attempt: number;
  steps: { name: string; state: string }[];
};

export const hasEnded = ({ status }: Pick<Operation, "status">): boolean => status === "succeeded" || status === "failed";

/** Whether an operation is in this step, or past it. */
export const stands = ({ step: current, steps }: Operation, step: string, state: "running" | "done"): boolean => {
  const found = steps.find(({ name }) => name === step)?.state;
  return state === "running" ? current === step && found === "running" : found === "ok" || found === "warning";
};
