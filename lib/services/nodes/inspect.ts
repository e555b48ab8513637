import { addRefusal } from "../../domain/lifecycle";
import type { z } from "zod";
import { dialable } from "../../domain/address";
import type { HostKey } from "../../domain/requests";
import { sharedEnv } from "../../env";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { backoffFor } from "../operations/backoff";
import { sealPassword } from "../operations/escrow";
import { startOperation } from "../operations/start";
import { lockRegion } from "../region";
import { conflictOf } from "./identities";
import { startOnce, type Started } from "./start-once";

export type Inspection = {
  ip: string;
  user: string;
  password: string;
  role: "Worker" | "Control";
  hostKey: z.infer<typeof HostKey>;
  trust: "verified" | "unverified";
};

/**
 * Logs in to the trusted host key and reads what the machine is. The password is sealed for the worker before it meets the
 * database; this process can not open it again.
 */
export async function inspectMachine(input: Inspection, call: Call): Promise<Outcome<Started>> {
  const refused = addRefusal(call.actor.role);
  if (refused) return refused;
  const { ip, user, role, hostKey, trust } = input;
  const address = dialable(ip, sharedEnv().REGENT_MANAGEMENT_NETWORKS, []);
  if (!address.ok) return address;
  const password = sealPassword(input.password);
  return startOnce(call, { kind: "inspect", ip }, async (tx) => {
    const { now } = await lockRegion(tx);
    const running = await tx.operation.findFirst({ where: { ip, kind: "inspect", status: { in: ["pending", "running"] } } });
    if (running)
      return refuse("busy", `${running.actorName} is inspecting ${ip} right now.`, {
        hint: "Wait for its end: passwords tried at once are how a server shuts a console out.",
      });
    const backoff = await backoffFor(ip, tx);
    if (backoff.waitMs > 0) return backoff.refusal;
    const owned = await conflictOf(tx, [{ kind: "ip", value: ip }]);
    if (owned) return { ...owned, field: "ip" };
    return done({
      operationId: await startOperation(tx, { kind: "inspect", call, ip, request: { user, role, hostKey, trust }, password, now }),
    });
  });
}
