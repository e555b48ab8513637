import { reportFault } from "../log";
import { duePlans, stepPlan } from "../services/maintenance/plan/step";

/** Does what is due for every plan. Several workers may do so at once: one decides, the others find it done. A plan that breaks keeps no other. */
export async function advancePlans(): Promise<void> {
  for (const id of await duePlans()) await stepPlan(id).catch((error: unknown) => void reportFault(error, { planId: id }));
}
