import type { ItemState } from "../../domain/bulk";
import { BulkRequest } from "../../domain/bulk-request";
import { isOperationKind, stepLabel } from "../../domain/operations";
import { ContactResult, StoredRefusal, type HostKey } from "../../domain/requests";
import type { Server } from "../../domain/several";
import { db } from "../../db";

/** One node of the work on many. */
export type ItemView = {
  nodeId: string;
  nodeName: string;
  state: ItemState;
  refusal: StoredRefusal | null;
  /** What was started on it, and where that stands: "Install packages". */
  part: { id: string; step: string | null } | null;
  /** Of work on servers that are no nodes yet: what was asked for, and the host key that was read or trusted. */
  server: (Server & { hostKey: HostKey | null }) | null;
};

type Whole = { id: string; kind: string; request: unknown };

/** The lines of an operation in their order; none of one that is about one machine. */
export async function itemViews({ id, kind, request }: Whole): Promise<ItemView[]> {
  if (kind !== "bulk") return [];
  const asked = BulkRequest.safeParse(request).data;
  const [items, parts] = await Promise.all([
    db.operationItem.findMany({ where: { operationId: id }, orderBy: { position: "asc" } }),
    db.operation.findMany({
      where: { parentId: id },
      // An inventory may be a megabyte; a host key is a line.
      select: { id: true, nodeId: true, nodeName: true, kind: true, step: true, result: asked?.command === "look" },
      orderBy: { createdAt: "asc" },
    }),
  ]);
  // The newest part of a line: a server that is inspected is added next.
  const byNode = new Map(parts.map((part) => [part.nodeId, part]));
  return items.map(({ nodeId, nodeName, position, state, refusal }) => {
    const part = byNode.get(nodeId);
    const server = serverOf(asked, position, ContactResult.safeParse(part?.result).data?.hostKey ?? null);
    const step = part?.step && isOperationKind(part.kind) ? stepLabel(part.kind, part.step) : null;
    return {
      nodeId,
      nodeName: server && part?.nodeName ? `${part.nodeName} (${server.ip})` : nodeName,
      state,
      refusal: StoredRefusal.safeParse(refusal).data ?? null,
      part: part ? { id: part.id, step } : null,
      server,
    };
  });
}

function serverOf(asked: BulkRequest | undefined, position: number, seen: HostKey | null): ItemView["server"] {
  if (asked?.command !== "look" && asked?.command !== "add") return null;
  const server = asked.servers[position];
  if (!server) return null;
  const { ip, user, role, macs } = server;
  return { ip, user, role, macs, hostKey: "hostKey" in server ? server.hostKey : seen };
}
