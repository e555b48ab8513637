import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { permitted } from "./guard";
import { startOnce, type Started } from "./start-once";

/** Looks at a machine again and records what changed. */
export async function reinspectNode(input: { nodeId: string; version: number }, call: Call): Promise<Outcome<Started>> {
  return startOnce(call, { kind: "reinspect", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "reinspect", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    return done({ operationId: await startOperation(tx, { kind: "reinspect", call, ip: node.ip, node, now: region.now }) });
  });
}
