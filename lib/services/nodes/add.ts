import { addRefusal } from "../../domain/lifecycle";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { lockRegion } from "../region";
import { conflictOf } from "./identities";
import { startOnce, type Started } from "./start-once";

/**
 * Adds the inspected machine as a candidate: the password moves from its inspection to this operation, which installs Regent's own
 * key and then deletes it. Refused when the ten minutes in which a password is kept are over, or another add of the address runs.
 */
export async function addCandidate(
  { inspectionId, macs }: { inspectionId: string; macs: string[] },
  call: Call,
): Promise<Outcome<Started>> {
  const refused = addRefusal(call.actor.role);
  if (refused) return refused;
  return startOnce(call, { kind: "add", inspectionId }, async (tx) => {
    const { now } = await lockRegion(tx);
    const inspection = await tx.operation.findUnique({ where: { id: inspectionId }, include: { escrow: true } });
    if (!inspection?.ip || inspection.kind !== "inspect" || inspection.actorId !== call.actor.id)
      return refuse("not-inspected", "This server has not been inspected by you.", { hint: "Start again with the Info step." });
    if (inspection.status !== "succeeded")
      return refuse("not-inspected", "The inspection of this server has not succeeded.", { hint: "Go back to the Info step." });
    const { ip } = inspection;
    const running = await tx.operation.findFirst({ where: { ip, kind: "add", status: { in: ["pending", "running"] } } });
    if (running) return refuse("busy", `${running.actorName} is adding ${ip} right now.`);
    if (!inspection.escrow || inspection.escrow.expiresAt < now)
      return refuse("password-gone", "The SSH Password was deleted ten minutes after it was typed.", {
        hint: "Go back and type it again.",
        field: "password",
      });
    const owned = await conflictOf(tx, [{ kind: "ip", value: ip }]);
    if (owned) return { ...owned, field: "ip" };
    const operationId = await startOperation(tx, { kind: "add", call, ip, request: { inspectionId, macs }, now });
    await tx.escrow.update({ where: { operationId: inspectionId }, data: { operationId } });
    return done({ operationId });
  });
}
