import { refusal } from "../../domain/lifecycle";
import { named } from "../../domain/operations";
import type { UserRole } from "../../domain/permissions";
import type { DistrustedKey } from "../../domain/requests";
import { NODE_STATUS_IDS } from "../../domain/status";
import { db } from "../../db";
import { isRevoked } from "../nodes/host-key";
import { consoleRegion } from "../nodes/console-region";
import { readRegion } from "../region";

/** Times are ISO 8601. `refused`: why its trust can not be taken away, or given again, now. */
export type HostKeyRow = {
  nodeId: string;
  name: string;
  ip: string;
  type: string;
  sha256: string;
  since: string;
  by: string | null;
  state: "trusted" | "changed" | "revoked";
  /** Of a revoked one, by whom and why. */
  note: { by: string; reason: string } | null;
  refused: string | null;
};

const SHOWN = NODE_STATUS_IDS.filter((status) => status !== "Out");

/** Every host key that is trusted, or was until it changed or somebody revoked it. */
export async function hostKeys(role: UserRole): Promise<HostKeyRow[]> {
  const [nodes, trusted, active, { settings, region }, { now }] = await Promise.all([
    db.node.findMany({
      where: { status: { in: SHOWN } },
      select: {
        id: true,
        name: true,
        ip: true,
        status: true,
        role: true,
        hostKeyType: true,
        hostKeySha256: true,
        hostKeyChanged: true,
        inspectedAt: true,
        createdAt: true,
      },
      orderBy: { name: "asc" },
    }),
    lastTrust(),
    db.operation.findMany({
      where: { status: { in: ["pending", "running"] }, nodeId: { not: null } },
      select: { nodeId: true, kind: true, step: true, actorName: true },
    }),
    consoleRegion(),
    readRegion(db),
  ]);
  const [since, busy] = [
    new Map(trusted.map((event) => [event.nodeId, event])),
    new Map(active.map((operation) => [operation.nodeId, operation])),
  ];
  return nodes.map(({ hostKeyChanged, ...node }): HostKeyRow => {
    const distrusted = hostKeyChanged as DistrustedKey | null; // written by host-key.ts and revoke-trust.ts only
    const facts = { ...node, hostKeyChanged: distrusted !== null, hostKeyRevoked: isRevoked(distrusted) };
    const running = busy.get(node.id);
    const activeOperation = running ? { ...named(running), actorName: running.actorName } : null;
    const command = distrusted ? "retrust" : "revokeTrust";
    const event = since.get(node.id);
    return {
      nodeId: node.id,
      name: node.name,
      ip: node.ip,
      type: node.hostKeyType,
      sha256: node.hostKeySha256,
      since: (event?.at ?? node.createdAt).toISOString(),
      by: event?.by ?? null,
      state: distrusted === null ? "trusted" : distrusted.revoked ? "revoked" : "changed",
      note: distrusted?.revoked ?? null,
      refused: refusal(command, facts, { role, now, settings, region, activeOperation })?.reason ?? null,
    };
  });
}

/** When each node's key was trusted, and by whom: when it was added, or when a new one was trusted. */
const lastTrust = (): Promise<{ nodeId: string; at: Date; by: string }[]> => db.$queryRaw`
  SELECT n.id AS "nodeId", e.at, e.actor_name AS by
  FROM node n CROSS JOIN LATERAL (
    SELECT at, actor_name FROM event
    WHERE node_id = n.id AND (kind IN ('node.host-key-trusted', 'node.added') OR transition IN ('T01', 'T02', 'T03'))
    ORDER BY id DESC LIMIT 1) e`;
