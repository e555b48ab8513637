import { currentUser } from "@/lib/auth";
import { searchNodes } from "@/lib/services/nodes/search";

export const dynamic = "force-dynamic";

const TYPED_MAX = 100;

/** The nodes that a text names, the best first: what the command palette offers on every page. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const typed = (new URL(request.url).searchParams.get("q") ?? "").replaceAll("\0", "").slice(0, TYPED_MAX);
  return Response.json({ nodes: await searchNodes(typed) }, { headers: { "cache-control": "no-store" } });
}
