import { requireTransition } from "./transitions";
import type { NodeRole } from "../../domain/roles";
import type { Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Actor } from "../actor";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { permitted, type Permitted } from "./guard";
import { moveNode } from "./move";
import { startOnce, type Started } from "./start-once";

export type Join = { nodeId: string; version: number; role: NodeRole };

/** Joins a candidate in the role the administrator chose: Approved now, the rest by the worker. */
export async function joinNode(input: Join, call: Call): Promise<Outcome<Started>> {
  return startOnce(call, { kind: "join", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "join", input, call.actor);
    return allowed.ok ? approve(tx, "join", allowed.value, input.role, call) : allowed;
  });
}

/** What Join and Accept share: the operation and the move to Approved, in the transaction that decided it. */
export async function approve(
  tx: Tx,
  kind: "join" | "accept",
  { node, region }: Pick<Permitted, "node" | "region">,
  role: NodeRole,
  call: { actor: Actor; idempotencyKey: string | null },
  parentId?: string,
  /** Of the event, instead of who pressed the button. */
  message = `${call.actor.name} ${kind === "join" ? "joined" : "accepted"} ${node.name} as ${role}.`,
): Promise<Outcome<Started>> {
  const operationId = await startOperation(tx, { kind, call, ip: node.ip, node, request: { role }, now: region.now, parentId });
  await moveNode(tx, node, region, {
    transition: requireTransition("Candidate", kind),
    actor: call.actor,
    message,
    operationId,
    details: { role },
    set: { role },
  });
  return done({ operationId });
}
