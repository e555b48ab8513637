import { createHash, randomBytes } from "node:crypto";
import { db } from "../../db";
import { canonicalAddress } from "../../domain/list-address";
import { WALL_LINKS } from "../../messages/wall";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

export const MOST_LINKS = 100;

export const hashOfWallToken = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());

type Wanted = {
  name: string;
  viewId: string | null;
  address: string | null;
  /** From where; empty: from anywhere. */
  networks: string[];
  /** The token that a screen has made for itself and shows; null: it is made here. */
  screen: string | null;
};

export const newWallToken = (): string => randomBytes(32).toString("base64url");

/**
 * Makes a link for a saved view that the administrator sees, for an address, or for all nodes. The token is given once: only its hash is
 * kept. null: the screen has it.
 */
export async function makeWallLink(wanted: Wanted, { actor }: Call): Promise<Outcome<{ token: string | null }>> {
  const { name, viewId, networks, screen } = wanted;
  const view = viewId
    ? await db.savedView.findFirst({
        where: { id: viewId, OR: [{ ownerId: actor.id }, { shared: true }] },
        select: { name: true, address: true },
      })
    : null;
  if (viewId && !view) return WALL_LINKS.viewGone;
  const viewName = view?.name ?? (wanted.address === null ? null : WALL_LINKS.unsaved);
  const address = canonicalAddress(view?.address ?? wanted.address ?? "");
  const token = screen ?? newWallToken();
  return db.$transaction(async (tx) => {
    // One after the other, so that two administrators can not both pass the count.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('wall_link'))::text`;
    if ((await tx.wallLink.count({ where: { revokedAt: null } })) >= MOST_LINKS) return WALL_LINKS.tooMany(MOST_LINKS);
    const tokenHash = hashOfWallToken(token);
    if (await tx.wallLink.findUnique({ where: { tokenHash }, select: { id: true } })) return WALL_LINKS.screenTaken;
    const by = { madeById: actor.id, madeByName: actor.name };
    await tx.wallLink.create({ data: { name, tokenHash, viewName, address, networks, pairing: screen !== null, ...by } });
    const message = WALL_LINKS.madeEvent(actor.name, name, viewName ?? WALL_LINKS.allNodes, networks);
    await record(tx, { kind: "wall.made", message, actor });
    return done({ token: screen === null ? token : null });
  });
}
