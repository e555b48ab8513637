import { db } from "../../db";
import { permits } from "../../domain/permissions";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import type { UserActor } from "../actor";

/** `address` is the list's query string, without "?". */
export type SavedView = {
  id: string;
  name: string;
  address: string;
  shared: boolean;
  /** Whose it is. */
  owner: string;
  mine: boolean;
  mayDelete: boolean;
};

/** An administrator may take away what everybody sees. What is not shared is its owner's alone. */
export const mayDelete = (view: { ownerId: string; shared: boolean }, actor: UserActor): boolean =>
  view.ownerId === actor.id || (view.shared && permits(actor.role, "view.manage"));

/** One's own views, then what others share, by name. */
export async function listViews(_input: unknown, { actor }: Call): Promise<Outcome<SavedView[]>> {
  const views = await db.savedView.findMany({
    where: { OR: [{ ownerId: actor.id }, { shared: true }] },
    include: { owner: { select: { name: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const seen = views.map(({ ownerId, owner, ...view }) => ({
    id: view.id,
    name: view.name,
    address: view.address,
    shared: view.shared,
    owner: owner.name,
    mine: ownerId === actor.id,
    mayDelete: mayDelete({ ownerId, shared: view.shared }, actor),
  }));
  return done([...seen.filter(({ mine }) => mine), ...seen.filter(({ mine }) => !mine)]);
}
