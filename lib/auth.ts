/** Sign-in with next-auth. Its cookie carries nothing but a session id; the session's row decides on every request. */
import type { NextAuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { cookies } from "next/headers";
import { cache } from "react";
import { webEnv } from "./env";
import type { UserActor } from "./services/actor";
import { openSession, revokeSession, userOfSession } from "./services/access/sessions";
import { signInByLink, signInByPassword } from "./services/access/sign-in";

const ABSOLUTE_SECONDS = 24 * 3600;
const secure = () => webEnv().REGENT_URL.startsWith("https:");
/** A cookie bound to this very host needs https; on plain http (loopback, a lab) the prefix would make browsers drop it. */
const cookieName = () => (secure() ? "__Host-regent.session" : "regent.session");

export const authOptions = (): NextAuthOptions => ({
  secret: webEnv().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: ABSOLUTE_SECONDS },
  pages: { signIn: "/login", error: "/login" },
  cookies: { sessionToken: { name: cookieName(), options: { httpOnly: true, sameSite: "strict", path: "/", secure: secure() } } },
  providers: [
    Credentials({
      id: "password",
      name: "Password",
      credentials: { email: {}, password: {} },
      authorize: (typed) =>
        typed?.email && typed.password ? signInByPassword(typed.email.slice(0, 200), typed.password.slice(0, 1000)) : null,
    }),
    Credentials({
      id: "link",
      name: "One-time link",
      credentials: { token: {} },
      authorize: (typed) => (typed?.token ? signInByLink(typed.token.slice(0, 200)) : null),
    }),
  ],
  callbacks: {
    jwt: async ({ token, user }) => (user ? { sid: await openSession(user.id) } : token),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sid === "string") await revokeSession(token.sid);
    },
  },
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
});

export type SignedInUser = UserActor & { email: string };

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

/** For streams, which outlive the request: whether the session they were opened with still holds. */
export async function sessionCheck(): Promise<() => Promise<boolean>> {
  const sid = await readSessionId();
  return async () => sid !== null && (await userOfSession(sid)) !== null;
}
