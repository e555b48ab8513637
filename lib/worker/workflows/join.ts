import { shortfalls, verdict } from "../../domain/adequacy";
import { Inventory } from "../../domain/inventory";
import { LINKS_NOT_READY } from "../../domain/guards";
import { linkChecks } from "../../domain/join-checks";
import { JoinRequest } from "../../domain/requests";
import type { NodeRole } from "../../domain/roles";
import type { RegionSettings } from "../../domain/settings";
import { formatBytes } from "../../domain/units";
import { db } from "../../db";
import type { Held } from "../held";
import { checkHypervisor, installPackages, privilegeOf, probe, profileState, startUnits } from "../../machines/ask";
import { joinPlan } from "../../machines/profiles";
import { done, refuse, type Refusal } from "../../outcome";
import { peersOf } from "../../services/nodes/peers";
import { joinTransition } from "../../services/nodes/join-transition";
import { tellStep } from "../../services/operations/steps";
import { readRegion } from "../../services/region";
import { nodeWithKey } from "../drain/drain";
import { proveWay } from "../drain/way";
import { withNode } from "../reach";
import { ended, keepResult, nodeOf, type Step } from "./step";

const ROOT_HINT = "Give the user sudo without a password, or use root with Modify Candidate.";
const INSTALL_MS = 18 * 60_000;

/** Logged in by Regent's key, and able to do what needs root. */
export const connect: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const privilege = await withNode(operation, node.value, privilegeOf);
  if (!privilege.ok) return privilege;
  const { sshUser } = node.value;
  if (privilege.value === "none")
    return refuse("privilege", `${sshUser} is not root on ${operation.ip} and has no sudo without a password.`, { hint: ROOT_HINT });
  return ended(`${sshUser} logged in by key`);
};

/** What the administrator saw may be a day old: the machine is read again before anything is changed on it. */
const inspect: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const found = await withNode(operation, node.value, probe);
  if (!found.ok) return found;
  const { settings } = await readRegion(db);
  const judged = verdict(found.value, settings.requirements, JoinRequest.parse(operation.request).role);
  const failed = shortfalls(judged);
  if (failed.length) return refuse("inadequate", `Hardware does not meet cluster requirements: ${failed.join("; ")}.`);
  const down = badLinks(found.value, node.value.convergedMacs, settings);
  if (down) return down;
  const commit = joinTransition("provisioningBegan", (name) => `Provisioning of ${name} began.`, {
    found: { inventory: found.value, verdict: judged },
  });
  return ended(`${found.value.cpu.threads} vCPUs, ${formatBytes(found.value.memory.totalBytes)}; nothing stands against it`, { commit });
};

function badLinks(inventory: Inventory, convergedMacs: string[], settings: RegionSettings): Refusal | null {
  const failed = linkChecks({ inventory, convergedMacs, settings }).filter(({ state }) => state === "fail");
  return failed.length
    ? refuse("links", `${LINKS_NOT_READY} ${failed.map(({ detail }) => detail).join(" ")}`, { hint: "Check the cables and switch ports." })
    : null;
}

/** What the role needs on this machine and does not have yet. */
async function planFor(operation: Held) {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { role } = JoinRequest.parse(operation.request);
  const inventory = Inventory.parse(node.value.inventory);
  const state = await withNode(operation, node.value, (machine) => profileState(machine, role, inventory.os));
  if (!state.ok) return state;
  const plan = joinPlan(role, inventory.os, state.value);
  return plan.ok ? done({ node: node.value, plan: plan.value }) : plan;
}

const packages: Step = async (operation) => {
  const planned = await planFor(operation);
  if (!planned.ok) return planned;
  const { node, plan } = planned.value;
  // A second attempt looks again even when all seems there: the first may have been killed while a package was being unpacked.
  const wanted = operation.attempt === 1 ? plan.install : plan.packages;
  if (!wanted.length) return ended(plan.packages.length ? `${plan.packages.join(", ")} already there` : "None needed");
  await tellStep(operation.id, "packages", `Installing ${wanted.join(", ")}`);
  const installed = await withNode(operation, node, (machine) => installPackages(machine, wanted), { sessionMs: INSTALL_MS });
  return installed.ok ? ended(`Installed ${wanted.join(", ")}`) : installed;
};

const services: Step = async (operation) => {
  const planned = await planFor(operation);
  if (!planned.ok) return planned;
  const { node, plan } = planned.value;
  const started = await withNode(operation, node, (machine) => startUnits(machine, plan.units), { sessionMs: 3 * 60_000 });
  if (!started.ok) return started;
  const commit = joinTransition("servicesInitialised", (name) => `The services of ${name} run.`);
  return ended(plan.units.length ? `${plan.units.join(", ")} active` : "None needed", { commit });
};

const hypervisor: Step = (operation) => hypervisorOf(operation, JoinRequest.parse(operation.request).role);

/** Whether a Worker's hypervisor answers, and how its guests will run. */
export async function hypervisorOf(operation: Held, role: NodeRole): ReturnType<Step> {
  if (role !== "Worker") return ended("Not needed for a Control node");
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const answer = await withNode(operation, node.value, checkHypervisor);
  if (!answer.ok) return answer;
  const { libvirt, accelerated } = answer.value;
  return accelerated
    ? ended(`libvirt ${libvirt} answers, KVM`)
    : ended(`libvirt ${libvirt} answers; no KVM: guests run emulated`, { state: "warning" });
}

/** The last look: links as they are now, and the inventory with what the join installed. */
export const links: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const found = await withNode(operation, node.value, probe);
  if (!found.ok) return found;
  const { settings } = await readRegion(db);
  const down = badLinks(found.value, node.value.convergedMacs, settings);
  if (down) return down;
  await keepResult(operation, { inventory: found.value });
  return ended(
    linkChecks({ inventory: found.value, convergedMacs: node.value.convergedMacs, settings }).find(({ id }) => id === "carrier")?.detail ??
      "",
  );
};

/** So many are enough to show that the node can send and receive; the way to any other is prepared when a plan needs it. */
const PEERS = 3;

/** What live migration needs, exchanged and proved both ways with a few others. A fault here is shown, and keeps nobody from joining. */
const peers: Step = async (operation) => {
  if (JoinRequest.parse(operation.request).role !== "Worker") return ended("Not needed for a Control node");
  const self = operation.nodeId ? await nodeWithKey(operation.nodeId) : null;
  if (!self) return refuse("node-gone", "The node was deleted meanwhile.");
  const others = await peersOf(self.id, PEERS);
  const ways = others.flatMap((other) => [[self, other] as const, [other, self] as const]);
  const proofs = await Promise.all(
    ways.map(async ([source, target]) => {
      const way = await proveWay(operation, source, target);
      return way.ok ? [] : [`${source.name} to ${target.name}: ${way.reason}`];
    }),
  );
  const failed = proofs.flat();
  if (failed.length) return ended(failed.join(" "), { state: "warning" });
  return ended(others.length ? `Both ways with ${others.map(({ name }) => name).join(", ")}` : "No other node runs a hypervisor yet");
};

const activate: Step = async (operation) => {
  const found = Inventory.parse((operation.result as { inventory?: unknown }).inventory);
  const { settings } = await readRegion(db);
  const judged = verdict(found, settings.requirements, JoinRequest.parse(operation.request).role);
  return ended("Active", {
    commit: joinTransition("healthChecksPassed", (name) => `${name} is Active.`, {
      found: { inventory: found, verdict: judged },
      joined: true,
    }),
  });
};

export const joinSteps = { connect, inspect, packages, services, hypervisor, links, peers, activate };
