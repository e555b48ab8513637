import { signIn } from "next-auth/react";

/** "code": the first step was right, and a second factor is asked for. */
type SignInAnswer = "in" | "refused" | "code" | "wrong-code" | "unreached";

/** Signs in and says what came of it; a full load follows, so that nothing of the signed-out pages is kept. */
export async function signInWith(provider: "password" | "link", credentials: Record<string, string>): Promise<SignInAnswer> {
  // Where nothing answers, the library leaves for an error page of the browser, and what was typed goes with this one.
  const alive = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  const answer = alive?.ok && (await signIn(provider, { ...credentials, redirect: false }).catch(() => null));
  if (!answer) return "unreached";
  if (answer.error === "code" || answer.error === "wrong-code") return answer.error;
  if (!answer.ok || answer.error) return "refused";
  location.assign("/nodes");
  return "in";
}
