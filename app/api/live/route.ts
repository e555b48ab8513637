import { currentUser, sessionCheck } from "@/lib/auth";
import { liveHub } from "@/lib/live";

export const dynamic = "force-dynamic";

const BEAT_MS = 15_000;
/** Messages that may wait for one browser. */
const UNREAD_MAX = 64;

/** One stream per browser: patches of nodes and operations, a beat that proves it is alive, and its end when the session ends. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentUser())) return new Response("You are signed out.", { status: 401 });
  const stillSignedIn = await sessionCheck();
  const text = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: string, data: string) => {
        // A browser that does not read is let go; when it comes back, it reads afresh.
        if ((controller.desiredSize ?? 0) < -UNREAD_MAX) return stop();
        controller.enqueue(
          text.encode(`event: ${event}
data: ${data}

`),
        );
      };
      const remove = liveHub().add({ send, close: () => stop() });
      let open = true;
      const pulse = async () => {
        // A database that is away is no reason to sign anybody out; the stream itself tells that it is.
        const signedIn = await stillSignedIn().catch(() => true);
        if (!open) return;
        send(signedIn ? "beat" : "signed-out", String(Date.now()));
        if (!signedIn) stop();
      };
      const beat = setInterval(() => void pulse(), BEAT_MS);
      stop = () => {
        if (!open) return;
        open = false;
        clearInterval(beat);
        remove();
        controller.close();
      };
      send("beat", String(Date.now()));
      // What changed between the page's own reading and this moment was told to nobody.
      send("resync", "{}");
    },
    cancel: () => stop(),
  });
  request.signal.addEventListener("abort", () => stop());
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" },
  });
}
