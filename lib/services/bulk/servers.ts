/** Work on many servers that are no nodes yet: first a look at their host keys, then each that is trusted is added. */
import { randomUUID } from "node:crypto";
import { SEVERAL_REFUSALS, type Server } from "../../domain/several";
import { BulkRequest, type ServersRequest, type TrustedServer } from "../../domain/bulk-request";
import { addRefusal } from "../../domain/lifecycle";
import { ContactResult, InspectResult, type Trust } from "../../domain/requests";
import { db, type Tx } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { NO_MACS_FOUND, SEVERAL } from "../../messages/several";
import { done, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import type { Call } from "../call";
import { addIn } from "../nodes/add";
import { contactIn } from "../nodes/contact";
import { inspectIn } from "../nodes/inspect";
import type { Started } from "../nodes/start-once";
import { sealPassword } from "../operations/escrow";
import type { Part } from "../operations/start";
import { actorNow } from "./actor-now";
import { begin, type BulkTarget } from "./start";

/** A line has the id that its node will have, so that a line that is worked on twice still becomes one node. */
const targetOf = ({ ip }: Server): BulkTarget => ({ nodeId: randomUUID(), version: 0, name: ip });
const partOf = (parentId: string, nodeId: string): Part => ({ parentId, node: { id: nodeId, name: null } });

/** Reads the host key of each server. No credential exists yet. */
export const lookAtServers = ({ servers }: { servers: Server[] }, call: Call): Promise<Outcome<Started>> =>
  begin(call, { command: "look", servers }, async () => done(servers.map(targetOf)));

export type NewServers = { lookId: string; trusted: { ip: string; trust: Trust }[]; password: string };

/**
 * Adds the servers whose host key was read by this look and is trusted now: to the very key that was shown. One password for all of
 * them, sealed before it meets the database, and kept until the last of them has ended or ten minutes are over.
 */
export async function addServers({ lookId, trusted, password }: NewServers, call: Call): Promise<Outcome<Started>> {
  const refused = addRefusal(call.actor.role);
  if (refused) return refused;
  const seen = await serversSeen(lookId, call.actor);
  if (!seen.ok) return seen;
  const servers: TrustedServer[] = [];
  for (const { ip, trust } of trusted) {
    const found = seen.value.get(ip);
    if (!found) return SEVERAL.keyNotRead(ip);
    servers.push({ ...found, trust });
  }
  const sealed = sealPassword(password);
  return begin(call, { command: "add", servers }, async () => done(servers.map(targetOf)), { password: sealed });
}

/** The servers of a look whose key it has read, by address. Whoever trusts a key must have had it before his own eyes. */
async function serversSeen(lookId: string, actor: UserActor): Promise<Outcome<Map<string, Omit<TrustedServer, "trust">>>> {
  const look = await db.operation.findUnique({ where: { id: lookId }, include: { parts: true } });
  const request = look?.kind === "bulk" ? BulkRequest.parse(look.request) : null;
  if (look?.actorId !== actor.id || request?.command !== "look") return SEVERAL.notLooked;
  const keys = new Map(look.parts.map(({ ip, result }) => [ip, ContactResult.safeParse(result).data?.hostKey]));
  return done(
    new Map(
      request.servers.flatMap((server) => {
        const hostKey = keys.get(server.ip);
        return hostKey ? [[server.ip, { ...server, hostKey }] as const] : [];
      }),
    ),
  );
}

/** Begins one line of either. What it starts ends it. */
export async function beginServer(
  tx: Tx,
  request: ServersRequest,
  { position, nodeId, operationId }: { position: number; nodeId: string; operationId: string },
  actor: UserActor,
): Promise<Outcome<Started>> {
  const call = { actor, idempotencyKey: null };
  const part = partOf(operationId, nodeId);
  if (request.command === "look") return contactIn(tx, serverAt(request.servers, position), call, part);
  if (await isDoubted(tx, operationId)) return SEVERAL.notTried;
  return inspectIn(tx, serverAt(request.servers, position), call, part);
}

/**
 * Whether the password is probably wrong everywhere: some servers refused it, and none took it. A hundred refusals of one name are
 * how a directory locks an account.
 */
async function isDoubted(tx: Tx, operationId: string): Promise<boolean> {
  const refusals = { operationId, state: "failed", refusal: { path: ["code"], equals: "auth-refused" } } as const;
  const refused = await tx.operationItem.count({ where: refusals });
  return refused >= SEVERAL_REFUSALS && (await tx.operation.count({ where: { parentId: operationId, kind: "add" } })) === 0;
}

/** Lines are written from the servers, in their order. */
function serverAt<S extends Server>(servers: readonly S[], position: number): S {
  const server = servers[position];
  if (!server) throw new Error(`There is no server for line ${position}.`);
  return server;
}

/**
 * What follows when a server was inspected as a part of work on many: it is added, as Finish does it, with the MAC addresses that its
 * line names or, where it names none, with those that Regent suggests. Null when nothing follows.
 */
export async function addInspected(tx: Tx, inspection: Operation): Promise<Outcome<Started> | null> {
  const { parentId, nodeId, ip } = inspection;
  if (inspection.kind !== "inspect" || !parentId || !nodeId || !ip) return null;
  const whole = await tx.operation.findUniqueOrThrow({ where: { id: parentId } });
  const request = BulkRequest.parse(whole.request);
  const server = request.command === "add" ? request.servers.find((one) => one.ip === ip) : undefined;
  if (!server) return null;
  const actor = await actorNow(tx, inspection, "add");
  if ("ok" in actor) return actor;
  const macs = server.macs.length ? server.macs : (InspectResult.parse(inspection.result).suggestedMacs ?? []);
  if (!macs.length) return NO_MACS_FOUND(ip);
  return addIn(tx, { inspectionId: inspection.id, macs }, { actor, idempotencyKey: null }, partOf(parentId, nodeId));
}
