import { eventReader } from "@/lib/domain/event-stream";
import { retryDelay } from "@/lib/domain/wall-time";
import type { WallMessage } from "@/lib/domain/wall-wire";
import type { Clock } from "./clock";

export type WallRefusal = { code: string; reason: string; hint?: string };

type StreamOptions = {
  token: string;
  /** How long to wait after a refusal, ms. */
  refusedMs: number;
  /** Another one opens the link from now on. */
  onToken: (token: string) => void;
  clock: Clock;
  onMessage: (message: WallMessage) => void;
  /** The server says why this link shows nothing. It is asked again, seldom: an address may be allowed, a backup put back. */
  onRefused: (refusal: WallRefusal) => void;
};

/** The server's beat comes every 5 s: two of them missing, and the stream is not believed any more. */
const SILENCE_MS = 12_000;
/** All screens of a site come back to the network at one moment. */
const ONLINE_MS = 2000;

/** The stream of one link, opened again whenever it is lost. Returns how to close it. */
export function openWallStream({ token: first, refusedMs, clock, onToken, onMessage, onRefused }: StreamOptions): () => void {
  let [token, failures, over] = [first, 0, false];
  let attempt: AbortController | undefined;
  let [forget, silence] = [() => {}, () => {}];

  const listen = () => {
    silence();
    silence = clock.after(SILENCE_MS, () => attempt?.abort());
  };
  const later = (ms: number) => {
    silence();
    forget();
    if (!over) forget = clock.after(ms, () => void open());
  };
  const read = async (body: ReadableStream<Uint8Array>) => {
    const events = eventReader();
    const text = new TextDecoder();
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done && !over; part = await reader.read()) {
      listen();
      for (const { event, data } of events(text.decode(part.value, { stream: true }))) {
        // Our own server's text, see lib/wall-feed.ts.
        const message = { type: event, ...(JSON.parse(data) as object) } as WallMessage;
        if (message.type === "view") failures = 0;
        if (message.type === "token") onToken((token = message.token));
        else onMessage(message);
      }
    }
  };
  const open = async () => {
    forget();
    const own = new AbortController();
    attempt = own;
    listen();
    try {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch("/api/wall/live", { headers, signal: own.signal, cache: "no-store", credentials: "omit" });
      const refusal = answer.ok ? null : refusalIn(await answer.json());
      if (refusal) {
        if (own !== attempt || over) return;
        onRefused(refusal);
        return later(refusedMs * (0.5 + clock.random() / 2));
      }
      if (answer.body) await read(answer.body);
    } catch {
      // Lost, silent, or answered by something that is not Regent: what follows is the same.
    }
    // Another attempt has begun meanwhile, and goes on by itself.
    if (own !== attempt) return;
    later(retryDelay(failures, clock.random()));
    failures += 1;
  };
  /** Back on the network: why wait. */
  const again = () => {
    failures = 0;
    attempt?.abort();
    later(ONLINE_MS * clock.random());
  };
  window.addEventListener("online", again);
  void open();
  return () => {
    over = true;
    window.removeEventListener("online", again);
    silence();
    forget();
    attempt?.abort();
  };
}

/** null: it is none of Regent's, as when a proxy answers. */
function refusalIn(answer: unknown): WallRefusal | null {
  const { code, reason, hint } = answer as Partial<WallRefusal>; // any JSON: each part is looked at
  if (typeof code !== "string" || typeof reason !== "string") return null;
  return typeof hint === "string" ? { code, reason, hint } : { code, reason };
}
