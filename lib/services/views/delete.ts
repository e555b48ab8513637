import { db } from "../../db";
import { VIEWS } from "../../messages/views";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { mayDelete } from "./list";

/** Whoever may not see a view is told that there is none. */
export async function deleteView({ viewId }: { viewId: string }, { actor }: Call): Promise<Outcome> {
  const view = await db.savedView.findUnique({ where: { id: viewId }, include: { owner: { select: { name: true } } } });
  if (!view || (!view.shared && view.ownerId !== actor.id)) return VIEWS.gone;
  if (!mayDelete(view, actor)) return VIEWS.notYours(view.owner.name);
  return db.$transaction(async (tx) => {
    const { count } = await tx.savedView.deleteMany({ where: { id: viewId } });
    if (!count) return VIEWS.gone;
    // What everybody sees is missed by everybody.
    if (view.shared) await record(tx, { kind: "view.deleted", message: VIEWS.deletedEvent(actor.name, view.name, view.owner.name), actor });
    return done(undefined);
  });
}
