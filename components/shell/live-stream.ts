import type { Isolation } from "@/lib/domain/fencing";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { OperationView } from "@/lib/services/operations/read";

export type Patch = {
  nodes: NodeRow[];
  gone: string[];
  operations: OperationView[];
  /** Plans of maintenance that changed, by their ids. */
  plans: string[];
  /** Alarms whose configuration or state changed, by their ids; and whether something became of a message. */
  alarms: string[];
  notices: boolean;
  /** Whether somebody may do something else than before, has come, or has gone. */
  access: boolean;
  events: boolean;
  isolation?: Isolation | null;
};

/** What a tab is told, by the server or by the tab that holds the stream. */
export type Signal =
  /** What is shown was true at this moment, ms since 1970 by this machine's clock; `server` is what the server's said then. */
  | { type: "live"; at: number; server?: number }
  /** What was measured in the last second: base64, see lib/domain/sample-wire.ts. */
  | { type: "samples"; samples: string }
  | { type: "patch"; patch: Patch }
  /** Patches may have been missed: whoever shows something reads it again. */
  | { type: "resync" }
  | { type: "interrupted" }
  | { type: "signed-out" }
  /** The signed-in user has another role: what may be done is drawn anew. */
  | { type: "role" }
  /** The build that answers. */
  | { type: "build"; build: string };

/** The server's beat comes every 5 s: three of them missing, and the stream is not believed any more. */
const SILENCE_MS = 16_000;
const RETRY_MS = 3000;

/** One stream of the server, opened again whenever it is lost. Ends by itself when the session has ended. Returns how to close it. */
export function openStream(userId: string, emit: (signal: Signal) => void): () => void {
  const address = `/api/live?user=${encodeURIComponent(userId)}`;
  let source: EventSource | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const close = () => {
    source?.close();
    clearTimeout(watchdog);
    clearTimeout(retry);
    retry = undefined;
  };
  const end = () => {
    close();
    over = true;
    window.removeEventListener("online", again);
    window.removeEventListener("offline", doubt);
  };
  const signedOut = () => {
    if (over) return;
    end();
    emit({ type: "signed-out" });
  };
  const lose = () => {
    close();
    emit({ type: "interrupted" });
    retry = setTimeout(open, RETRY_MS);
  };
  const listen = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(lose, SILENCE_MS);
  };
  const heard = (server?: number) => {
    listen();
    emit({ type: "live", at: Date.now(), ...(server ? { server } : {}) });
  };
  /** What the server says of this stream; null when it does not answer. */
  const ask = () => fetch(address, { method: "HEAD" }).catch(() => null);
  const failed = async () => {
    // Closed by the browser: the server did answer, but not with a stream. Why, an EventSource does not say.
    const refused = source?.readyState === EventSource.CLOSED;
    lose();
    if (refused && (await ask())?.status === 401) signedOut();
  };
  /** The session that the stream was opened with has ended; another may have begun in another tab. */
  const ended = async () => {
    close();
    const answer = await ask();
    if (over) return;
    if (answer?.ok) open();
    else signedOut();
  };
  const open = () => {
    retry = undefined;
    source = new EventSource(address);
    listen();
    source.addEventListener("beat", ({ data }: MessageEvent<string>) => heard(Number(data)));
    source.addEventListener("samples", ({ data }: MessageEvent<string>) => emit({ type: "samples", samples: data }));
    source.addEventListener("build", ({ data }: MessageEvent<string>) => emit({ type: "build", build: data }));
    source.addEventListener("resync", () => emit({ type: "resync" }));
    source.addEventListener("patch", ({ data }: MessageEvent<string>) => {
      heard();
      emit({ type: "patch", patch: JSON.parse(data) as Patch }); // our own server's text, see lib/live.ts
    });
    // The web process lives, but has lost PostgreSQL: what is shown is old until the next beat.
    source.addEventListener("interrupted", () => {
      listen();
      emit({ type: "interrupted" });
    });
    source.addEventListener("role", () => {
      close();
      emit({ type: "role" });
      open();
    });
    source.addEventListener("signed-out", () => void ended());
    source.addEventListener("error", () => void failed());
  };
  const again = () => {
    if (retry === undefined) return;
    clearTimeout(retry);
    open();
  };
  /** The network is gone, which a console on this very machine survives, and a stream to another one is late to notice. */
  const doubt = () => void ask().then((answer) => answer || over || retry !== undefined || lose());
  window.addEventListener("online", again);
  window.addEventListener("offline", doubt);
  open();
  return end;
}
