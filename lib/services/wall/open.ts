import { db } from "../../db";
import { isWithin } from "../../domain/networks";
import type { WallLink as WallLinkRow } from "../../generated/prisma/client";
import { WALL_REFUSALS } from "../../messages/wall";
import { done, type Outcome } from "../../outcome";
import { takeToken } from "../access/rate";
import { hashOfWallToken, newWallToken } from "./make";

/** What a screen may show: `address` is the list's query string. `token`: the one that opens it from now on, where it is another. */
export type WallLink = { id: string; address: string; token?: string };

const WINDOW_SECONDS = 60;
/** Wrong links from one address, and from anywhere. A token can not be guessed: this is for what the trying costs. */
const FROM_ONE_PLACE = 20;
const ALTOGETHER = 300;

/**
 * The link of a token. Only wrong ones are counted, so that a screen with an old link does not darken the others of its network.
 * `from` is the client's address as far as it is known.
 */
export async function openWall(token: string, from: string): Promise<Outcome<WallLink>> {
  const link = token.length <= TOKEN_LENGTH ? await db.wallLink.findUnique({ where: { tokenHash: hashOfWallToken(token) } }) : null;
  if (link && !link.revokedAt) {
    if (!mayBeShown(link, from)) return WALL_REFUSALS.elsewhere(from);
    return link.pairing ? firstOpened(link) : done({ id: link.id, address: link.address });
  }
  const counted =
    (await takeToken("wall", ALTOGETHER, WINDOW_SECONDS)) && (await takeToken(`wall:${from}`, FROM_ONE_PLACE, WINDOW_SECONDS));
  if (!counted) return WALL_REFUSALS.tooMany;
  return link ? WALL_REFUSALS.revoked : WALL_REFUSALS.unknown;
}
const TOKEN_LENGTH = 100;

/** What stood on a screen to be scanned opens once, and brings what opens afterwards. */
async function firstOpened({ id, address, tokenHash }: WallLinkRow): Promise<Outcome<WallLink>> {
  const token = newWallToken();
  const renewed = { tokenHash: hashOfWallToken(token), pairing: false };
  const { count } = await db.wallLink.updateMany({ where: { id, tokenHash, pairing: true }, data: renewed });
  return count ? done({ id, address, token }) : WALL_REFUSALS.unknown;
}

const mayBeShown = ({ networks }: { networks: readonly string[] }, from: string): boolean => !networks.length || isWithin(networks, from);

/** Which of these links still hold, each with the answer to from where. Those that do were seen just now; a row is touched at most once a minute. */
export async function holdingWallLinks(ids: readonly string[]): Promise<Map<string, (from: string) => boolean>> {
  const links = await db.wallLink.findMany({ where: { id: { in: [...ids] }, revokedAt: null }, select: { id: true, networks: true } });
  const holding = links.map(({ id }) => id);
  await db.$executeRaw`
    UPDATE wall_link SET last_seen_at = now()
    WHERE id = ANY(${holding}::uuid[]) AND (last_seen_at IS NULL OR last_seen_at < now() - interval '1 minute')`;
  return new Map(links.map((link) => [link.id, (from: string) => mayBeShown(link, from)]));
}
