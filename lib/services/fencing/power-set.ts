import { dialable } from "../../domain/address";
import { sharedEnv } from "../../env";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { sealPassword } from "../operations/escrow";
import { startOperation } from "../operations/start";

export type SetPower = { nodeId: string; version: number; address: string; port: number; login: string; password: string };

/**
 * Asks a BMC with what was typed, and keeps it when the BMC answers. The password travels sealed, as every password does; an empty one
 * is the one that is known for this same address.
 */
export const setPower = (input: SetPower, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "power", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "power", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const { address, port, login, password } = input;
    const dial = dialable(address, sharedEnv().REGENT_MANAGEMENT_NETWORKS, []);
    if (!dial.ok) return { ...dial, field: "address" };
    if (address === node.ip)
      return refuse("same-address", `${address} is the address of the node itself.`, {
        hint: "A BMC has an address of its own.",
        field: "address",
      });
    const owner = await tx.nodePower.findFirst({
      where: { address, port, nodeId: { not: node.id }, node: { status: { not: "Out" } } },
      include: { node: true },
    });
    if (owner)
      return refuse("duplicate", `The BMC at ${address} already belongs to ${owner.node.name}.`, {
        hint: `Open ${owner.node.name}, or check the address.`,
        field: "address",
      });
    const known = await tx.nodePower.findUnique({ where: { nodeId: node.id } });
    if (!password && (known?.address !== address || known.port !== port))
      return refuse("password-missing", "The password of the BMC is missing.", {
        hint: "A password is kept for one address only.",
        field: "password",
      });
    const operationId = await startOperation(tx, {
      kind: "power",
      call,
      ip: node.ip,
      node,
      request: { address, port, login },
      now: region.now,
      ...(password ? { password: sealPassword(password) } : {}),
    });
    return done({ operationId });
  });
