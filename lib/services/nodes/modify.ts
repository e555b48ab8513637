import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { sealPassword } from "../operations/escrow";
import { startOperation } from "../operations/start";
import { permitted } from "./guard";
import { startOnce, type Started } from "./start-once";

export type Modification = { nodeId: string; version: number; user: string; password: string; macs: string[] };

/** Changes a candidate's credentials or converged MACs, after the new ones have logged in to the pinned host key. Never the IP. */
export async function modifyCandidate(input: Modification, call: Call): Promise<Outcome<Started>> {
  const newPassword = input.password !== "";
  const password = newPassword ? { password: sealPassword(input.password) } : {};
  return startOnce(call, { kind: "modify", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "modify", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    if (input.user !== node.sshUser && !newPassword)
      return refuse("password-needed", `Regent's key is installed for ${node.sshUser}, not for ${input.user}.`, {
        hint: `Type the SSH Password of ${input.user}.`,
        field: "password",
      });
    const request = { user: input.user, macs: input.macs, newPassword };
    return done({
      operationId: await startOperation(tx, { kind: "modify", call, ip: node.ip, node, request, now: region.now, ...password }),
    });
  });
}
