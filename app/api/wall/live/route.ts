import { buildId } from "@/lib/services/about";
import { openWall } from "@/lib/services/wall/open";
import { wallHub } from "@/lib/wall";

export const dynamic = "force-dynamic";

/** Messages that may wait for one screen. */
const UNREAD_MAX = 64;
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
  const link = opened.value;
  const text = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true;
      const send = (event: string, data: string) => {
        if (!open) return;
        // A screen that does not read is let go; when it comes back, it is shown the view afresh.
        if ((controller.desiredSize ?? 0) < -UNREAD_MAX) return stop();
        controller.enqueue(text.encode(`event: ${event}\ndata: ${data}\n\n`));
      };
      let remove = () => {};
      stop = () => {
        if (!open) return;
        open = false;
        remove();
        controller.close();
      };
      send("build", JSON.stringify({ build: buildId() }));
      send("beat", JSON.stringify({ at: Date.now() }));
      remove = wallHub().add(link, { send, close: () => stop() });
      if (!open) remove();
    },
    cancel: () => stop(),
  });
  request.signal.addEventListener("abort", () => stop());
  // A connection that is kept for another request, when its stream has ended, keeps a server that stops waiting for seconds.
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      connection: "close",
    },
  });
}
