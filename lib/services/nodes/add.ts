import { addRefusal } from "../../domain/lifecycle";
import type { Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation, type Part } from "../operations/start";
import { lockRegion } from "../region";
import { conflictOf } from "./identities";
import { startOnce, type Started } from "./start-once";

type Addition = { inspectionId: string; macs: string[] };

/**
 * Adds the inspected machine as a candidate: the password moves from its inspection to this operation, which installs Regent's own
 * key and then deletes it. Refused when the ten minutes in which a password is kept are over, or another add of the address runs.
 */
export async function addCandidate(input: Addition, call: Call): Promise<Outcome<Started>> {
  return addRefusal(call.actor.role) ?? startOnce(call, { kind: "add", inspectionId: input.inspectionId }, (tx) => addIn(tx, input, call));
}

/** As addCandidate, in a transaction of somebody else. The password of work on many stays with the whole, whose other parts need it. */
export async function addIn(tx: Tx, { inspectionId, macs }: Addition, call: Call, part?: Part): Promise<Outcome<Started>> {
  const refused = addRefusal(call.actor.role);
  if (refused) return refused;
  const { now } = await lockRegion(tx);
  const inspection = await tx.operation.findUnique({ where: { id: inspectionId }, include: { escrow: true } });
  if (!inspection?.ip || inspection.kind !== "inspect" || inspection.actorId !== call.actor.id)
    return refuse("not-inspected", "This server has not been inspected by you.", { hint: "Start again with the Info step." });
  if (inspection.status !== "succeeded")
    return refuse("not-inspected", "The inspection of this server has not succeeded.", { hint: "Go back to the Info step." });
  const { ip } = inspection;
  const running = await tx.operation.findFirst({ where: { ip, kind: "add", status: { in: ["pending", "running"] } } });
  if (running) return refuse("busy", `${running.actorName} is adding ${ip} right now.`);
  const escrow = part ? await tx.escrow.findUnique({ where: { operationId: part.parentId } }) : inspection.escrow;
  if (!escrow || escrow.expiresAt < now)
    return refuse("password-gone", "The SSH Password was deleted ten minutes after it was typed.", {
      hint: "Go back and type it again.",
      field: "password",
    });
  const owned = await conflictOf(tx, [{ kind: "ip", value: ip }]);
  if (owned) return { ...owned, field: "ip" };
  const operationId = await startOperation(tx, { kind: "add", call, ip, request: { inspectionId, macs }, now, ...part });
  if (!part) await tx.escrow.update({ where: { operationId: inspectionId }, data: { operationId } });
  return done({ operationId });
}
