import { expect, it } from "vitest";
import { eventReader } from "./event-stream";

const TEXT = 'event: beat\ndata: {"at":1}\n\nevent: rows\ndata: {}\n\n';

it("events are the same however the text is cut", () => {
  for (let cut = 0; cut <= TEXT.length; cut += 1) {
    const read = eventReader();
    expect([...read(TEXT.slice(0, cut)), ...read(TEXT.slice(cut))]).toEqual([
      { event: "beat", data: '{"at":1}' },
      { event: "rows", data: "{}" },
    ]);
  }
});

it("an event without an end is not gathered for ever", () => {
  const read = eventReader(100);
  expect(() => {
    for (let index = 0; index < 20; index += 1) read("data: xxxxxxxxxx");
  }).toThrow("too long");
});
