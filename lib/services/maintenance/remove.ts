import { controlRemains, moreThanOneNode, regionFacts } from "../../domain/guards";
import { LOST_REASON_MIN } from "../../domain/maintenance";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted, type Permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";

export type RemoveInput = {
  nodeId: string;
  version: number;
  /** Only looks whether it could be removed. */
  checkOnly?: boolean | undefined;
  /** The machine is lost: only the record is closed. */
  recordOnly: boolean;
  /** Typed, where the health of its data pools is not known. */
  name?: string | undefined;
  reason?: string | undefined;
};

/** Those that are on their way out have left already: two removals at once must not take the last node, or the last Control node. */
async function lastOfAll(tx: Tx, { node, facts, context }: Permitted): Promise<Refusal | null> {
  const leaving = await tx.$queryRaw<Pick<Node, "status" | "role">[]>`
    SELECT n.status::text AS status, n.role::text AS role FROM operation o JOIN node n ON n.id = o.node_id
    WHERE o.kind = 'remove' AND o.status IN ('pending', 'running') AND o.request ->> 'checkOnly' = 'false' AND n.id <> ${node.id}::uuid`;
  const gone = regionFacts(leaving);
  const { joinedCount, controlCount } = context.region;
  const region = { ...context.region, joinedCount: joinedCount - gone.joinedCount, controlCount: controlCount - gone.controlCount };
  const left = { ...context, region };
  return moreThanOneNode(facts, left) ?? controlRemains(facts, left);
}

/** Asks for a node to leave the cluster for good. Its machine is looked at, cleaned up, and only then the node is Out. */
export const removeNode = (input: RemoveInput, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "remove", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "remove", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const last = await lastOfAll(tx, allowed.value);
    if (last) return last;
    const typed = input.name !== undefined && input.name !== "";
    if ((typed || input.recordOnly) && input.name !== node.name)
      return refuse("wrong-name", `This is not the name of the node. Type ${node.name} as it stands.`, { field: "name" });
    const [reason, checkOnly] = [input.reason ?? "", input.checkOnly ?? false];
    if (input.recordOnly && reason.length < LOST_REASON_MIN)
      return refuse("short-reason", `Say in at least ${LOST_REASON_MIN} characters why the machine is not cleaned up.`, {
        field: "reason",
      });
    const operationId = await startOperation(tx, {
      kind: "remove",
      call,
      ip: node.ip,
      node,
      request: { checkOnly, recordOnly: input.recordOnly, acknowledged: typed, reason },
      now: region.now,
    });
    // A look changes nothing, so there is nothing to remember of it.
    if (checkOnly) return done({ operationId });
    await record(tx, {
      kind: "maintenance.removal",
      severity: "warning",
      message: `${call.actor.name} asked for the removal of ${node.name}${input.recordOnly ? ", its record only" : ""}${reason ? `: ${reason}` : "."}`,
      actor: call.actor,
      node,
      operationId,
    });
    return done({ operationId });
  });
