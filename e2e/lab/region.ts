/** An empty region of its own for the tests on real hosts, and its services as an administrator's browser would call them. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { secretsIn } from "../../lib/launch/secrets.mjs";
import { startRegent } from "../../lib/launch/region.mjs";
import { temporaryFolder } from "../../lib/launch/temporary.mjs";
import { closeDb, db } from "../../lib/db";
import type { RegionSettings } from "../../lib/domain/settings";
import type { Outcome } from "../../lib/outcome";
import type { Call } from "../../lib/services/call";
import { addCandidate } from "../../lib/services/nodes/add";
import { contactMachine } from "../../lib/services/nodes/contact";
import { inspectMachine } from "../../lib/services/nodes/inspect";
import { nodeDetail, type NodeDetail } from "../../lib/services/nodes/read";
import { operationDetail, type OperationDetail } from "../../lib/services/operations/read";
import type { ADMIN } from "./lab";

type Login = typeof ADMIN;
export type Region = { url: string; setUp: string; workerPid: () => number | undefined; log: string[]; stop: () => Promise<void> };

/** What a host of the lab can meet: little memory, and the disks of the machine it runs on. */
const REQUIREMENTS = { threads: 1, memoryGiB: 0.5, diskGB: 0 } satisfies Partial<RegionSettings["requirements"]>;

/** Starts Regent with nobody and nothing in it. This process, too, may then call its services. */
export async function startRegion(network: string): Promise<Region> {
  const { folder, remove } = await temporaryFolder();
  const log: string[] = [];
  const env = { ...process.env, REGENT_MANAGEMENT_NETWORKS: network };
  const options = { dataDir: folder, demo: false, durable: false, port: 0, env, log: (line: string) => void log.push(line) };
  const regent = await startRegent(options).catch(async (error: unknown) => {
    await remove();
    throw new Error(`Regent did not start: ${String(error)}\n${log.join("\n")}`, { cause: error });
  });
  Object.assign(process.env, {
    DATABASE_URL: regent.databaseUrl,
    REGENT_SEAL_PUBLIC_KEY: secretsIn(join(folder, "secrets")).sealPublicKey,
    REGENT_MANAGEMENT_NETWORKS: network,
  });
  await db.$executeRaw`UPDATE region SET settings = jsonb_set(settings, '{requirements}', ${JSON.stringify(REQUIREMENTS)}::jsonb)`;
  const stop = async () => {
    await closeDb();
    await regent.stop();
    await remove();
  };
  return { url: regent.url, setUp: regent.setUp ?? "", workerPid: () => regent.pids.worker(), log, stop };
}

/** A call of the administrator who was set up. */
export async function asAdministrator(): Promise<Call> {
  const { id, name, role } = await db.user.findFirstOrThrow({ where: { role: "admin" } });
  return { actor: { kind: "user", id, name, role }, idempotencyKey: null };
}

export const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason} ${outcome.hint ?? ""}`);
  return outcome.value;
};

const POLL_MS = 150;

/** Waits for an operation to end, well or badly. */
export async function ended(started: Outcome<{ operationId: string }>, withinMs = 60_000): Promise<OperationDetail> {
  const { operationId } = value(started);
  for (const deadline = Date.now() + withinMs; ; await sleep(POLL_MS)) {
    const operation = await operationDetail(operationId);
    if (operation?.status === "succeeded" || operation?.status === "failed") return operation;
    if (Date.now() > deadline) throw new Error(`${operation?.label} of ${operation?.ip} did not end: ${JSON.stringify(operation?.steps)}`);
  }
}

/** Waits for an operation that must end well. */
export async function succeeded(started: Outcome<{ operationId: string }>, withinMs?: number): Promise<OperationDetail> {
  const operation = await ended(started, withinMs);
  expect(operation, operation.refusal?.reason).toMatchObject({ status: "succeeded" });
  return operation;
}

/** The Info step of Add Candidate: host key, then login and inventory. */
export async function inspect(ip: string, { user, password }: Login, withinMs?: number): Promise<Outcome<{ operationId: string }>> {
  const call = await asAdministrator();
  const { hostKey } = await succeeded(await contactMachine({ ip }, call), withinMs);
  if (!hostKey) throw new Error(`${ip} showed no host key.`);
  return inspectMachine({ ip, user, password, role: "Worker", hostKey, trust: "verified" }, call);
}

/** Both steps of Add Candidate; the MAC addresses are the suggested ones. */
export async function add(ip: string, login: Login, withinMs?: number): Promise<NodeDetail> {
  const { id, inspection } = await succeeded(await inspect(ip, login, withinMs), withinMs);
  const macs = inspection?.suggestedMacs ?? [];
  const added = await succeeded(await addCandidate({ inspectionId: id, macs }, await asAdministrator()), withinMs);
  return node(added.nodeId);
}

/** The node as it is now. */
export async function node(id: string | null): Promise<NodeDetail> {
  const found = id === null ? null : await nodeDetail(id);
  if (!found) throw new Error(`There is no node ${id}.`);
  return found;
}

/** What a command is given of the node that an administrator looks at now. */
export async function seen(id: string): Promise<{ nodeId: string; version: number }> {
  return { nodeId: id, version: (await node(id)).version };
}

/** The transitions of a node in the order of its event log. */
export async function transitions(nodeId: string): Promise<string[]> {
  const events = await db.event.findMany({ where: { nodeId, transition: { not: null } }, orderBy: { id: "asc" } });
  return events.map(({ fromStatus, toStatus }) => `${fromStatus ?? "new"} to ${toStatus}`);
}
