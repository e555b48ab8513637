import { db } from "../../db";
import { WALL_LINKS } from "../../messages/wall";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

/** Says anew from where a link may be opened; empty: from anywhere. Screens that are elsewhere go dark as those of a revoked link do. */
export async function moveWallLink({ linkId, networks }: { linkId: string; networks: string[] }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ name: string }[]>`
      UPDATE wall_link SET networks = ${networks}::text[] WHERE id = ${linkId}::uuid AND revoked_at IS NULL RETURNING name`;
    if (!rows[0]) return WALL_LINKS.linkGone;
    await record(tx, { kind: "wall.moved", message: WALL_LINKS.movedEvent(actor.name, rows[0].name, networks), actor });
    return done(undefined);
  });
}
