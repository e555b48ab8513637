import { db } from "../../db";
import { VIEWS } from "../../messages/list";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { mayDelete } from "./list";

/** Whoever may not see a view is told that there is none. */
export async function deleteView({ viewId }: { viewId: string }, { actor }: Call): Promise<Outcome> {
  const view = await db.savedView.findUnique({ where: { id: viewId }, include: { owner: { select: { name: true } } } });
  if (!view || (!view.shared && view.ownerId !== actor.id)) return VIEWS.gone;
  if (!mayDelete(view, actor)) return VIEWS.notYours(view.owner.name);
  const { count } = await db.savedView.deleteMany({ where: { id: viewId } });
  return count ? done(undefined) : VIEWS.gone;
}
