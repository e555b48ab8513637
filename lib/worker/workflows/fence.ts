import { cutRefusal, isLost } from "../../domain/fencing";
import { sighting } from "../../domain/fencing-checks";
import type { Check } from "../../domain/fencing-records";
import type { Evidence } from "../../domain/fencing-records";
import { evidenceRefusal } from "../../domain/fencing-evidence";
import { FenceRequest } from "../../domain/requests";
import { formatDuration } from "../../domain/units";
import { silenceMs } from "../../domain/fencing";
import { db } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { SYSTEM } from "../../services/actor";
import { confirmFence, evidenceOf, keepEvidence } from "../../services/fencing/end";
import { readWatch } from "../../services/fencing/watch";
import { lockOperation, OperationLost } from "../../services/operations/lock";
import { actorOf } from "../../services/operations/actor-of";
import { readRegion } from "../../services/region";
import { askPower, becomes, order, patiently } from "../bmc";
import type { Held } from "../held";
import { bmcLook, freshLook, neighbourLook, type LookedAt } from "../health/looks";
import { ended, nodeOf, type Step } from "./step";

/** Writes evidence as long as the attempt is this worker's, and at no other time. */
const keep = (operation: Held, ...evidence: Evidence[]): Promise<Evidence[]> =>
  db.$transaction(async (tx) => {
    await lockOperation(tx, operation);
    return keepEvidence(tx, operation.id, evidence);
  });

const evidence = async (what: Evidence["what"], outcome: Evidence["outcome"], detail: string, by = "The console"): Promise<Evidence> => ({
  what,
  outcome,
  detail: detail.slice(0, 500),
  by,
  at: (await readRegion(db)).now.toISOString(),
});

const asEvidence = (what: Evidence["what"], { says, detail, by, at }: Check): Evidence => ({
  what,
  outcome: says === "gone" ? "yes" : says === "unknown" ? "unknown" : "no",
  detail,
  by,
  at,
});

const lookAt = (node: LookedAt, signal: AbortSignal): Promise<[Check, Check]> =>
  Promise.all([freshLook(node, signal), neighbourLook(node, signal)]);

/** Asked before each thing that is done to the machine: is the attempt still this worker's, and may it still be? */
async function stillDue(operation: Held, looks: readonly Check[]): Promise<Outcome> {
  const now = await db.operation.findUnique({ where: { id: operation.id }, select: { attempt: true, status: true } });
  if (now?.attempt !== operation.attempt || now.status !== "running") throw new OperationLost("The fence is not this worker's any more.");
  const { manual } = FenceRequest.parse(operation.request);
  const watch = await readWatch(db, await readRegion(db), [operation.nodeId ?? ""]);
  const node = watch.nodes.find(({ id }) => id === operation.nodeId);
  if (!node) return refuse("node-gone", "The node is gone.");
  return cutRefusal(node, watch, { looks, manual }) ?? done(undefined);
}

const settingsOf = async () => (await readRegion(db)).settings.fencing;

const gather: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { signal } = operation;
  const watch = await readWatch(db, await readRegion(db), [node.value.id]);
  const watched = watch.nodes.find(({ id }) => id === node.value.id);
  const silence = watched ? silenceMs(watched, watch) : 0;
  const lost = watched !== undefined && isLost(watched, watch);
  const [fresh, neighbour] = await lookAt(node.value, signal);
  const { bmcPatienceSeconds } = await settingsOf();
  const power = await patiently(bmcPatienceSeconds, signal, () => askPower(node.value.id, signal));
  const said = power.ok ? `The power is ${power.value}.` : power.reason;
  await keep(
    operation,
    await evidence("heartbeat", lost ? "yes" : "no", `The last heartbeat was ${formatDuration(silence)} before.`),
    asEvidence("fresh", fresh),
    asEvidence("neighbour", neighbour),
    await evidence("power", power.ok ? (power.value === "off" ? "yes" : "no") : "unknown", said, "Its BMC"),
  );
  const due = await stillDue(operation, [fresh, neighbour]);
  if (!due.ok) return due;
  return power.ok ? ended(said) : power;
};

const soft: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { signal } = operation;
  const { softOffSeconds, bmcPatienceSeconds } = await settingsOf();
  const state = await patiently(bmcPatienceSeconds, signal, () => askPower(node.value.id, signal));
  if (!state.ok) return state;
  if (state.value === "off") {
    await keep(operation, await evidence("soft", "unknown", "Not needed: it was off already.", "Its BMC"));
    return ended("It is off already");
  }
  let due: Outcome = done(undefined);
  const ordered = await order(operation, "soft", async () => (due = await stillDue(operation, await lookAt(node.value, signal))));
  if (!due.ok) return due;
  // Not every BMC passes it on, and a host that hangs does not hear it: it is a courtesy.
  const went = ordered.ok ? await becomes(node.value.id, "off", softOffSeconds, signal) : ordered;
  const detail = !went.ok ? went.reason : went.value ? "It shut down by itself." : `It did not shut down within ${softOffSeconds} s.`;
  await keep(operation, await evidence("soft", went.ok && went.value ? "yes" : "no", detail, "Its BMC"));
  return ended(detail, { state: went.ok && went.value ? "ok" : "warning" });
};

const off: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { signal } = operation;
  const { bmcPatienceSeconds } = await settingsOf();
  const state = await patiently(bmcPatienceSeconds, signal, () => askPower(node.value.id, signal));
  if (!state.ok) return state;
  let due: Outcome = done(undefined);
  const stillIs = async () => (due = await stillDue(operation, await lookAt(node.value, signal)));
  // Also where it is off: whoever stands before it may switch it on in the next moment.
  const ordered = await patiently(bmcPatienceSeconds, signal, () => order(operation, "off", stillIs));
  if (!due.ok) return due;
  // A BMC that refuses to switch off what is off, or that answers too late, has done what is wanted.
  const is = ordered.ok ? null : await becomes(node.value.id, "off", bmcPatienceSeconds, signal);
  if (!ordered.ok && !(is?.ok && is.value)) return ordered;
  const detail = state.value === "off" ? "It was off already." : ordered.ok ? "The order was taken." : "It is off.";
  await keep(operation, await evidence("cut", "yes", detail, "Its BMC"));
  return ended(detail);
};

const confirm: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { signal } = operation;
  const { bmcPatienceSeconds } = await settingsOf();
  const is = await becomes(node.value.id, "off", bmcPatienceSeconds, signal);
  if (!is.ok) return is;
  const state = await bmcLook(node.value, signal);
  await keep(operation, await evidence("off", is.value && state.says === "gone" ? "yes" : "no", state.detail, "Its BMC"));
  const [fresh, neighbour] = await lookAt(node.value, signal);
  // Its own network may be all that the console misses; whoever sees it then, sees a host that is on.
  const seen = sighting([neighbour]) ?? fresh;
  const said = await keep(operation, { ...asEvidence("silent", seen), at: (await readRegion(db)).now.toISOString() });
  const refused = evidenceRefusal(said);
  return refused ?? ended("Its BMC says that it is off, and nothing answers");
};

const record: Step = async () =>
  ended("Fenced", {
    commit: async (tx, { operation, region }) => {
      const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
      const fence = await tx.fence.findFirst({ where: { operationId: operation.id, state: "running" } });
      if (!node || !fence) return refuse("node-gone", "The node is gone.");
      const refused = evidenceRefusal(evidenceOf(fence));
      return refused ?? confirmFence(tx, node, region, fence, operation.actorId ? actorOf(operation) : SYSTEM);
    },
  });

export const fenceSteps = { gather, soft, off, confirm, record };
