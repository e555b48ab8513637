import { db } from "../../db";
import { USER_EVENTS } from "../../messages/users";
import { record } from "../events/record";
import { SYSTEM } from "../actor";
import { passwordMatches } from "./passwords";
import { takeToken } from "./rate";
import { readLink, takeLink } from "./links";
import { hasFactor, takeCode } from "./second-factor";

type SignedIn = { id: string; name: string; email: string };
type Known = SignedIn & { role: "viewer" | "operator" | "admin" };
/** The first step was right: a code is asked for, or the one that was given is not. */
type CodeAsked = "code" | "wrong-code";

const WINDOW_SECONDS = 5 * 60;
/** Guesses from one address at one account. */
const FROM_ONE_PLACE = 10;
/** Guesses at one account from anywhere: enough that nobody is locked out by a stranger's ten typos. */
const AT_ONE_ACCOUNT = 200;
/** What a flood may cost in hashes altogether. */
const ALTOGETHER = 2000;
const EVENTS_OF_CODES = 5;

/**
 * The user of this e-mail address and password, or null. Unknown, disabled and wrong look and last the same. `from` is the client's
 * address as far as it is known; who has many addresses still meets the limits per account and altogether. Whoever has a second factor
 * gives its code as well.
 */
export async function signInByPassword(email: string, password: string, from: string, code?: string): Promise<SignedIn | CodeAsked | null> {
  const account = email.trim().toLowerCase();
  if (!(await takeToken("sign-in", ALTOGETHER, WINDOW_SECONDS))) return null;
  if (!(await takeToken(`sign-in:${from}:${account}`, FROM_ONE_PLACE, WINDOW_SECONDS))) return null;
  if (!(await takeToken(`sign-in:${account}`, AT_ONE_ACCOUNT, WINDOW_SECONDS))) return null;
  const user = await db.user.findUnique({ where: { email: account } });
  const matches = await passwordMatches(user?.passwordHash ?? null, password);
  if (!user || !matches || user.disabledAt) return null;
  return signInWithCode(user, "password", from, code);
}

/** The user of a one-time link, which is used up by this. Not limited: its token can not be guessed. */
export async function signInByLink(token: string, from = "", code?: string): Promise<SignedIn | CodeAsked | null> {
  const userId = await readLink(token, "sign-in");
  const user = userId ? await db.user.findUnique({ where: { id: userId } }) : null;
  if (!user || user.disabledAt) return null;
  // A question about the code leaves the link as it is.
  return signInWithCode(user, "one-time link", from, code, async () => (await takeLink(token, "sign-in")) !== null);
}

async function signInWithCode(
  user: Known,
  by: string,
  from: string,
  code: string | undefined,
  first: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<SignedIn | CodeAsked | null> {
  const asked = await hasFactor(user.id);
  if (asked && !code) return "code";
  if (asked && code && (await takeCode(user.id, code)) !== "right") {
    await recordRefusedCode(user, by, from);
    return "wrong-code";
  }
  if (!(await first())) return null;
  await recordSignIn(user, asked ? `${by} and code` : by, from);
  return user;
}

/** Whoever tries knows the password or has the link: that is worth a line, but a flood of attempts must not fill the log. */
async function recordRefusedCode(user: Known, by: string, from: string): Promise<void> {
  if (!(await takeToken(`code-event:${user.id}`, EVENTS_OF_CODES, WINDOW_SECONDS))) return;
  await db.$transaction((tx) =>
    record(tx, {
      kind: "access.code-refused",
      severity: "warning",
      message: USER_EVENTS.codeRefused(user.name, by),
      actor: SYSTEM,
      details: { user: user.id, from },
    }),
  );
}

async function recordSignIn(user: Known, by: string, from: string): Promise<void> {
  await db.$transaction((tx) =>
    record(tx, {
      kind: "access.signed-in",
      message: `${user.name} signed in by ${by}.`,
      actor: { kind: "user", id: user.id, name: user.name, role: user.role },
      details: from ? { from } : {},
    }),
  );
}
