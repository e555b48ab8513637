/**
 * Fills the demo region on its first start: each simulated server is met, logged in to, given Regent's key and inspected as any
 * other would be, and then walked along legal edges to the status it has in the demo.
 */
import { suggestedMacs } from "../domain/links";
import { TRANSITIONS, type Transition } from "../domain/lifecycle";
import { nodeKeyAad } from "../domain/sealing";
import { NODE_STATUSES, type NodeStatus } from "../domain/status";
import { FLEET, type DemoNode } from "../demo/fleet";
import { unpoweredFacts } from "../demo/unpowered";
import { db } from "../db";
import { sharedEnv } from "../env";
import { installKey, probe } from "../machines/ask";
import { readHostKey, withMachine } from "../machines/dial";
import { generateNodeKey } from "../machines/keys";
import { seal } from "../secrets";
import type { Actor } from "../services/actor";
import { createNode } from "../services/nodes/create";
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
        deadlineAt: deadlineAt && new Date(region.now.getTime() + SHOWN_FOR_MS),
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
