import { db } from "../../db";
import { record } from "../events/record";
import { passwordMatches } from "./passwords";
import { takeToken } from "./rate";
import { takeLink } from "./links";

type SignedIn = { id: string; name: string; email: string };

const WINDOW_SECONDS = 5 * 60;
/** Guesses from one address at one account. */
const FROM_ONE_PLACE = 10;
/** Guesses at one account from anywhere: enough that nobody is locked out by a stranger's ten typos. */
const AT_ONE_ACCOUNT = 200;
/** What a flood may cost in hashes altogether. */
const ALTOGETHER = 2000;

/**
 * The user of this e-mail address and password, or null. Unknown, disabled and wrong look and last the same. `from` is the client's
 * address as far as it is known; a client that lies about it still meets the limits per account and altogether.
 */
export async function signInByPassword(email: string, password: string, from: string): Promise<SignedIn | null> {
  const account = email.trim().toLowerCase();
  if (!(await takeToken("sign-in", ALTOGETHER, WINDOW_SECONDS))) return null;
  if (!(await takeToken(`sign-in:${from}:${account}`, FROM_ONE_PLACE, WINDOW_SECONDS))) return null;
  if (!(await takeToken(`sign-in:${account}`, AT_ONE_ACCOUNT, WINDOW_SECONDS))) return null;
  const user = await db.user.findUnique({ where: { email: account } });
  const matches = await passwordMatches(user?.passwordHash ?? null, password);
  if (!user || !matches || user.disabledAt) return null;
  await recordSignIn(user, "password");
  return user;
}

/** The user of a one-time link, which is used up by this. Not limited: its token can not be guessed. */
export async function signInByLink(token: string): Promise<SignedIn | null> {
  const userId = await takeLink(token, "sign-in");
  const user = userId ? await db.user.findUnique({ where: { id: userId } }) : null;
  if (!user || user.disabledAt) return null;
  await recordSignIn(user, "one-time link");
  return user;
}

async function recordSignIn(user: SignedIn & { role: "viewer" | "operator" | "admin" }, by: string): Promise<void> {
  await db.$transaction((tx) =>
    record(tx, {
      kind: "access.signed-in",
      message: `${user.name} signed in by ${by}.`,
      actor: { kind: "user", id: user.id, name: user.name, role: user.role },
    }),
  );
}
