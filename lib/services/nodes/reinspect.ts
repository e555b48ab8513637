import { db } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { permitted } from "./guard";
import { alreadyStarted, type Started } from "./queue";

/** Looks at a machine again and records what changed. */
export async function reinspectNode(input: { nodeId: string; version: number }, call: Call): Promise<Outcome<Started>> {
  return (
    (await alreadyStarted(call)) ??
    db.$transaction(async (tx) => {
      const allowed = await permitted(tx, "reinspect", input, call.actor);
      if (!allowed.ok) return allowed;
      const { node, region } = allowed.value;
      return done({ operationId: await startOperation(tx, { kind: "reinspect", call, ip: node.ip, node, now: region.now }) });
    })
  );
}
