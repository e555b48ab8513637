import type { HostKey, Trust } from "../../domain/requests";
import type { NodeRole } from "../../domain/roles";
import type { Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { backoffFor } from "../operations/backoff";
import { sealPassword, type SealedPassword } from "../operations/escrow";
import { startOperation, type Part } from "../operations/start";
import { lockRegion } from "../region";
import { conflictOf } from "./identities";
import { serverRefusal } from "./server-refusal";
import { startOnce, type Started } from "./start-once";

type Login = { ip: string; user: string; role: NodeRole; hostKey: HostKey; trust: Trust };
export type Inspection = Login & { password: string };

/**
 * Logs in to the trusted host key and reads what the machine is. The password is sealed for the worker before it meets the
 * database; this process can not open it again.
 */
export async function inspectMachine({ password, ...login }: Inspection, call: Call): Promise<Outcome<Started>> {
  const refused = serverRefusal(login.ip, call);
  if (refused) return refused;
  const sealed = sealPassword(password);
  return startOnce(call, { kind: "inspect", ip: login.ip }, (tx) => inspectIn(tx, login, call, { password: sealed }));
}

/** As inspectMachine, in a transaction of somebody else. A part of work on many logs in with the password that came with the whole. */
export async function inspectIn(
  tx: Tx,
  { ip, user, role, hostKey, trust }: Login,
  call: Call,
  rest: { password: SealedPassword } | Part,
): Promise<Outcome<Started>> {
  const refused = serverRefusal(ip, call);
  if (refused) return refused;
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
  const request = { user, role, hostKey, trust };
  return done({ operationId: await startOperation(tx, { kind: "inspect", call, ip, request, now, ...rest }) });
}
