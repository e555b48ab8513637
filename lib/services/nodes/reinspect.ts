import type { Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { permitted } from "./guard";
import { startOnce, type Started } from "./start-once";

type Inspection = { nodeId: string; version: number };

/** Looks at a machine again and records what changed. */
export const reinspectNode = (input: Inspection, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "reinspect", nodeId: input.nodeId }, (tx) => reinspectIn(tx, input, call));

/** As reinspectNode, in a transaction of somebody else. */
export async function reinspectIn(tx: Tx, input: Inspection, call: Call): Promise<Outcome<Started>> {
  const allowed = await permitted(tx, "reinspect", input, call.actor);
  if (!allowed.ok) return allowed;
  const { node, region } = allowed.value;
  return done({ operationId: await startOperation(tx, { kind: "reinspect", call, ip: node.ip, node, now: region.now }) });
}
