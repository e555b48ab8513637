import { shortfalls, verdict } from "../../domain/adequacy";
import { Inventory } from "../../domain/inventory";
import { oldVmsRefusal } from "../../domain/preflight";
import { JoinRequest } from "../../domain/requests";
import { db } from "../../db";
import { profileState, startUnits } from "../../machines/ask";
import { joinPlan } from "../../machines/profiles";
import { refuse } from "../../outcome";
import { joinTransition } from "../../services/nodes/join-transition";
import { readRegion } from "../../services/region";
import { withNode } from "../reach";
import { joinSteps } from "./join";
import { probeWithVms, runningVms } from "./running-vms";
import { ended, nodeOf, type Step } from "./step";

/** The proof on the node itself: nothing runs there that was there when it was cut off, and its clock is right. */
const look: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const found = await withNode(operation, node.value, probeWithVms);
  if (!found.ok) return found;
  const { settings, now } = await readRegion(db);
  const old = oldVmsRefusal(node.value.name, runningVms(found.value));
  if (old) return old;
  const skew = Math.abs(now.getTime() / 1000 - found.value.clock);
  if (skew > settings.fencing.clockSkewSeconds)
    return refuse("clock", `The clock of ${node.value.name} is wrong by ${Math.round(skew)} s.`, { hint: "Let it follow a time server." });
  const { role } = JoinRequest.parse(operation.request);
  const judged = verdict(found.value, settings.requirements, role);
  const failed = shortfalls(judged);
  if (failed.length) return refuse("inadequate", `Hardware does not meet cluster requirements: ${failed.join("; ")}.`);
  const commit = joinTransition("recovered", (name) => `${name} answers steadily and runs nothing old; it is being taken back.`, {
    found: { inventory: found.value, verdict: judged },
  });
  return ended("Nothing runs on it", { commit });
};

/** What its role needs is started where it did not start with the host. Nothing is installed here. */
const services: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { role } = JoinRequest.parse(operation.request);
  const inventory = Inventory.parse(node.value.inventory);
  const state = await withNode(operation, node.value, (machine) => profileState(machine, role, inventory.os));
  if (!state.ok) return state;
  const plan = joinPlan(role, inventory.os, state.value);
  if (!plan.ok) return plan;
  const { install, units } = plan.value;
  if (install.length)
    return refuse("packages", `${install.join(", ")} is not installed any more.`, {
      hint: "Put it into maintenance, install it, then activate.",
    });
  const started = await withNode(operation, node.value, (machine) => startUnits(machine, units), { sessionMs: 3 * 60_000 });
  return started.ok ? ended(units.length ? `${units.join(", ")} active` : "None needed") : started;
};

const activate: Step = async (operation) => {
  const found = Inventory.parse((operation.result as { inventory?: unknown }).inventory);
  const running = runningVms(found);
  if (running.length)
    return refuse("old-vms", `It runs ${running.map(({ name }) => name).join(", ")} again.`, {
      hint: "Shut them down: they may run elsewhere by now.",
    });
  const { settings } = await readRegion(db);
  const judged = verdict(found, settings.requirements, JoinRequest.parse(operation.request).role);
  const commit = joinTransition("healthChecksPassed", (name) => `${name} is Active again.`, {
    found: { inventory: found, verdict: judged },
  });
  return ended("Active", { commit });
};

export const unfenceSteps = { look, services, hypervisor: joinSteps.hypervisor, links: joinSteps.links, activate };
