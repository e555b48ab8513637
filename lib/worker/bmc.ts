/** How the worker gets to a machine's BMC: address rules, sealed password, and patience with one that is silent for a moment. */
import { setTimeout as sleep } from "node:timers/promises";
import { nodePowerAad } from "../domain/sealing";
import { db } from "../db";
import { orderPower, powerState, type Bmc, type PowerOrder, type PowerState } from "../machines/power";
import { done, refuse, type Outcome } from "../outcome";
import { notePower } from "../services/fencing/power-record";
import { OperationLost } from "../services/operations/lock";
import type { Held } from "./held";
import { addressOf, unseal } from "./reach";

/** The BMC of a node, with its password opened. Refused where none is set, or where its address may not be dialled. */
export async function bmcOf(nodeId: string): Promise<Outcome<Bmc>> {
  const power = await db.nodePower.findUnique({ where: { nodeId } });
  if (!power) return refuse("no-bmc", "No BMC is set for this node.", { hint: "An Admin sets it: Actions, Set BMC." });
  const { address, port, login, sealed } = power;
  const allowed = addressOf(address);
  if (!allowed.ok) return allowed;
  return done({ address, port, login, password: unseal(sealed, nodePowerAad(nodeId, power)).reveal() });
}

/** Asks once, and remembers what it said. */
export async function askPower(nodeId: string, signal: AbortSignal): Promise<Outcome<PowerState>> {
  const bmc = await bmcOf(nodeId);
  const said = bmc.ok ? await powerState(bmc.value, { signal }) : bmc;
  if (!signal.aborted) await notePower(nodeId, said);
  return said;
}

/**
 * Gives an order, if it may be given at this very moment: a BMC takes it from a worker that slept as well. That it was taken says nothing
 * of what became of it. `due` is asked before each try, because a BMC that is silent for a while leaves time for much to change.
 */
export async function order(
  { nodeId, signal, isMine }: Pick<Held, "nodeId" | "signal" | "isMine">,
  what: PowerOrder,
  due: () => Promise<Outcome> = () => Promise.resolve(done(undefined)),
): Promise<Outcome> {
  const bmc = await bmcOf(nodeId ?? "");
  if (!bmc.ok) return bmc;
  const may = await due();
  if (!may.ok) return may;
  if (!(await isMine())) throw new OperationLost("The power is another worker's to switch by now.");
  return orderPower(bmc.value, what, { signal });
}

const PASSING = ["bmc-silent", "bmc-unreachable", "bmc-busy"];
const PAUSE_MS = 1000;

/** Again and again while the BMC is silent: it may be for seconds after its own power came. */
export async function patiently<T>(seconds: number, signal: AbortSignal, ask: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const said = await ask();
    if (said.ok || !PASSING.includes(said.code) || performance.now() > until || signal.aborted) return said;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined); // aborted: the next answer is the last
  }
}

/** Waits until the BMC says so. False: it did not within the time; a BMC that says nothing at all is refused. */
export async function becomes(nodeId: string, wanted: PowerState, seconds: number, signal: AbortSignal): Promise<Outcome<boolean>> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const said = await patiently(Math.max(0, (until - performance.now()) / 1000), signal, () => askPower(nodeId, signal));
    if (!said.ok) return said;
    if (said.value === wanted) return done(true);
    if (performance.now() > until || signal.aborted) return done(false);
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined); // as above
  }
}
