/** Reads server-sent events from pieces of text: an EventSource can send no header, so a page with a token reads its stream by itself. */

export type StreamEvent = { event: string; data: string };

/** Gives the events that each piece of text completes. Holds no more than one event that is not complete; `most` characters of it. */
export function eventReader(most = 16_000_000): (text: string) => StreamEvent[] {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop() ?? "";
    if (rest.length > most) throw new Error("An event of the stream is too long.");
    return parts.map(readEvent);
  };
}

function readEvent(text: string): StreamEvent {
  let [event, data] = ["message", ""];
  for (const line of text.split("\n")) {
    if (line.startsWith("event: ")) event = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  return { event, data };
}
