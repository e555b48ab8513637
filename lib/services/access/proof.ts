import { db } from "../../db";
import { ACCOUNT } from "../../messages/account";
import { done, type Outcome } from "../../outcome";
import { passwordMatches } from "./passwords";
import { takeToken } from "./rate";

const WINDOW_SECONDS = 5 * 60;
const TRIES = 10;

/** Whether who is signed in knows the password, too. Somebody who has none, and came by the first link, proves it by the session. */
export async function passwordProved(userId: string, password: string): Promise<Outcome> {
  if (!(await takeToken(`proof:${userId}`, TRIES, WINDOW_SECONDS))) return ACCOUNT.tooMany;
  const user = await db.user.findUnique({ where: { id: userId } });
  if (user && user.passwordHash === null) return done(undefined);
  return (await passwordMatches(user?.passwordHash ?? null, password)) ? done(undefined) : ACCOUNT.wrongPassword;
}
