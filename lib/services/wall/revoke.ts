import { db } from "../../db";
import { WALL_LINKS } from "../../messages/wall";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

/** Ends a link for good. Its event wakes every web process, which then looks again at the links of its open screens: see lib/wall.ts. */
export async function revokeWallLink({ linkId }: { linkId: string }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ name: string }[]>`
      UPDATE wall_link SET revoked_at = now() WHERE id = ${linkId}::uuid AND revoked_at IS NULL RETURNING name`;
    if (!rows[0]) return WALL_LINKS.linkGone;
    await record(tx, { kind: "wall.revoked", message: WALL_LINKS.revokedEvent(actor.name, rows[0].name), actor });
    return done(undefined);
  });
}
