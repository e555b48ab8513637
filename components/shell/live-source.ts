import { openStream, type Signal } from "./live-stream";

/** What tabs say to each other, besides handing on what the leader hears. */
type Told = Signal | { type: "hello" } | { type: "here"; state: Signal | null; build: Signal | null };

/** A tab that is looked at asks its leader this often; a frozen leader loses the stream after two questions without an answer. */
const ASK_MS = 1500;
const UNANSWERED_MAX = 2;
/** Several tabs may be looked at, side by side: they do not all take the stream in the same moment. */
const APART_MS = 1500;

/**
 * The live signals for one tab. All tabs of one user in one browser share one connection: six streams fill what a browser opens
 * to a plain HTTP server, and the seventh tab would never load. The tab that holds the lock has the stream and repeats what it
 * hears; the lock falls to the next when it closes. Names hold the user, so that nobody hears another one's stream; browsers add
 * the origin. Where a browser has no locks (an address without https) each tab has a stream of its own.
 */
export const openLive = (userId: string, emit: (signal: Signal) => void): (() => void) =>
  "locks" in navigator && "BroadcastChannel" in window ? share(userId, emit) : openStream(userId, emit);

function share(userId: string, emit: (signal: Signal) => void): () => void {
  const name = `regent-live:${userId}`;
  const channel = new BroadcastChannel(name);
  let waiting = new AbortController();
  let competing = false;
  let stopped = false;
  /** Lets go of the stream; null while another tab has it. */
  let letGo: (() => void) | null = null;
  let state: Signal | null = null;
  let build: Signal | null = null;
  let joined = false;
  let unanswered = 0;

  const post = (told: Told) => channel.postMessage(told);

  const take = (signal: Signal) => {
    if (signal.type === "live" || signal.type === "interrupted" || signal.type === "signed-out") state = signal;
    if (signal.type === "build") build = signal;
    emit(signal);
  };

  const lead = () =>
    new Promise<void>((release) => {
      if (stopped) return release();
      joined = true;
      const close = openStream(userId, (signal) => {
        post(signal);
        take(signal);
        // Whoever signs in again must find the lock free.
        if (signal.type === "signed-out") letGo?.();
      });
      letGo = () => {
        letGo = null;
        competing = false;
        close();
        release();
      };
    });

  /** Waits for the lock, or takes it from a leader that does not answer. */
  const compete = (steal = false) => {
    waiting.abort();
    const { signal } = (waiting = new AbortController());
    competing = true;
    navigator.locks.request(name, steal ? { steal } : { signal }, lead).catch(() => {
      if (signal.aborted) return;
      // Another tab took it for frozen, and has the stream now.
      letGo?.();
      compete();
    });
  };

  const takeOver = () => {
    unanswered = 0;
    compete(true);
  };

  const ask = () => {
    if (letGo || document.hidden || !competing) return;
    if (unanswered === UNANSWERED_MAX)
      setTimeout(() => unanswered > UNANSWERED_MAX && !letGo && !stopped && takeOver(), Math.random() * APART_MS);
    unanswered += 1;
    post({ type: "hello" });
  };

  const join = ({ state: known, build: answers }: Extract<Told, { type: "here" }>) => {
    if (answers) take(answers);
    if (known) take(known);
    // What changed between this page's own reading and now was told to others only.
    if (!joined && known?.type === "live") {
      joined = true;
      emit({ type: "resync" });
    }
  };

  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.type === "hello") {
      if (letGo) post({ type: "here", state, build });
      return;
    }
    // A leader that was frozen and has just woken may still repeat what is old.
    if (letGo) return;
    unanswered = 0;
    if (data.type === "here") return join(data);
    if (data.type === "resync") joined = true;
    take(data);
    if (data.type === "signed-out") {
      competing = false;
      waiting.abort();
    } else if (!competing) compete(); // Somebody has signed in again.
  };

  const shown = () => {
    unanswered = 0;
    ask();
  };
  const timer = setInterval(ask, ASK_MS);
  document.addEventListener("visibilitychange", shown);
  compete();
  post({ type: "hello" });
  return () => {
    stopped = true;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", shown);
    waiting.abort();
    letGo?.();
    channel.close();
  };
}
