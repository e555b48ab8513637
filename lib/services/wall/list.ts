import { db } from "../../db";

/** Times are ISO 8601. */
export type WallLinkRow = {
  id: string;
  name: string;
  viewName: string | null;
  /** From where it may be opened; empty: from anywhere. */
  networks: string[];
  madeBy: string;
  createdAt: string;
  lastSeenAt: string | null;
};

/** The links that hold, the newest first. */
export async function wallLinks(): Promise<WallLinkRow[]> {
  const links = await db.wallLink.findMany({ where: { revokedAt: null }, orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  return links.map(({ id, name, viewName, networks, madeByName, createdAt, lastSeenAt }) => ({
    id,
    name,
    viewName,
    networks,
    madeBy: madeByName,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  }));
}
