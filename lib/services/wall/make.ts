import { createHash, randomBytes } from "node:crypto";
import { db } from "../../db";
import { canonicalAddress } from "../../domain/list-address";
import { WALL_LINKS } from "../../messages/wall";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

export const MOST_LINKS = 100;

export const hashOfWallToken = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());

type Wanted = { name: string; viewId: string | null; address: string | null };

/** Makes a link for a saved view that the administrator sees, for an address, or for all nodes. The token is given once: only its hash is kept. */
export async function makeWallLink({ name, viewId, address }: Wanted, { actor }: Call): Promise<Outcome<{ token: string }>> {
  const view = viewId
    ? await db.savedView.findFirst({
        where: { id: viewId, OR: [{ ownerId: actor.id }, { shared: true }] },
        select: { name: true, address: true },
      })
    : null;
  if (viewId && !view) return WALL_LINKS.viewGone;
  const viewName = view?.name ?? (address === null ? null : WALL_LINKS.unsaved);
  const token = randomBytes(32).toString("base64url");
  return db.$transaction(async (tx) => {
    // One after the other, so that two administrators can not both pass the count.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('wall_link'))::text`;
    if ((await tx.wallLink.count({ where: { revokedAt: null } })) >= MOST_LINKS) return WALL_LINKS.tooMany(MOST_LINKS);
    await tx.wallLink.create({
      data: {
        name,
        tokenHash: hashOfWallToken(token),
        viewName,
        address: canonicalAddress(view?.address ?? address ?? ""),
        madeById: actor.id,
        madeByName: actor.name,
      },
    });
    await record(tx, { kind: "wall.made", message: WALL_LINKS.madeEvent(actor.name, name, viewName ?? WALL_LINKS.allNodes), actor });
    return done({ token });
  });
}
