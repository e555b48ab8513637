/** What a first start needs before anybody can sign in. Run once by the launcher; says how to get in. */
import { db } from "../db";
import { makeLink } from "../services/access/links";
import { lockRegion } from "../services/region";
import { fillHour } from "./demo-history";
import { fillDemoRegion } from "./provision-demo";

export type WayIn = { signIn?: string; setUp?: string };

/**
 * Without a user: an administrator of the demo region with a sign-in link, or a set-up link for the first administrator.
 * With users none of whom could sign in (no password was ever set), a new link. Otherwise nothing.
 */
export async function provision({ demo }: { demo: boolean }): Promise<WayIn> {
  if (demo && (await fillDemoRegion())) await fillHour(Date.now() / 1000);
  return db.$transaction(async (tx) => {
    await lockRegion(tx);
    const administrator = await tx.user.findFirst({ where: { role: "admin", disabledAt: null }, orderBy: { createdAt: "asc" } });
    if (administrator) {
      const someoneHasPassword = await tx.user.count({ where: { role: "admin", disabledAt: null, passwordHash: { not: null } } });
      return someoneHasPassword ? {} : { signIn: `/login/link#${(await makeLink(tx, administrator.id)).token}` };
    }
    if (!demo) return { setUp: `/login/set-up#${(await makeLink(tx, null)).token}` };
    const created = await tx.user.create({ data: { name: "Demo admin", email: "admin@demo.invalid", role: "admin" } });
    return { signIn: `/login/link#${(await makeLink(tx, created.id)).token}` };
  });
}
