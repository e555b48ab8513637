import { db } from "../../db";
import { canonicalAddress } from "../../domain/list-address";
import { permissionRefusal, permits } from "../../domain/permissions";
import { VIEWS } from "../../messages/views";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

export type NewView = { name: string; address: string; shared: boolean };

export const MOST_VIEWS = 50;

/** Keeps what the list shows under a name. What is stored is the list's own text for the address, never what was sent. */
export async function saveView({ name, address, shared }: NewView, { actor }: Call): Promise<Outcome<{ id: string }>> {
  if (shared && !permits(actor.role, "view.share")) return permissionRefusal("view.share");
  return db.$transaction(async (tx) => {
    // The owner's row is locked, so that two tabs can not both pass the two questions.
    await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${actor.id}::uuid FOR UPDATE`;
    const own = { ownerId: actor.id };
    // As the unique index compares; Prisma's insensitive `equals` takes % and _ for patterns.
    const taken = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM saved_view WHERE owner_id = ${actor.id}::uuid AND lower(name) = lower(${name})`;
    if (taken.length) return VIEWS.nameTaken(name);
    if ((await tx.savedView.count({ where: own })) >= MOST_VIEWS) return VIEWS.tooMany(MOST_VIEWS);
    const { id } = await tx.savedView.create({ data: { ...own, name, address: canonicalAddress(address), shared } });
    if (shared) await record(tx, { kind: "view.shared", message: VIEWS.sharedEvent(actor.name, name), actor });
    return done({ id });
  });
}
