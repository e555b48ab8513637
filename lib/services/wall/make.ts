import { createHash, randomBytes } from "node:crypto";
import { db } from "../../db";
import { canonicalAddress } from "../../domain/list-address";
import { WALL_LINKS } from "../../messages/wall";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

export const MOST_LINKS = 100;

export const hashOfWallToken = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());

/** Makes a link for a view that the administrator sees; null is all nodes. The token is given once: only its hash is kept. */
export async function makeWallLink(
  { name, viewId }: { name: string; viewId: string | null },
  { actor }: Call,
): Promise<Outcome<{ token: string }>> {
  const view = viewId
    ? await db.savedView.findFirst({
        where: { id: viewId, OR: [{ ownerId: actor.id }, { shared: true }] },
        select: { name: true, address: true },
      })
    : null;
  if (viewId && !view) return WALL_LINKS.viewGone;
  const token = randomBytes(32).toString("base64url");
  return db.$transaction(async (tx) => {
    // One after the other, so that two administrators can not both pass the count.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('wall_link'))::text`;
    if ((await tx.wallLink.count({ where: { revokedAt: null } })) >= MOST_LINKS) return WALL_LINKS.tooMany(MOST_LINKS);
    await tx.wallLink.create({
      data: {
        name,
        tokenHash: hashOfWallToken(token),
        viewName: view?.name ?? null,
        address: canonicalAddress(view?.address ?? ""),
        madeById: actor.id,
        madeByName: actor.name,
      },
    });
    await record(tx, { kind: "wall.made", message: WALL_LINKS.madeEvent(actor.name, name, view?.name ?? WALL_LINKS.allNodes), actor });
    return done({ token });
  });
}
