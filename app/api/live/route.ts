import { currentUser, sessionCheck } from "@/lib/auth";
import { liveHub } from "@/lib/live";
import { buildId } from "@/lib/services/about";

export const dynamic = "force-dynamic";

const BEAT_MS = 5000;
/** Messages that may wait for one browser. */
const UNREAD_MAX = 64;

/** A page that was drawn for one user gets no stream when another has signed in to the same browser since. */
async function mayListen({ url }: Request): Promise<boolean> {
  const drawnFor = new URL(url).searchParams.get("user");
  const user = await currentUser();
  return user !== null && (drawnFor === null || drawnFor === user.id);
}

const signedOut = () => new Response("You are signed out.", { status: 401 });

/** Whether a stream would be given: why one was not, a browser's EventSource does not say. */
export async function HEAD(request: Request): Promise<Response> {
  return (await mayListen(request)) ? new Response(null, { status: 204 }) : signedOut();
}

/** One stream per browser: patches of nodes and operations, a beat that proves it is alive, and its end when the session ends. */
export async function GET(request: Request): Promise<Response> {
  if (!(await mayListen(request))) return signedOut();
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
        // A database that is away is no reason to sign anybody out; but nothing that is shown is known to be true then.
        const said = await stillSignedIn().then(
          (signedIn) => (signedIn ? "beat" : "signed-out"),
          () => "interrupted",
        );
        if (!open) return;
        send(said, String(Date.now()));
        if (said === "signed-out") stop();
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
      send("build", buildId());
      // What changed between the page's own reading and this moment was told to nobody.
      send("resync", "{}");
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
