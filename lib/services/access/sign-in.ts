import { db } from "../../db";
import { record } from "../events/record";
import { passwordMatches } from "./passwords";
import { takeToken } from "./rate";
import { takeLink } from "./links";

type SignedIn = { id: string; name: string; email: string };

const ATTEMPTS_PER_ACCOUNT = 10;
const ATTEMPTS_ALTOGETHER = 100;
const WINDOW_SECONDS = 5 * 60;

/** The user of this e-mail address and password, or null. Unknown, disabled and wrong look and last the same. */
export async function signInByPassword(email: string, password: string): Promise<SignedIn | null> {
  const account = email.trim().toLowerCase();
  if (!(await takeToken(`sign-in:${account}`, ATTEMPTS_PER_ACCOUNT, WINDOW_SECONDS))) return null;
  if (!(await takeToken("sign-in", ATTEMPTS_ALTOGETHER, WINDOW_SECONDS))) return null;
  const user = await db.user.findUnique({ where: { email: account } });
  const matches = await passwordMatches(user?.passwordHash ?? null, password);
  if (!user || !matches || user.disabledAt) return null;
  await recordSignIn(user, "password");
  return user;
}

/** The user of a one-time link, which is used up by this. */
export async function signInByLink(token: string): Promise<SignedIn | null> {
  if (!(await takeToken("sign-in", ATTEMPTS_ALTOGETHER, WINDOW_SECONDS))) return null;
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
