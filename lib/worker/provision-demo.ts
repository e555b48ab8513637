/**
 * Fills the demo region on its first start: each simulated server is met, logged in to, given Regent's key and inspected as any
 * other would be, and then walked along legal edges to the status it has in the demo.
 */
import type { Evidence } from "../domain/fencing-records";
import { suggestedMacs } from "../domain/links";
import { TRANSITIONS, type Transition } from "../domain/lifecycle";
import { nodeKeyAad } from "../domain/sealing";
import { NODE_STATUSES, type NodeStatus } from "../domain/status";
import { FLEET, type DemoNode } from "../demo/fleet";
import { unpoweredFacts } from "../demo/unpowered";
import { db, type Tx } from "../db";
import { sharedEnv } from "../env";
import type { Node } from "../generated/prisma/client";
import { installKey, probe } from "../machines/ask";
import { readHostKey, withMachine } from "../machines/dial";
import { generateNodeKey } from "../machines/keys";
import { seal } from "../secrets";
import type { Actor } from "../services/actor";
import { createNode } from "../services/nodes/create";
import { fated } from "../services/fencing/end";
import { lastVms } from "../services/fencing/last-seen";
import { moveNode } from "../services/nodes/move";
import { lockRegion } from "../services/region";
import { addressOf } from "./reach";

const DEMO: Actor = { kind: "system", name: "Demo region" };
const AT_ONCE = 8;
/** A demo keeps every state on show: its transitional nodes have no work that ends, so their deadline is far. */
const SHOWN_FOR_MS = 365 * 24 * 3_600_000;

/** False: there are nodes already, and they stay as they are. */
export async function fillDemoRegion(): Promise<boolean> {
  if (await db.node.count()) return false;
  await db.region.update({ where: { id: 1 }, data: { name: "west-1" } });
  const waiting = [...FLEET];
  const met: Promise<void>[] = Array.from({ length: AT_ONCE }, async () => {
    for (let server = waiting.shift(); server; server = waiting.shift()) await admit(server);
  });
  await Promise.all(met);
  return true;
}

async function admit(server: DemoNode): Promise<void> {
  const pair = generateNodeKey({ comment: `regent@${server.ip}`, from: "" });
  const { hostKey, inventory } = server.powered ? await meet(server, pair.authorizedKey) : unpoweredFacts(server, pair.authorizedKey);
  const sealed = seal(sharedEnv().REGENT_SEAL_PUBLIC_KEY, pair.privateKey, nodeKeyAad(pair.authorizedKey));
  const found = {
    request: { user: server.credentials.user, role: server.role, hostKey, trust: "verified" as const },
    result: { inventory, inspectedAt: new Date().toISOString() },
    macs: server.convergedMacs.length ? server.convergedMacs : suggestedMacs(inventory, server.ip),
    pair: { publicKey: pair.authorizedKey, sealedPrivate: Buffer.from(sealed).toString("base64") },
  };
  await db.$transaction(async (tx) => {
    const region = await lockRegion(tx);
    const created = await createNode(tx, { region, ip: server.ip, actor: DEMO }, found);
    if (!created.ok) throw new Error(`${server.name}: ${created.reason}`);
    const { id } = created.value;
    for (const edge of wayTo((await tx.node.findUniqueOrThrow({ where: { id } })).status, server.status)) {
      const node = await tx.node.findUniqueOrThrow({ where: { id } });
      if (edge.to === "Fenced") await showFenced(tx, node, region.now, server);
      const joined = edge.to === "Active" ? { joinedAt: region.now } : {};
      await moveNode(tx, node, region, {
        transition: edge,
        actor: DEMO,
        message: `${node.name} is shown as ${edge.to ? NODE_STATUSES[edge.to].label : ""} in the demo region.`,
        set: joined,
      });
    }
    const ago = (seconds: number) => new Date(region.now.getTime() - seconds * 1000);
    const { deadlineAt, statusReason } = await tx.node.findUniqueOrThrow({ where: { id } });
    await tx.node.update({
      where: { id },
      data: {
        name: server.name,
        statusSince: ago(server.statusAgeSeconds),
        statusReason: server.statusReason ?? statusReason,
        tags: server.tags,
        // A drain that nobody works for waits for a person, and has no deadline.
        deadlineAt: server.status === "EnteringMaintenance" ? null : deadlineAt && new Date(region.now.getTime() + SHOWN_FOR_MS),
      },
    });
    if (server.status === "EnteringMaintenance" || server.status === "InMaintenance") {
      const [startedAt, entered] = [ago(server.statusAgeSeconds), server.status === "InMaintenance"];
      const reason = server.statusReason ?? "";
      const stay = { nodeId: id, nodeName: server.name, cameFrom: "Active", reason, actorName: DEMO.name, startedAt } as const;
      await tx.maintenance.create({ data: { ...stay, enteredAt: entered ? startedAt : null } });
    }
    if (server.status === "Out") await tx.nodeIdentity.deleteMany({ where: { nodeId: id } });
  });
}

