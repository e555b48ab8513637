import { currentUser } from "@/lib/auth";
import { readPastDay } from "@/lib/services/metrics/past";

export const dynamic = "force-dynamic";

/** The last day of the whole region in steps of five minutes: see lib/domain/past.ts. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  return Response.json(await readPastDay(Date.now() / 1000), { headers: { "cache-control": "no-store" } });
}
