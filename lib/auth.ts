/** Sign-in with next-auth. Its cookie carries nothing but a session id; the session's row decides on every request. */
import type { NextAuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { webEnv } from "./env";
import { log } from "./log";
import type { UserActor } from "./services/actor";
import { openSession, revokeSession, userOfSession } from "./services/access/sessions";
import { signInByLink, signInByPassword } from "./services/access/sign-in";

const ABSOLUTE_SECONDS = 24 * 3600;
const secure = () => webEnv().REGENT_URL.startsWith("https:");
/** A cookie bound to this very host needs https; on plain http (loopback, a lab) the prefix would make browsers drop it. */
const cookieName = () => (secure() ? "__Host-regent.session" : "regent.session");

/** Next notes the client's address here, unless a proxy has. */
const placeOf = (request: { headers?: Record<string, unknown> | undefined }): string =>
  String(request.headers?.["x-forwarded-for"] ?? "")
    .split(",")[0]
    ?.trim()
    .slice(0, 64) ?? "";

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
      authorize: (typed, request) =>
        typed?.email && typed.password
          ? signInByPassword(typed.email.slice(0, 200), typed.password.slice(0, 1000), placeOf(request))
          : null,
    }),
    Credentials({
      id: "link",
      name: "One-time link",
      credentials: { token: {} },
      authorize: (typed) => (typed?.token ? signInByLink(typed.token.slice(0, 200)) : null),
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
  return openSession(userId);
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

/** For streams, which outlive the request: whether the session they were opened with still holds. */
export async function sessionCheck(): Promise<() => Promise<boolean>> {
  const sid = await readSessionId();
  return async () => sid !== null && (await userOfSession(sid, { touch: false })) !== null;
}
