/** For tests only: nodes whose hearts beat or do not, in a database of their own. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { db } from "../../db";
import type { Check } from "../../domain/fencing-records";
import { nodePowerAad } from "../../domain/sealing";
import type { NodeStatus } from "../../domain/status";
import type { Node } from "../../generated/prisma/client";
import { seal } from "../../secrets";
import { addUser, ownDatabase, plantNode } from "../testing";
import { watchRegion } from "./act";

const GONE = (["kept", "fresh", "neighbour"] as const).map((what): Omit<Check, "at"> => ({
  what,
  says: "gone",
  detail: `Gone for ${what}.`,
  by: "Test",
}));

let given = 0;
/** Of a BMC; no two have one. */
const nextAddress = (): string => `10.8.${Math.floor(given / 250)}.${(given++ % 250) + 1}`;

/** Every test begins without nodes, in a region that is watched for an hour. */
export function useHearts() {
  let drop: () => Promise<void>;
  let admin: Awaited<ReturnType<typeof addUser>>;
  let operator: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
    admin = await addUser("Ada", "admin");
    operator = await addUser("Olga", "operator");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`TRUNCATE fence, node_health, node_power, operation CASCADE`;
      await tx.$executeRaw`DELETE FROM metrics.node_now`;
      await tx.$executeRaw`DELETE FROM metrics.node_survey`;
      await tx.$executeRaw`DELETE FROM node_key`;
      await tx.$executeRaw`DELETE FROM node`;
      await tx.$executeRaw`UPDATE region_watch SET since = now() - interval '1 hour', beat_at = now() - interval '2 seconds', silent = NULL, total = NULL`;
      await tx.$executeRaw`UPDATE region SET settings = '{}'`;
    });
  });

  /** A joined node that was heard `secondsAgo`. */
  async function joined(status: NodeStatus, secondsAgo: number, facts: Parameters<typeof plantNode>[1] = {}): Promise<Node> {
    const node = await plantNode(status, {
      joinedAt: new Date(Date.now() - 86_400_000),
      statusSince: new Date(Date.now() - 3_600_000),
      createdAt: new Date(Date.now() - 86_400_000),
      ...facts,
    });
    await db.nodeKey.create({
      data: {
        nodeId: node.id,
        publicKey: "ssh-ed25519 AAAA",
        sealedPrivate: new Uint8Array([82, 71, 83, 49, ...Array.from({ length: 80 }, () => 1)]),
      },
    });
    await heard(node, secondsAgo);
    return node;
  }
  const heard = (node: Node, secondsAgo: number, bootId: string | null = null) => db.$executeRaw`
    INSERT INTO metrics.node_now (node_id, sampled_at, boot_id, last, tail) VALUES (${node.id}::uuid, clock_timestamp() - ${secondsAgo} * interval '1 second', ${bootId}::uuid, '', '')
    ON CONFLICT (node_id) DO UPDATE SET sampled_at = excluded.sampled_at, boot_id = coalesce(excluded.boot_id, metrics.node_now.boot_id)`;
  async function missed(node: Node, facts: { checks?: Omit<Check, "at">[]; rounds?: number } = {}) {
    const checks = (facts.checks ?? GONE).map((check) => ({ ...check, at: new Date().toISOString() }));
    const data = { checks, checkedAt: new Date(), failedRounds: facts.rounds ?? 3 };
    await db.nodeHealth.upsert({ where: { nodeId: node.id }, create: { nodeId: node.id, ...data }, update: data });
  }
  async function withBmc(node: Node, address = nextAddress()) {
    const place = { address, port: 623 };
    await db.nodePower.create({
      data: {
        nodeId: node.id,
        ...place,
        login: "admin",
        sealed: seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", "pw", nodePowerAad(node.id, place)),
      },
    });
  }
  const others = (count = 4) => Promise.all(Array.from({ length: count }, () => joined("Active", 3)));
  const statusOf = async (node: Node) => (await db.node.findUniqueOrThrow({ where: { id: node.id } })).status;
  const again = () => db.$executeRaw`UPDATE region_watch SET beat_at = clock_timestamp() - interval '2 seconds'`;
  const look = async () => {
    await again();
    return watchRegion();
  };
  const at = async ({ id }: Node) => ({ nodeId: id, version: (await db.node.findUniqueOrThrow({ where: { id } })).version });
  const events = async (node: Node) =>
    (await db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "asc" } })).map(({ kind, transition }) => transition ?? kind);
  return { admin: () => admin, operator: () => operator, joined, heard, missed, withBmc, others, statusOf, again, look, at, events };
}
