import { describe, expect, it } from "vitest";
import { fixed, formatRange, isMisread, LONGEST_SECONDS, moved, parseRange, spanOf } from "./time-range";

const NOW = 1_795_000_000;
const parse = (search: string) => parseRange(new URLSearchParams(search));

describe("the range in the address", () => {
  it("is a word or two moments, and comes back as it went", () => {
    for (const search of ["", "range=6h", "range=7d", "from=2026-11-26T12%3A00%3A00Z&to=2026-11-26T13%3A30%3A00Z"])
      expect(formatRange(parse(search), new URLSearchParams(search)).toString()).toBe(search);
  });
  it("leaves the other parameters alone", () =>
    expect(formatRange({ kind: "relative", id: "24h" }, new URLSearchParams("compare=1&from=x&to=y")).toString()).toBe(
      "compare=1&range=24h",
    ));
  it("is the last hour where it says nothing that can be shown", () => {
    for (const search of [
      "range=8h",
      "range=constructor",
      "from=2026-11-26T12:00:00Z",
      "from=2026-11-26T12:00:00&to=2026-11-26T13:00:00", // in no zone
      "from=2026-11-26T12:00:00Z&to=2026-11-26T11:00:00Z",
      "from=2020-11-26T12:00:00Z&to=2026-11-26T11:00:00Z",
    ])
      expect([parse(search), isMisread(new URLSearchParams(search))]).toEqual([{ kind: "relative", id: "1h" }, true]);
  });
  it("is not misread where it says nothing, or what it can", () => {
    for (const search of ["", "compare=1", "range=1h", "range=7d", "from=2026-11-26T12:00:00Z&to=2026-11-26T13:30:00Z"])
      expect(isMisread(new URLSearchParams(search))).toBe(false);
  });
  it("takes any zone", () =>
    expect(parse("from=2026-11-26T12:00:00%2B01:00&to=2026-11-26T12:00:00Z")).toMatchObject({ to: Date.UTC(2026, 10, 26, 12) / 1000 }));
  it("ends now where it is relative", () =>
    expect(spanOf({ kind: "relative", id: "6h" }, NOW + 0.7)).toEqual({ from: NOW - 21_600, to: NOW }));
});

describe("moving and zooming", () => {
  const hour = { kind: "fixed", from: NOW - 7200, to: NOW - 3600 } as const;
  it("goes by half, to the earlier, the later, in and out", () => {
    expect(moved(hour, "earlier", NOW)).toEqual({ kind: "fixed", from: NOW - 9000, to: NOW - 5400 });
    expect(moved(hour, "later", NOW)).toEqual({ kind: "fixed", from: NOW - 5400, to: NOW - 1800 });
    expect(moved(hour, "in", NOW)).toEqual({ kind: "fixed", from: NOW - 6300, to: NOW - 4500 });
    expect(moved(hour, "out", NOW)).toEqual({ kind: "fixed", from: NOW - 9000, to: NOW - 1800 });
  });
  it("keeps a moment in its place", () =>
    expect(moved(hour, "in", NOW, NOW - 7200)).toEqual({ kind: "fixed", from: NOW - 7200, to: NOW - 5400 }));
  it("never shows what is to come, less than a minute or more than is kept", () => {
    expect(moved({ kind: "relative", id: "1h" }, "out", NOW)).toEqual({ kind: "fixed", from: NOW - 7200, to: NOW });
    expect(fixed(NOW - 20, NOW - 10, NOW)).toEqual({ kind: "fixed", from: NOW - 60, to: NOW });
    const most = fixed(0, NOW, NOW);
    expect(most.kind === "fixed" && most.to - most.from).toBe(LONGEST_SECONDS);
  });
});