/**
 * Nobody is Fenced without proof, so the demo's fenced server has the record that its story tells. Its BMC is told of and not there: no
 * simulated server has one.
 */
async function showFenced(tx: Tx, node: Node, now: Date, server: DemoNode): Promise<void> {
  const began = now.getTime() - (server.status === "Fenced" ? server.statusAgeSeconds : server.statusAgeSeconds + 600) * 1000;
  const after = (seconds: number) => new Date(began - 60_000 + seconds * 1000).toISOString();
  const said = (what: Evidence["what"], seconds: number, outcome: Evidence["outcome"], detail: string, by = "The console"): Evidence => ({
    what,
    outcome,
    detail,
    by,
    at: after(seconds),
  });
  const evidence = [
    said("heartbeat", 8, "yes", "The last heartbeat was 1 min before."),
    said("fresh", 13, "yes", `${node.ip} did not answer on port 22 within 5 s.`),
    said("neighbour", 12, "yes", "compute-west-07 does not reach it either.", "compute-west-07"),
    said("power", 14, "no", "The power is on.", "Its BMC"),
    said("soft", 45, "no", "It did not shut down within 30 s.", "Its BMC"),
    said("cut", 46, "yes", "The order was taken.", "Its BMC"),
    said("off", 48, "yes", "Its BMC says that it is off.", "Its BMC"),
    said("silent", 53, "yes", `${node.ip} did not answer on port 22 within 5 s.`),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  await tx.fence.create({
    data: {
      nodeId: node.id,
      state: "confirmed",
      cause: "No heartbeat for 1 min, and nobody reached it.",
      evidence,
      vms: fated(await lastVms(node), new Map()),
      actorName: DEMO.name,
      startedAt: new Date(began - 60_000),
      endedAt: new Date(began),
    },
  });
}

async function meet(server: DemoNode, authorizedKey: string) {
  const address = addressOf(server.ip);
  if (!address.ok) throw new Error(address.reason);
  const contact = await readHostKey(address.value);
  if (!contact.ok) throw new Error(contact.reason);
  const { hostKey } = contact.value;
  const inspected = await withMachine(address.value, hostKey, { kind: "password", ...server.credentials }, async (machine) => {
    const installed = await installKey(machine, authorizedKey);
    return installed.ok ? probe(machine) : installed;
  });
  if (!inspected.ok) throw new Error(`${server.name}: ${inspected.reason}`);
  return { hostKey, inventory: inspected.value };
}

const NEVER_ACTIVE: readonly NodeStatus[] = ["Candidate", "Inadequate", "Rejected", "Approved", "Starting", "Activating"];

/** A node that is past its join was Active once, and goes on from there. */
const wayTo = (from: NodeStatus, to: NodeStatus): Transition[] =>
  NEVER_ACTIVE.includes(to) ? pathTo(from, to) : [...pathTo(from, "Active"), ...pathTo("Active", to)];

/** The shortest legal way from one status to another, by breadth-first search over the table. */
function pathTo(from: NodeStatus, to: NodeStatus): Transition[] {
  const ways: { at: NodeStatus; path: Transition[] }[] = [{ at: from, path: [] }];
  const seen = new Set<NodeStatus>([from]);
  for (let way = ways.shift(); way; way = ways.shift()) {
    if (way.at === to) return way.path;
    for (const edge of TRANSITIONS) {
      if (edge.from !== way.at || edge.to === null || seen.has(edge.to)) continue;
      seen.add(edge.to);
      ways.push({ at: edge.to, path: [...way.path, edge] });
    }
  }
  throw new Error(`The lifecycle has no way from ${from} to ${to}.`);
}
