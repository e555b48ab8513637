import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf } from "./digest";
import type { AlarmNote, Note } from "./notes";
import { BETWEEN_SECONDS, FLAP_MS, FLAPS, isDead, lastHour, ranges, ready, retryMs, type Told, type Waiting } from "./notify";

const note = (about: string | null, seq: number, at: number): Waiting => ({ id: `${about ?? "none"}:${seq}`, about, seq, at });
const MINUTE = 60_000;

describe("what goes into a delivery", () => {
  it("is all that waits, in its order", () => {
    expect(ready([note("a", 1, 0), note(null, 0, 1), note("b", 9, 2)], [], 10)).toEqual(["a:1", "none:0", "b:9"]);
  });

  it("is not the fourth change of an alarm within five minutes, nor what follows it", () => {
    const changes = [1, 2, 3, 4, 5].map((seq) => note("a", seq, seq * MINUTE));
    expect(ready([...changes, note("b", 1, 0)], [], 6 * MINUTE)).toEqual(["a:1", "a:2", "a:3", "b:1"]);
  });

  it("counts what went out before", () => {
    const told: Told[] = [1, 2, 3].map((seq) => ({ about: "a", seq, at: seq }));
    expect(ready([note("a", 4, 5)], told, 10)).toEqual([]);
    expect(ready([note("a", 4, 5)], told, 5 + FLAP_MS - 1)).toEqual([]);
    expect(ready([note("a", 4, 5)], told, 5 + FLAP_MS)).toEqual(["a:4"]);
    expect(ready([note("a", 4, FLAP_MS + 1)], told, FLAP_MS + 2)).toEqual(["a:4"]);
  });

  it("is not held for what a clock that was set back has written of the future", () => {
    const hour = 60 * MINUTE;
    const waiting = [1, 2, 3, 4].map((seq) => note("a", seq, hour + seq));
    expect(ready(waiting, [], 0)).toEqual(["a:1", "a:2", "a:3", "a:4"]);
  });

  it("keeps a quiet change behind those that flapped before it", () => {
    const waiting = [1, 2, 3, 4].map((seq) => note("a", seq, seq)).concat(note("a", 5, FLAP_MS - 1));
    expect(ready(waiting, [], FLAP_MS)).toEqual(["a:1", "a:2", "a:3"]);
    expect(ready(waiting, [], FLAP_MS + 4)).toEqual(["a:1", "a:2", "a:3", "a:4", "a:5"]);
  });

  /** A region's life as one target hears it: changes at random, and a look every minute. */
  const life = fc.array(fc.record({ about: fc.constantFrom("a", "b", null), gap: fc.integer({ min: 0, max: 4 * MINUTE }) }), {
    minLength: 1,
    maxLength: 60,
  });

  it("loses nothing, tells nothing twice, keeps the order of each alarm, and lets nobody wait longer than the flapping takes", () => {
    fc.assert(
      fc.property(life, (steps) => {
        let now = 0;
        const numbers = new Map<string, number>();
        const all = steps.map(({ about, gap }): Waiting => {
          now += gap;
          const seq = (numbers.get(about ?? "") ?? 0) + 1;
          numbers.set(about ?? "", seq);
          return note(about, seq, now);
        });
        const deliveries: { at: number; notes: Waiting[] }[] = [];
        const told: Waiting[] = [];
        for (let at = 0; at <= now + 2 * FLAP_MS; at += BETWEEN_SECONDS * 1000) {
          const waiting = all.filter((one) => one.at <= at && !told.includes(one));
          const before = told.flatMap(({ about, seq, at: written }): Told[] => (about === null ? [] : [{ about, seq, at: written }]));
          const chosen = ready(waiting, before, at);
          expect(chosen).toEqual(waiting.map(({ id }) => id).filter((id) => chosen.includes(id)));
          const notes = waiting.filter(({ id }) => chosen.includes(id));
          if (notes.length) deliveries.push({ at, notes });
          told.push(...notes);
        }
        expect(told.toSorted((a, b) => a.at - b.at || a.id.localeCompare(b.id))).toEqual(
          all.toSorted((a, b) => a.at - b.at || a.id.localeCompare(b.id)),
        );
        for (const { at, notes } of deliveries)
          for (const one of notes) expect(at - one.at).toBeLessThanOrEqual(FLAP_MS + BETWEEN_SECONDS * 1000);
        for (const about of ["a", "b"]) {
          const heard = told.filter((one) => one.about === about).map(({ seq }) => seq);
          expect(heard).toEqual(heard.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the lines of a delivery", () => {
  const change = (alarmId: string, seq: number, becomes: AlarmNote["becomes"]): AlarmNote => ({
    kind: "alarm",
    alarmId,
    alarm: alarmId,
    severity: "warning",
    nodeId: null,
    node: null,
    metric: "CPU",
    value: null,
    threshold: "",
    reason: "",
    description: "",
    seq,
    was: "OK",
    becomes,
    at: "2026-11-26T12:00:00.000Z",
  });
  const test: Note = { kind: "test", by: "Ada", alarm: null, at: "2026-11-26T12:00:00.000Z" };

  it("hold every note once, whatever there is", () => {
    const notes = fc.array(
      fc.oneof(
        fc.constant(test),
        fc
          .record({ id: fc.constantFrom("a", "b", "c"), seq: fc.nat(50), becomes: fc.constantFrom("OK", "ALARM", "INSUFFICIENT_DATA") })
          .map(({ id, seq, becomes }) => change(id, seq, becomes)),
      ),
    );
    fc.assert(
      fc.property(notes, (all) => {
        const held = linesOf(all).flatMap((line): Note[] => (line.kind === "alarm" ? [...line.was] : [line]));
        expect(held).toHaveLength(all.length);
        expect(new Set(held)).toEqual(new Set(all));
        for (const line of linesOf(all)) if (line.kind === "alarm") expect(line.note).toBe(line.was.at(-1));
      }),
    );
  });

  it("begin with what is in alarm now", () => {
    const lines = linesOf([
      test,
      change("b", 1, "OK"),
      change("a", 1, "ALARM"),
      change("a", 2, "OK"),
      change("c", 1, "ALARM"),
      change("d", 1, "INSUFFICIENT_DATA"),
    ]);
    expect(lines.map((line) => (line.kind === "alarm" ? `${line.note.alarm} ${line.note.becomes}` : line.kind))).toEqual([
      "c ALARM",
      "d INSUFFICIENT_DATA",
      "a OK",
      "b OK",
      "test",
    ]);
  });
});

describe("the next attempt", () => {
  it("comes after 5 s, twice as long each time, 5 minutes at most, a fifth more or less", () => {
    expect([1, 2, 3, 6, 7, 8, 1000].map((attempts) => retryMs(attempts, false, 0.5))).toEqual([
      5000, 10_000, 20_000, 160_000, 300_000, 300_000, 300_000,
    ]);
    expect([retryMs(1, false, 0), retryMs(1, false, 1)]).toEqual([4000, 6000]);
    expect(retryMs(1, true, 0.5)).toBe(15 * MINUTE);
  });

  it("does not come after a day", () => {
    expect([isDead(0, 24 * 60 * MINUTE - 1), isDead(0, 24 * 60 * MINUTE)]).toEqual([false, true]);
  });
});

describe("numbers and hours", () => {
  it("names every number", () => {
    expect(ranges([18, 7, 8, 9, 10, 12, 13])).toBe("7 to 10, 12, 13, 18");
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (numbers) => {
        const named = ranges(numbers)
          .split(", ")
          .filter(Boolean)
          .flatMap((part) => {
            const [from = 0, to = from] = part.split(" to ").map(Number);
            return Array.from({ length: to - from + 1 }, (_, index) => from + index);
          });
        expect(named).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
      }),
    );
  });

  it("finds the last time it was eight", () => {
    expect(lastHour(new Date("2026-11-26T07:59:59Z"), 8).toISOString()).toBe("2026-11-25T08:00:00.000Z");
    expect(lastHour(new Date("2026-11-26T08:00:00Z"), 8).toISOString()).toBe("2026-11-26T08:00:00.000Z");
    expect(FLAPS).toBe(4);
  });
});
