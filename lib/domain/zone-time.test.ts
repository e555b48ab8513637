import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTimeZone, momentOf, wallAt } from "./zone-time";

const utc = (text: string): number => Date.parse(`${text}Z`);
const written = (at: number): string => new Date(at).toISOString().slice(0, 16);
const moment = (wall: string, zone: string) => written(momentOf(utc(wall), zone));

describe("the clock on the wall", () => {
  it.each([
    ["2026-01-15T12:00", "Europe/Berlin", "2026-01-15T11:00"],
    ["2026-07-15T12:00", "Europe/Berlin", "2026-07-15T10:00"],
    ["2026-07-15T00:15", "Asia/Kolkata", "2026-07-14T18:45"],
    ["2026-07-15T20:00", "America/New_York", "2026-07-16T00:00"],
    ["2026-07-15T20:00", "UTC", "2026-07-15T20:00"],
  ])("%s in %s is %s", (wall, zone, at) => {
    expect(moment(wall, zone)).toBe(at);
    expect(written(wallAt(utc(at), zone))).toBe(wall);
  });

  it.each([
    // Put forward: 02:30 is not there, and is as long after midnight as on other days.
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30"],
    ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30"],
    ["2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"],
    // Put back: 02:30 is there twice, and meant the first time.
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30"],
    ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"],
    ["2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45"],
    // Around them it is what it always is.
    ["2026-03-29T01:59", "Europe/Berlin", "2026-03-29T00:59"],
    ["2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00"],
    ["2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00"],
  ])("%s in %s is %s on a day on which it is put", (wall, zone, at) => expect(moment(wall, zone)).toBe(at));

  it("comes back to the moment, or to the first that shows the same", () => {
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
    fc.assert(
      fc.property(fc.integer({ min: utc("2025-01-01T00:00") / 60_000, max: utc("2028-01-01T00:00") / 60_000 }), zones, (minute, zone) => {
        const at = minute * 60_000;
        const wall = wallAt(at, zone);
        const back = momentOf(wall, zone);
        expect(wallAt(back, zone)).toBe(wall);
        expect([0, 30, 60]).toContain((at - back) / 60_000);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a time zone", () => {
  it.each(["Europe/Berlin", "UTC", "Asia/Kolkata"])("is one: %s", (zone) => expect(isTimeZone(zone)).toBe(true));
  it.each(["Mars/Olympus", "", "+02:00", "Europe Berlin"])("is none: %j", (zone) => expect(isTimeZone(zone)).toBe(false));
});
