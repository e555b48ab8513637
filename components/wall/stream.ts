import { eventReader } from "@/lib/domain/event-stream";
import { retryDelay } from "@/lib/domain/wall-time";
import type { WallMessage } from "@/lib/domain/wall-wire";
import type { Clock } from "./clock";

export type WallRefusal = { code: string; reason: string; hint?: string };

type StreamOptions = {
  token: string;
  clock: Clock;
  onMessage: (message: WallMessage) => void;
  /** Only when the server says that the link holds no more: then nothing is tried again. */
  onRefused: (refusal: WallRefusal) => void;
};

/** The server's beat comes every 5 s: two of them missing, and the stream is not believed any more. */
const SILENCE_MS = 12_000;
const FINAL = [401, 410];

/** The stream of one link, opened again whenever it is lost. Returns how to close it. */
export function openWallStream({ token, clock, onMessage, onRefused }: StreamOptions): () => void {
  let [failures, over] = [0, false];
  let attempt: AbortController | undefined;
  let [forget, silence] = [() => {}, () => {}];

  const listen = () => {
    silence();
    silence = clock.after(SILENCE_MS, () => attempt?.abort());
  };
  const end = () => {
    over = true;
    silence();
    forget();
    attempt?.abort();
    window.removeEventListener("online", again);
  };
  const refused = (refusal: WallRefusal) => {
    end();
    onRefused(refusal);
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
        onMessage(message);
      }
    }
  };
  const open = async () => {
    forget();
    attempt = new AbortController();
    listen();
    try {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch("/api/wall/live", { headers, signal: attempt.signal, cache: "no-store", credentials: "omit" });
      if (FINAL.includes(answer.status)) return refused((await answer.json()) as WallRefusal);
      if (answer.ok && answer.body) await read(answer.body);
    } catch {
      // Lost, refused for now, or silent: what follows is the same.
    }
    silence();
    if (over) return;
    forget = clock.after(retryDelay(failures, clock.random()), () => void open());
    failures += 1;
  };
  /** Back on the network: why wait. */
  const again = () => {
    failures = 0;
    attempt?.abort();
  };
  window.addEventListener("online", again);
  void open();
  return end;
}
