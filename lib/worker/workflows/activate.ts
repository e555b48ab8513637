import { shortfalls, verdict } from "../../domain/adequacy";
import { Inventory } from "../../domain/inventory";
import { inventoryChanges } from "../../domain/inventory-changes";
import { transition } from "../../domain/lifecycle";
import { ActivateRequest } from "../../domain/maintenance";
import { oldVmsRefusal } from "../../domain/preflight";
import { db } from "../../db";
import { done, refuse } from "../../outcome";
import { endMaintenance, cameFromOf, openMaintenance } from "../../services/maintenance/open";
import { factsOf } from "../../services/nodes/facts";
import { identitiesAfter, rewriteIdentities } from "../../services/nodes/identities";
import { moveNode } from "../../services/nodes/move";
import { SYSTEM } from "../../services/actor";
import { actorOf } from "../../services/operations/actor-of";
import { readRegion } from "../../services/region";
import { withNode } from "../reach";
import { connect, hypervisorOf, links } from "./join";
import { bringBack, prepareBack } from "./move-back";
import { probeWithVms, runningVms } from "./running-vms";
import { ended, nodeOf, type Step } from "./step";

/** While it was serviced its hardware may have changed: it is read again, the difference is shown, and too little keeps it where it is. */
const inspect: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const found = await withNode(operation, node.value, probeWithVms);
  if (!found.ok) return found;
  const { settings } = await readRegion(db);
  const judged = verdict(found.value, settings.requirements, node.value.role);
  const failed = shortfalls(judged);
  if (failed.length)
    return refuse("inadequate", `Hardware does not meet cluster requirements any more: ${failed.join("; ")}.`, {
      hint: "The node stays In maintenance. Put back what is missing, then activate again.",
    });
  const fenced = cameFromOf(await openMaintenance(db, node.value.id)) === "Fenced";
  const old = fenced ? oldVmsRefusal(node.value.name, runningVms(found.value)) : null;
  if (old) return old;
  const changes = inventoryChanges(node.value.inventory, found.value);
  return ended(changes.length ? `Changed: ${changes.join("; ")}` : "Nothing changed", {
    ...(changes.length ? { state: "warning" as const } : {}),
    commit: async (tx, { operation: held, region }) => {
      const now = held.nodeId ? await tx.node.findUnique({ where: { id: held.nodeId } }) : null;
      const open = now && (await openMaintenance(tx, now.id));
      const edge = now && transition(now.status, "activate", { cameFrom: cameFromOf(open) });
      if (!now || !edge) return refuse("node-gone", "The node is no longer In maintenance.");
      const conflict = await rewriteIdentities(tx, now.id, identitiesAfter(now, found.value.system.uuid));
      if (conflict) return conflict;
      await moveNode(tx, now, region, {
        transition: edge,
        actor: actorOf(held),
        message: `${now.name} returns to service${changes.length ? `; changed since its last inspection: ${changes.join("; ")}` : ""}.`,
        operationId: held.id,
        details: { changes },
        set: factsOf(found.value, judged, region.now),
      });
      await endMaintenance(tx, now.id, "returned", region.now);
      return done(undefined);
    },
  });
};

const hypervisor: Step = async (operation) => {
  const node = await nodeOf(operation);
  return node.ok ? hypervisorOf(operation, node.value.role) : node;
};

const activate: Step = async (operation) => {
  const found = Inventory.parse((operation.result as { inventory?: unknown }).inventory);
  const { settings } = await readRegion(db);
  return ended("Active", {
    commit: async (tx, { operation: held, region }) => {
      const node = held.nodeId ? await tx.node.findUnique({ where: { id: held.nodeId } }) : null;
      const edge = node && transition(node.status, "healthChecksPassed");
      if (!node || !edge) return refuse("node-gone", "The node is no longer on its way to Active.");
      await moveNode(tx, node, region, {
        transition: edge,
        actor: SYSTEM,
        message: `${node.name} is Active again.`,
        operationId: held.id,
        set: factsOf(found, verdict(found, settings.requirements, node.role), region.now),
      });
      return done(undefined);
    },
  });
};

const whenAsked =
  (step: Step): Step =>
  async (operation) =>
    ActivateRequest.parse(operation.request).bringBack ? step(operation) : ended("Not asked for");

export const activateSteps = { connect, inspect, hypervisor, links, activate, prepare: whenAsked(prepareBack), move: whenAsked(bringBack) };
