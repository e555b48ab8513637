import { PowerRequest } from "../../domain/requests";
import { nodePowerAad } from "../../domain/sealing";
import { sharedEnv } from "../../env";
import { readHostKey } from "../../machines/dial";
import { powerState, type Bmc } from "../../machines/power";
import { done, refuse, type Outcome } from "../../outcome";
import { seal } from "../../secrets";
import { recordPower } from "../../services/fencing/power-record";
import { becomes, bmcOf, order, patiently } from "../bmc";
import type { Held } from "../held";
import { addressOf, passwordOf } from "../reach";
import { ended, keepResult, type Step } from "./step";

/** The BMC with what was typed; without a password, with the one that is known. */
async function typedBmc(operation: Held): Promise<Outcome<{ bmc: Bmc; typed: boolean }>> {
  const request = PowerRequest.parse(operation.request);
  const allowed = addressOf(request.address);
  if (!allowed.ok) return { ...allowed, field: "address" };
  const typed = await passwordOf(operation);
  if (typed.ok) return done({ bmc: { ...request, password: typed.value.reveal() }, typed: true });
  const known = await bmcOf(operation.nodeId ?? "");
  if (!known.ok || known.value.address !== request.address || known.value.port !== request.port) return typed;
  return done({ bmc: { ...request, password: known.value.password }, typed: false });
}

/** Who looks on at a dialog waits a few seconds at most, and may try again. */
const PATIENCE_SECONDS = 5;

const ask: Step = async (operation) => {
  const bmc = await typedBmc(operation);
  if (!bmc.ok) return bmc;
  const { signal } = operation;
  const said = await patiently(PATIENCE_SECONDS, signal, () => powerState(bmc.value.bmc, { signal }));
  if (!said.ok) return said;
  await keepResult(operation, { state: said.value });
  return ended(`The power is ${said.value}`);
};

const record: Step = async (operation) => {
  const bmc = await typedBmc(operation);
  if (!bmc.ok) return bmc;
  const request = PowerRequest.parse(operation.request);
  const { password } = bmc.value.bmc;
  const aad = nodePowerAad(operation.nodeId ?? "", request);
  const sealed = bmc.value.typed ? seal(sharedEnv().REGENT_SEAL_PUBLIC_KEY, password, aad) : null;
  const { state } = operation.result as { state: string }; // kept by the step before
  return ended("Recorded", { commit: (tx, held) => recordPower(tx, held, request, { sealed, state }) });
};

export const powerSteps = { ask, record };

const ON_SECONDS = 60;
const ANSWER_SECONDS = 300;

const on: Step = async (operation) => {
  const { signal } = operation;
  const id = operation.nodeId ?? "";
  const ordered = await patiently(ON_SECONDS, signal, () => order(operation, "on"));
  if (!ordered.ok) return ordered;
  const is = await becomes(id, "on", ON_SECONDS, signal);
  if (!is.ok) return is;
  return is.value ? ended("Its BMC says that the power is on") : notOn;
};

const notOn = refuse("not-on", "Its BMC took the order, but says that the power is still off.", { hint: "Look at the server itself." });

/** A second time finds it already on its way: cycled twice it is only later there. A host that is off is switched on instead. */
const cycle: Step = async (operation) => {
  const { nodeId, signal } = operation;
  const bmc = await bmcOf(nodeId ?? "");
  if (!bmc.ok) return bmc;
  const state = await patiently(ON_SECONDS, signal, () => powerState(bmc.value, { signal }));
  if (!state.ok) return state;
  if (state.value === "off") return on(operation);
  const ordered = await order(operation, "cycle");
  if (!ordered.ok) return ordered;
  const is = await becomes(nodeId ?? "", "on", ON_SECONDS, signal);
  if (!is.ok) return is;
  return is.value ? ended("Its BMC says that the power is on") : notOn;
};

const PAUSE_MS = 1000;

/** Waits for the SSH service, up to its host key; nothing is sent to it. */
const answer: Step = async ({ ip, signal }) => {
  const address = addressOf(ip);
  if (!address.ok) return address;
  const until = performance.now() + ANSWER_SECONDS * 1000;
  for (;;) {
    const contact = await readHostKey(address.value, { signal });
    if (contact.ok) return ended("Its SSH service answers");
    if (performance.now() > until || signal.aborted) return contact;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
};

export const powerOnSteps = { on, answer };
export const powerCycleSteps = { cycle, answer };
