import type { PowerRequest } from "../../domain/requests";
import type { Tx } from "../../db";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import { db } from "../../db";
import { record } from "../events/record";
import { actorOf } from "../operations/actor-of";
import type { HeldOperation } from "../operations/lock";

/** Keeps a BMC that has answered. `sealed` is null where the known password was used. */
export async function recordPower(
  tx: Tx,
  { operation, region }: HeldOperation,
  { address, port, login }: PowerRequest,
  { sealed, state }: { sealed: Uint8Array<ArrayBuffer> | null; state: string },
): Promise<Outcome> {
  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
  if (!node) return refuse("node-gone", "The node was deleted meanwhile.");
  // A server that left the region may come back as another node.
  await tx.nodePower.deleteMany({ where: { address, port, node: { status: "Out" } } });
  const owner = await tx.nodePower.findFirst({ where: { address, port, nodeId: { not: node.id } }, include: { node: true } });
  if (owner) return refuse("duplicate", `The BMC at ${address} already belongs to ${owner.node.name}.`, { field: "address" });
  const asked = { address, port, login, state, problem: null, checkedAt: region.now, setAt: region.now };
  const known = await tx.nodePower.findUnique({ where: { nodeId: node.id } });
  if (known) await tx.nodePower.update({ where: { nodeId: node.id }, data: { ...asked, ...(sealed ? { sealed } : {}) } });
  else if (sealed) await tx.nodePower.create({ data: { nodeId: node.id, ...asked, sealed } });
  else return refuse("password-missing", "The password of the BMC is missing.", { field: "password" });
  const version = node.version + 1;
  await tx.node.update({ where: { id: node.id }, data: { version } });
  await record(tx, {
    kind: "node.power",
    message: `The BMC of ${node.name} is ${login} at ${address}; it says that the power is ${state}.`,
    actor: actorOf(operation),
    node: { ...node, version },
    operationId: operation.id,
    details: {
      address,
      port,
      login,
      newPassword: sealed !== null,
      was: known ? { address: known.address, port: known.port, login: known.login } : null,
    },
  });
  return done(undefined);
}

/** What a BMC said when it was asked, or why it said nothing. */
export async function notePower(nodeId: string, said: Outcome<"on" | "off"> | Refusal): Promise<void> {
  await db.$executeRaw`
    UPDATE node_power SET checked_at = clock_timestamp(), problem = ${said.ok ? null : said.reason},
      state = CASE WHEN ${said.ok} THEN ${said.ok ? said.value : null} ELSE state END
    WHERE node_id = ${nodeId}::uuid`;
}
