/** Sign-in with next-auth. Its cookie carries nothing but a session id; the session's row decides on every request. */
import type { NextAuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { clientAddress } from "./client-address";
import type { UserRole } from "./domain/permissions";
import { webEnv } from "./env";
import { log, reportFault } from "./log";
import type { UserActor } from "./services/actor";
import { roleOfSession } from "./services/access/session-roles";
import { openSession, revokeSession, userOfSession, type Client } from "./services/access/sessions";
import { signInByLink, signInByPassword } from "./services/access/sign-in";

const ABSOLUTE_SECONDS = 24 * 3600;
const secure = () => webEnv().REGENT_URL.startsWith("https:");
/** A cookie bound to this very host needs https; on plain http (loopback, a lab) the prefix would make browsers drop it. */
const cookieName = () => (secure() ? "__Host-regent.session" : "regent.session");

/** Where the request came from; what a browser calls itself is one line. */
export async function clientOf(): Promise<Client> {
  return {
    address: clientAddress(),
    browser: ((await headers()).get("user-agent") ?? "").replace(/[^ -~]/g, "").slice(0, 300),
  };
}

/** The browser asks for the code when it reads one of these words; next-auth has no other way to say more than "no". */
async function signedIn(answered: ReturnType<typeof signInByPassword>) {
  const answer = await answered.catch((error: unknown) => {
    // next-auth would tell the fault's own words, and those may hold what was typed.
    reportFault(error, { door: "sign-in" });
    return null;
  });
  if (answer === "code" || answer === "wrong-code") throw new Error(answer);
  return answer;
}

const codeOf = (typed: { code?: string } | undefined): string | undefined => typed?.code?.slice(0, 100) || undefined;

export const authOptions = (): NextAuthOptions => ({
  secret: webEnv().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: ABSOLUTE_SECONDS },
  pages: { signIn: "/login", error: "/login" },
  cookies: { sessionToken: { name: cookieName(), options: { httpOnly: true, sameSite: "strict", path: "/", secure: secure() } } },
  providers: [
    Credentials({
      id: "password",
      name: "Password",
      credentials: { email: {}, password: {}, code: {} },
      authorize: (typed) =>
        typed?.email && typed.password
          ? signedIn(signInByPassword(typed.email.slice(0, 200), typed.password.slice(0, 1000), clientAddress(), codeOf(typed)))
          : null,
    }),
    Credentials({
      id: "link",
      name: "One-time link",
      credentials: { token: {}, code: {} },
      authorize: async (typed) =>
        typed?.token ? signedIn(signInByLink(typed.token.slice(0, 200), (await clientOf()).address, codeOf(typed))) : null,
    }),
  ],
  callbacks: {
    jwt: async ({ token, user }) => (user ? { sid: await replaceSession(user.id) } : token),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sid === "string") await revokeSession(token.sid);
    },
  },
  // The code only: what stands behind it may hold what was typed.
  logger: { error: (code) => log.warn({ code }, "sign-in"), warn: () => undefined, debug: () => undefined },
});

/** A new sign-in ends the session that this browser had before. */
async function replaceSession(userId: string): Promise<string> {
  const before = await readSessionId();
  if (before) await revokeSession(before);
  return openSession(userId, await clientOf());
}

/** The hash of the session's id binds to this session what only it may use, e.g. a challenge. */
export type SignedInUser = UserActor & { email: string; sessionHash: Uint8Array<ArrayBuffer> };

async function readSessionId(): Promise<string | null> {
  const token = (await cookies()).get(cookieName())?.value;
  if (!token) return null;
  const claims = await decode({ token, secret: webEnv().NEXTAUTH_SECRET }).catch(() => null);
  return typeof claims?.sid === "string" ? claims.sid : null;
}

/** The signed-in user by the session's row, once per request; null without one. */
export const currentUser = cache(async (): Promise<SignedInUser | null> => {
  const sid = await readSessionId();
  return sid ? userOfSession(sid) : null;
});

/**
 * The signed-in user, or the way to the sign-in page. First line of every page and layout that shows anything: Next draws a layout
 * and its page side by side, so that a check in the layout alone keeps nothing back.
 */
export async function requireUser(): Promise<SignedInUser> {
  return (await currentUser()) ?? redirect("/login");
}

/** For streams, which outlive the request: the role that the session they were opened with has now; null when it does not hold any more. */
export async function sessionCheck(): Promise<() => Promise<UserRole | null>> {
  const sid = await readSessionId();
  return async () => (sid === null ? null : roleOfSession(sid));
}
