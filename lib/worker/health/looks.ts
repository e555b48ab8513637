/** The looks at one node from several sides, each a sentence with who took it. */
import type { Check } from "../../domain/fencing-records";
import { NODE_STATUSES } from "../../domain/status";
import { formatDuration } from "../../domain/units";
import { db } from "../../db";
import { askReach } from "../../machines/ask";
import { readHostKey } from "../../machines/dial";
import { readRegion } from "../../services/region";
import { askPower } from "../bmc";
import { addressOf, withNode } from "../reach";
import { hash } from "../sampling/share";

export type LookedAt = { id: string; name: string; ip: string; hostKeyType: string; hostKeySha256: string };
const WORKER = "The console";

const SILENT = ["timeout", "unreachable"];

const look = async (what: Check["what"], says: Check["says"], detail: string, by = WORKER): Promise<Check> => ({
  what,
  says,
  detail: detail.slice(0, 500),
  by,
  at: (await readRegion(db)).now.toISOString(),
});

/** Whether samples come; `silence` in ms. */
export const keptLook = (silence: number): Promise<Check> => look("kept", "gone", `No sample for ${formatDuration(silence)}.`);

/**
 * A connection of its own, up to the host key. A host that refuses, or takes the connection and says no more, is there: only its service
 * is not. Only silence and a missing route say that nobody is.
 */
export async function freshLook(node: LookedAt, signal: AbortSignal): Promise<Check> {
  const address = addressOf(node.ip);
  if (!address.ok) return look("fresh", "unknown", address.reason);
  let met = false;
  const contact = await readHostKey(address.value, { signal, onRung: (rung) => void (met ||= rung === "tcp") });
  if (!contact.ok) {
    const says = met || contact.code === "refused" ? "down" : SILENT.includes(contact.code) ? "gone" : "unknown";
    return look("fresh", says, contact.reason);
  }
  const own = contact.value.hostKey.type === node.hostKeyType && contact.value.hostKey.sha256 === node.hostKeySha256;
  return own
    ? look("fresh", "there", `Its SSH service answers on ${node.ip}.`)
    : look("fresh", "unknown", `Something answers on ${node.ip}, with another host key.`);
}

const ASKED = 2;

/** Another Active node that answers is asked whether it reaches this one; when the first has nothing to try it with, a second one. */
export async function neighbourLook(node: LookedAt, signal: AbortSignal): Promise<Check> {
  const target = addressOf(node.ip);
  if (!target.ok) return look("neighbour", "unknown", target.reason);
  for (const neighbour of await neighboursOf(node.id)) {
    const said = await withNode({ signal }, neighbour, (machine) => askReach(machine, target.value), { sessionMs: 15_000 });
    if (!said.ok || said.value === "unknown") continue;
    if (said.value === "refused")
      return look("neighbour", "down", `${neighbour.name} reaches its host, but not its SSH service.`, neighbour.name);
    if (said.value === "there") return look("neighbour", "there", `${neighbour.name} reaches it.`, neighbour.name);
    return look("neighbour", "gone", `${neighbour.name} does not reach it either.`, neighbour.name);
  }
  return look("neighbour", "unknown", "No other node could be asked.");
}

/** Always the same ones first, so that the rounds of one outage are told by the same observer. */
async function neighboursOf(nodeId: string) {
  const near = await db.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM node n JOIN metrics.node_now m ON m.node_id = n.id
    WHERE n.status::text = ${NODE_STATUSES.Active.id} AND n.id <> ${nodeId}::uuid AND n.host_key_changed IS NULL
      AND m.sampled_at > clock_timestamp() - interval '25 seconds'`;
  const chosen = near
    .map(({ id }) => ({ id, drawn: hash(`${nodeId} seen from ${id}`) }))
    .toSorted((a, b) => b.drawn - a.drawn)
    .slice(0, ASKED);
  const nodes = await db.node.findMany({ where: { id: { in: chosen.map(({ id }) => id) } }, include: { key: true } });
  return chosen.flatMap(({ id }) => nodes.find((one) => one.id === id) ?? []);
}

/** A host that hangs has power, too: only "off" says something. */
export async function bmcLook(node: LookedAt, signal: AbortSignal): Promise<Check> {
  const said = await askPower(node.id, signal);
  if (!said.ok) return look("bmc", "unknown", said.reason);
  return said.value === "off"
    ? look("bmc", "gone", "Its BMC says that it is off.", "Its BMC")
    : look("bmc", "unknown", "Its BMC says that its power is on.", "Its BMC");
}
