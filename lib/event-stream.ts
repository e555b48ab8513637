/** A response of server-sent events that any number of messages may follow, and that ends however either side leaves. */

/** Messages that may wait for one reader. */
const UNREAD_MAX = 64;

export type EventStream = {
  /** A reader that does not read is let go; when it comes back, it reads afresh. After the end nothing is sent. */
  send: (event: string, data: string) => void;
  close: () => void;
};

const text = new TextEncoder();
/** Of the newest message: what goes to a thousand readers is made into bytes once. */
let newest: { event: string; data: string; bytes: Uint8Array } | undefined;

function bytesOf(event: string, data: string): Uint8Array {
  if (newest?.event !== event || newest.data !== data) newest = { event, data, bytes: text.encode(`event: ${event}\ndata: ${data}\n\n`) };
  return newest.bytes;
}

/** `begin` is given the stream and returns what is to be done at its end. */
export function eventStream({ signal }: Request, begin: (stream: EventStream) => () => void): Response {
  let close = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true;
      let end = () => {};
      close = () => {
        if (!open) return;
        open = false;
        end();
        controller.close();
      };
      const send = (event: string, data: string) => {
        if (!open) return;
        if ((controller.desiredSize ?? 0) < -UNREAD_MAX) return close();
        controller.enqueue(bytesOf(event, data));
      };
      end = begin({ send, close });
      // Closed while it began: nothing was known yet of what is to be done at the end.
      if (!open) end();
    },
    cancel: () => close(),
  });
  signal.addEventListener("abort", () => close());
  // A connection that is kept for another request, when its stream has ended, keeps a server that stops waiting for seconds.
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      connection: "close",
    },
  });
}
