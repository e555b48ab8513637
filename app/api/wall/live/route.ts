import { clientAddress } from "@/lib/client-address";
import { WALL_REFUSALS } from "@/lib/messages/wall";
import type { Refusal } from "@/lib/outcome";
import { buildId } from "@/lib/services/about";
import { eventStream } from "@/lib/event-stream";
import { openWall } from "@/lib/services/wall/open";
import { MOST_SCREENS, wallHub } from "@/lib/wall";

export const dynamic = "force-dynamic";

const STATUS: Record<string, number> = { "wall-revoked": 410, "wall-elsewhere": 403, "too-many": 429, "wall-crowded": 429 };

const refused = ({ code, reason, hint }: Refusal): Response =>
  Response.json({ code, reason, hint }, { status: STATUS[code] ?? 401, headers: { "cache-control": "no-store" } });

/**
 * The stream of one screen. The token comes in a header and is asked for with each request, together with from where it comes: nothing is
 * kept in the browser that could open another door, no cookie and no session.
 */
export async function GET(request: Request): Promise<Response> {
  const token = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const from = clientAddress();
  const opened = await openWall(token, from);
  if (!opened.ok) return refused(opened);
  if (!wallHub().hasRoom(opened.value)) return refused(WALL_REFUSALS.crowded(MOST_SCREENS));
  return eventStream(request, ({ send, close }) => {
    if (opened.value.token) send("token", JSON.stringify({ token: opened.value.token }));
    send("build", JSON.stringify({ build: buildId() }));
    send("beat", JSON.stringify({ at: Date.now() }));
    return wallHub().add(opened.value, { from, send, close });
  });
}
