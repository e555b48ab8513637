import { expect, it } from "vitest";
import { eventStream, type EventStream } from "./event-stream";

function reader(): { stream: EventStream; text: () => Promise<string> } {
  let stream: EventStream | undefined;
  const response = eventStream(new Request("http://localhost/"), (made) => {
    stream = made;
    return () => undefined;
  });
  if (!stream) throw new Error("A stream begins at once.");
  return { stream, text: () => response.text() };
}

it("gives each reader what it was told, whatever others were told in between", async () => {
  const [ada, bob] = [reader(), reader()];
  const tell = (event: string, data: string, ...readers: { stream: EventStream }[]) => {
    for (const { stream } of readers) stream.send(event, data);
  };
  tell("patch", "1", ada, bob);
  tell("beat", "1", ada);
  tell("patch", "2", bob, ada);
  tell("patch", "1", ada);
  for (const { stream } of [ada, bob]) stream.close();
  const patch = (data: string) => `event: patch\ndata: ${data}\n\n`;
  expect(await ada.text()).toBe(`${patch("1")}event: beat\ndata: 1\n\n${patch("2")}${patch("1")}`);
  expect(await bob.text()).toBe(`${patch("1")}${patch("2")}`);
});

it("lets a reader go that does not read, and sends nothing after the end", async () => {
  const slow = reader();
  for (let count = 0; count < 1000; count += 1) slow.stream.send("beat", String(count));
  const messages = (await slow.text()).split("\n\n").length - 1;
  expect(messages).toBeGreaterThan(50);
  expect(messages).toBeLessThan(100);
});
