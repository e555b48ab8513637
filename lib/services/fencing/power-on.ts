import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";

type Target = { nodeId: string; version: number };

const begin =
  (kind: "powerOn" | "powerCycle") =>
  (input: Target, call: Call): Promise<Outcome<Started>> =>
    startOnce(call, { kind, nodeId: input.nodeId }, async (tx) => {
      const allowed = await permitted(tx, kind, input, call.actor);
      if (!allowed.ok) return allowed;
      const { node, region } = allowed.value;
      return done({ operationId: await startOperation(tx, { kind, call, ip: node.ip, node, now: region.now }) });
    });

/** Switches a fenced node, or one that is being serviced, on through its BMC. */
export const powerOn = begin("powerOn");

/** Switches a node that is being serviced off and on again. */
export const powerCycle = begin("powerCycle");
