import { buildId } from "@/lib/services/about";
import { eventStream } from "@/lib/event-stream";
import { openWall } from "@/lib/services/wall/open";
import { wallHub } from "@/lib/wall";

export const dynamic = "force-dynamic";

const STATUS: Record<string, number> = { "wall-revoked": 410, "too-many": 429 };

const placeOf = ({ headers }: Request): string => (headers.get("x-forwarded-for") ?? "").split(",")[0]?.trim().slice(0, 64) ?? "";

/**
 * The stream of one screen. The token comes in a header and is asked for with each request: nothing is kept in the browser that could
 * open another door, no cookie and no session.
 */
export async function GET(request: Request): Promise<Response> {
  const token = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const opened = await openWall(token, placeOf(request));
  if (!opened.ok) {
    const { code, reason, hint } = opened;
    return Response.json({ code, reason, hint }, { status: STATUS[code] ?? 401, headers: { "cache-control": "no-store" } });
  }
  return eventStream(request, ({ send, close }) => {
    send("build", JSON.stringify({ build: buildId() }));
    send("beat", JSON.stringify({ at: Date.now() }));
    return wallHub().add(opened.value, { send, close });
  });
}
