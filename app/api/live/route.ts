import { currentUser, sessionCheck } from "@/lib/auth";
import { eventStream } from "@/lib/event-stream";
import { liveHub } from "@/lib/live";
import { buildId } from "@/lib/services/about";

export const dynamic = "force-dynamic";

const BEAT_MS = 5000;

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

/** One stream per browser: patches of nodes and operations, a beat that proves it is alive, and its end when the session ends or its user has another role. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user || !(await mayListen(request))) return signedOut();
  const roleNow = await sessionCheck();
  return eventStream(request, ({ send, close }) => {
    let ended = false;
    const pulse = async () => {
      // A database that is away is no reason to sign anybody out; but nothing that is shown is known to be true then.
      const said = await roleNow().then(
        (role) => (role === null ? "signed-out" : role === user.role ? "beat" : "role"),
        () => "interrupted",
      );
      if (ended) return;
      send(said, String(Date.now()));
      if (said === "signed-out" || said === "role") close();
    };
    const remove = liveHub().add({ send, close, user: { id: user.id, ask: () => void pulse() } });
    const beat = setInterval(() => void pulse(), BEAT_MS);
    send("build", buildId()); // first: a page of another build takes nothing else
    send("beat", String(Date.now()));
    // What changed between the page's own reading and this moment was told to nobody.
    send("resync", "{}");
    return () => {
      ended = true;
      clearInterval(beat);
      remove();
    };
  });
}
