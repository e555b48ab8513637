import { RemoveRequest } from "../../domain/maintenance";
import { holdsMemory } from "../../domain/placement";
import { transition } from "../../domain/lifecycle";
import { forgetRegent, listVms, storagePools } from "../../machines/hypervisor";
import { WARNINGS } from "../../messages/mission";
import { done, refuse } from "../../outcome";
import { endMaintenance } from "../../services/maintenance/open";
import { moveNode } from "../../services/nodes/move";
import { actorOf } from "../../services/operations/actor-of";
import { arrivalsOver } from "../drain/arrivals";
import { withNode } from "../reach";
import { ended, nodeOf, type Step } from "./step";

/** Nothing may run on it, and no data pool may be in need of it. */
const look: Step = async (operation) => {
  const { recordOnly, acknowledged } = RemoveRequest.parse(operation.request);
  if (recordOnly) return ended("Not asked: the machine is lost", { state: "warning" });
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const settled = await arrivalsOver(operation, "look");
  if (!settled.ok) return settled;
  const seen = await withNode(operation, node.value, async (machine) => {
    const [vms, pools] = [await listVms(machine), await storagePools(machine)];
    if (!vms.ok) return vms;
    return pools.ok ? done({ vms: vms.value, pools: pools.value }) : pools;
  });
  if (!seen.ok) return seen;
  const { vms, pools } = seen.value;
  const running = vms.filter(holdsMemory);
  if (running.length)
    return refuse(
      "still-running",
      `${running.map(({ name }) => name).join(", ")} ${running.length === 1 ? "runs" : "run"} on ${node.value.name}.`,
      {
        hint: "Activate it and take it out again, so that its VMs move first.",
      },
    );
  const degraded = pools.filter(({ health }) => health === "degraded");
  if (degraded.length)
    return refuse(
      "pools-degraded",
      `${WARNINGS.removePools} ${degraded.map(({ kind, name, detail }) => `${kind} ${name}: ${detail.replace(/\.$/, "")}`).join("; ")}.`,
      {
        hint: WARNINGS.removeDataLoss,
      },
    );
  const unknown = pools.filter(({ health }) => health === "unknown");
  if (unknown.length && !acknowledged)
    return refuse(
      "pools-unknown",
      `The health of ${unknown.map(({ kind, name, detail }) => `${kind} ${name} (${detail.replace(/\.$/, "")})`).join(", ")} is not known.`,
      {
        hint: "Remove it again and type its name to say that its data is not needed.",
      },
    );
  return ended(
    pools.length ? `No VM runs; ${pools.length} ${pools.length === 1 ? "pool" : "pools"} looked at` : "No VM runs; no data pool",
  );
};

/** Regent's own key goes last: afterwards the machine is a stranger. A machine that was cleaned already no longer lets Regent in. */
const clean: Step = async (operation) => {
  const { checkOnly, recordOnly } = RemoveRequest.parse(operation.request);
  if (checkOnly) return ended("Not asked for");
  if (recordOnly) return ended("Left as it is", { state: "warning" });
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { key } = node.value;
  const cleaned = await withNode(operation, node.value, (machine) => forgetRegent(machine, { publicKey: key?.publicKey ?? "" }));
  if (cleaned.ok) return ended("Regent's key and trust are gone from it");
  // A second try after a crash finds the door it has locked behind itself.
  return cleaned.code === "auth-refused" && operation.attempt > 1 ? ended("Regent's key is gone from it") : cleaned;
};

const recordOut: Step = async (operation) => {
  const { checkOnly, recordOnly, reason } = RemoveRequest.parse(operation.request);
  if (checkOnly) return ended("Not asked for");
  return ended("Out", {
    commit: async (tx, { operation: held, region }) => {
      const node = held.nodeId ? await tx.node.findUnique({ where: { id: held.nodeId } }) : null;
      const edge = node && transition(node.status, "remove");
      if (!node || !edge) return refuse("node-gone", "The node is no longer In maintenance.");
      await moveNode(tx, node, region, {
        transition: edge,
        actor: actorOf(held),
        message: `${node.name} was removed from the cluster${recordOnly ? "; its machine was not touched" : ""}${reason ? `: ${reason}` : "."}`,
        reason: reason || null,
        operationId: held.id,
      });
      // Free for the machine's next life, which is a new node.
      await tx.nodeIdentity.deleteMany({ where: { nodeId: node.id } });
      await tx.nodeKey.deleteMany({ where: { nodeId: node.id } });
      await tx.nodePower.deleteMany({ where: { nodeId: node.id } });
      await endMaintenance(tx, node.id, "removed", region.now);
      return done(undefined);
    },
  });
};

export const removeSteps = { look, clean, record: recordOut };
