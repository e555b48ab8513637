import { z } from "zod";
import { db } from "../../db";
import { done, refuse } from "../../outcome";
import { record } from "../../services/events/record";
import { actorOf } from "../../services/operations/actor-of";
import { tellStep } from "../../services/operations/steps";
import { firstCause, moveAll, nodeWithKey } from "../drain/drain";
import { prepareWay } from "../drain/way";
import { ended, type Step } from "./step";

const Request = z.object({ maintenanceId: z.uuid().nullable() });

/** The machines that Regent moved away from this node and that are still where it moved them. */
async function away(operation: { nodeId: string | null; request: unknown }) {
  const { maintenanceId } = Request.parse(operation.request);
  const home = operation.nodeId ? await nodeWithKey(operation.nodeId) : null;
  if (!home) return refuse("node-gone", "The node was deleted meanwhile.");
  const rows = maintenanceId ? await db.maintenanceVm.findMany({ where: { maintenanceId, state: { in: ["moved", "returning"] } } }) : [];
  return done({ maintenanceId, home, rows });
}

export const prepareBack: Step = async (operation) => {
  const found = await away(operation);
  if (!found.ok) return found;
  const { home, rows } = found.value;
  const ids = [...new Set(rows.flatMap(({ targetId }) => targetId ?? []))];
  for (const [index, id] of ids.entries()) {
    const source = await nodeWithKey(id);
    if (!source) continue; // Its machines are named when their turn comes.
    await tellStep(operation.id, "prepare", `${source.name}, ${index + 1} of ${ids.length}`);
    const way = await prepareWay(operation, source, home);
    if (!way.ok) return way;
  }
  return ended(ids.length ? `${ids.length} ${ids.length === 1 ? "node" : "nodes"} ready` : "None needed");
};

export const bringBack: Step = async (operation) => {
  const found = await away(operation);
  if (!found.ok) return found;
  const { home, maintenanceId } = found.value;
  if (!maintenanceId) return ended("None was away");
  const back = await moveAll(operation, "move", maintenanceId, home, "back");
  if (!back.ok) return back;
  const { moved, failed, total } = back.value;
  if (failed.length) {
    return refuse("vms-stay", `${failed.length} of ${total} VMs could not be moved back and stay where they are. ${firstCause(failed)}`, {
      hint: "Move VMs back tries them again.",
    });
  }
  return ended(total ? `${moved} of ${total} are back` : "None was away", {
    commit: async (tx, { operation: held }) => {
      if (total)
        await record(tx, {
          kind: "maintenance.moved-back",
          message: `${moved === 1 ? "1 VM is" : `${moved} VMs are`} back on ${home.name}.`,
          actor: actorOf(held),
          node: home,
          operationId: held.id,
        });
      return done(undefined);
    },
  });
};

export const moveBackSteps = { prepare: prepareBack, move: bringBack };
