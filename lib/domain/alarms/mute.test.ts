import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRANSITIONS } from "../lifecycle";
import { NODE_STATUS_IDS, type NodeStatus } from "../status";
import { muteAt, MuteTimes, openAt, WEEKDAYS, weeklyWords, type MuteFacts, type Weekday } from "./mute";

const NOON = new Date("2026-11-26T12:00:00Z");
const NOT = { muted: false, why: null, until: null };
const facts = (own: Partial<MuteFacts> = {}): MuteFacts => ({
  node: { status: "Active", before: null },
  mutedUntil: null,
  windows: [],
  ...own,
});
type WeeklyTimes = Extract<MuteTimes, { kind: "weekly" }>;
const weekly = (own: Partial<WeeklyTimes> = {}): WeeklyTimes => ({
  kind: "weekly",
  days: ["Sunday"],
  start: "02:00",
  minutes: 120,
  timeZone: "Europe/Berlin",
  firstDay: null,
  lastDay: null,
  ...own,
});
const untilOf = (times: MuteTimes, at: string): string | null =>
  muteAt(new Date(`${at}:00Z`), facts({ windows: [{ name: "Backups", times }] }))
    .until?.toISOString()
    .slice(0, 16) ?? null;

describe("windows that are open", () => {
  it("are told once for all nodes, and mute each of them as they would by themselves", () => {
    const windows = [
      { name: "Night", times: weekly({ days: ["Thursday"], start: "12:30" }) },
      { name: "Later", times: weekly({ days: ["Friday"] }) },
      { name: "Once", times: { kind: "once", from: "2026-11-26T11:00:00Z", to: "2026-11-26T12:30:00+01:00" } },
    ] as const;
    const open = openAt(windows, NOON);
    expect(open.map(({ name }) => name)).toEqual(["Night"]);
    expect(muteAt(NOON, facts({ windows: open }))).toEqual(muteAt(NOON, facts({ windows })));
  });

  it("are not asked of a time zone's clock for each of ten thousand nodes", () => {
    const windows = Array.from({ length: 200 }, (_, index) => ({
      name: `${index}`,
      times: weekly({ days: [...WEEKDAYS], minutes: 1440 }),
    }));
    const began = performance.now();
    const open = openAt(windows, NOON);
    for (let node = 0; node < 10_000; node += 1) muteAt(NOON, facts({ windows: open.slice(0, 5) }));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe("maintenance", () => {
  const mute = (status: NodeStatus, before: NodeStatus | null) => muteAt(NOON, facts({ node: { status, before } }));

  it("mutes while it lasts, until nobody knows when", () => {
    expect(mute("EnteringMaintenance", "Active")).toEqual({ muted: true, why: "The node is Entering maintenance.", until: null });
    expect(mute("InMaintenance", "EnteringMaintenance").why).toBe("The node is In maintenance.");
  });
  it("mutes on the way back, and not on the same way of a join or a recovery", () => {
    const why = "The node is on its way back from maintenance.";
    expect([mute("Activating", "InMaintenance").why, mute("Unfencing", "InMaintenance").why]).toEqual([why, why]);
    expect([mute("Activating", "Starting"), mute("Unfencing", "Fenced")]).toEqual([NOT, NOT]);
  });
  it("mutes on every way that the lifecycle has out of maintenance, up to where it ends", () => {
    const ends: NodeStatus[] = ["Active", "Failed", "Fenced", "Out"];
    const maintenance: NodeStatus[] = ["EnteringMaintenance", "InMaintenance"];
    for (const { from, to } of TRANSITIONS)
      if (from && to && maintenance.includes(from)) expect([from, to, mute(to, from).muted]).toEqual([from, to, !ends.includes(to)]);
    for (const status of NODE_STATUS_IDS) expect(mute(status, "Active").muted).toBe(maintenance.includes(status));
  });
  it("goes before a window and the hand", () => {
    const all = facts({ node: { status: "InMaintenance", before: null }, mutedUntil: new Date("2026-11-26T13:00:00Z") });
    expect(muteAt(NOON, all)).toEqual({ muted: true, why: "The node is In maintenance.", until: null });
  });
  it("is nothing that the region could be in", () => expect(muteAt(NOON, facts({ node: null }))).toEqual(NOT));
});

describe("a mute by hand", () => {
  it("ends at its time", () => {
    const mutedUntil = new Date("2026-11-26T12:30:00Z");
    expect(muteAt(NOON, facts({ mutedUntil }))).toEqual({ muted: true, why: "Muted by an administrator.", until: mutedUntil });
    expect(muteAt(mutedUntil, facts({ mutedUntil }))).toEqual(NOT);
  });
  it("gives way to what lasts longer", () => {
    const times: MuteTimes = { kind: "once", from: "2026-11-26T11:00:00Z", to: "2026-11-26T15:00:00+01:00" };
    const windows = [{ name: "Move of rack A", times }];
    const shorter = muteAt(NOON, facts({ mutedUntil: new Date("2026-11-26T12:30:00Z"), windows }));
    expect(shorter).toEqual({ muted: true, why: "In the mute window “Move of rack A”.", until: new Date("2026-11-26T14:00:00Z") });
    expect(muteAt(NOON, facts({ mutedUntil: new Date("2026-11-27T12:30:00Z"), windows })).why).toBe("Muted by an administrator.");
  });
});

describe("a window", () => {
  it("that is once begins and ends at its moments", () => {
    const once: MuteTimes = { kind: "once", from: "2026-11-26T11:00:00Z", to: "2026-11-26T12:00:00Z" };
    const moments = ["2026-11-26T10:59", "2026-11-26T11:00", "2026-11-26T11:59", "2026-11-26T12:00"];
    expect(moments.map((at) => untilOf(once, at))).toEqual([null, "2026-11-26T12:00", "2026-11-26T12:00", null]);
  });
  it("that is weekly stands on the wall, in winter and in summer", () => {
    expect([untilOf(weekly(), "2026-01-18T00:59"), untilOf(weekly(), "2026-01-18T01:00")]).toEqual([null, "2026-01-18T03:00"]);
    expect([untilOf(weekly(), "2026-07-19T00:00"), untilOf(weekly(), "2026-07-19T02:00")]).toEqual(["2026-07-19T02:00", null]);
    expect(untilOf(weekly(), "2026-07-20T00:30")).toBeNull();
  });
  it("lasts as long as ever when the clock is put forward or back", () => {
    // 02:00 is 03:00 on that night; at 01:00 the window of two hours has not begun.
    expect(["2026-03-29T00:59", "2026-03-29T01:00", "2026-03-29T02:59", "2026-03-29T03:00"].map((at) => untilOf(weekly(), at))).toEqual([
      null,
      "2026-03-29T03:00",
      "2026-03-29T03:00",
      null,
    ]);
    // 02:00 comes twice: it begins with the first, and is over when the wall shows 03:00.
    expect(["2026-10-24T23:59", "2026-10-25T00:00", "2026-10-25T01:59", "2026-10-25T02:00"].map((at) => untilOf(weekly(), at))).toEqual([
      null,
      "2026-10-25T02:00",
      "2026-10-25T02:00",
      null,
    ]);
  });
  it("goes on past midnight, and over days", () => {
    const night = weekly({ days: ["Friday"], start: "22:00", minutes: 60 * 60, timeZone: "UTC" });
    expect(["2026-11-27T21:59", "2026-11-27T22:00", "2026-11-29T12:00", "2026-11-30T10:00"].map((at) => untilOf(night, at))).toEqual([
      null,
      "2026-11-30T10:00",
      "2026-11-30T10:00",
      null,
    ]);
    const always = weekly({ days: ["Monday"], minutes: 7 * 1440, timeZone: "UTC" });
    expect(untilOf(always, "2026-11-30T01:59")).toBe("2026-11-30T02:00");
  });
  it("begins on no day before its first or after its last, and is ended by neither", () => {
    const nights = weekly({ days: [...WEEKDAYS], start: "23:00", firstDay: "2026-11-25", lastDay: "2026-11-26", timeZone: "UTC" });
    const moments = ["2026-11-24T23:30", "2026-11-25T00:30", "2026-11-25T23:30", "2026-11-27T00:30", "2026-11-27T23:30"];
    expect(moments.map((at) => untilOf(nights, at) !== null)).toEqual([false, false, true, true, false]);
  });
  it("has its days where its time zone is", () => {
    const monday = weekly({ days: ["Monday"], start: "00:00", minutes: 60, timeZone: "Pacific/Auckland" });
    expect([untilOf(monday, "2026-07-19T12:30"), untilOf(monday, "2026-07-20T12:30")]).toEqual(["2026-07-19T13:00", null]);
  });
});

describe("weekly windows", () => {
  const SPAN = { from: Date.parse("2026-10-12T00:00:00Z"), minutes: 21 * 1440 };
  const wall = (zone: string) =>
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "long",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  /** What the wall shows in each minute of three weeks, in which the clock is put back in some places and not in others. */
  const shown = Object.fromEntries(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata"].map((zone) => {
      const format = wall(zone);
      return [zone, Array.from({ length: SPAN.minutes }, (_, minute) => format.format(SPAN.from + minute * 60_000))];
    }),
  );
  it("are those that somebody who looks at the wall each minute would hold", () => {
    const asked = fc.record({
      days: fc.uniqueArray(fc.constantFrom<Weekday>(...WEEKDAYS), { minLength: 1 }),
      start: fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(([hour, minute]) => `${two(hour)}:${two(minute)}`),
      minutes: fc.integer({ min: 1, max: 4000 }),
      timeZone: fc.constantFrom(...Object.keys(shown)),
    });
    fc.assert(
      fc.property(asked, fc.array(fc.integer({ min: 8000, max: SPAN.minutes - 1 }), { minLength: 20, maxLength: 20 }), (own, moments) => {
        const begun = new Map<string, number>();
        for (const [minute, text] of (shown[own.timeZone] ?? []).entries())
          if (text.endsWith(own.start) && own.days.some((day) => text.startsWith(day)) && !begun.has(text)) begun.set(text, minute);
        for (const moment of moments) {
          const ends = [...begun.values()]
            .filter((minute) => minute <= moment && moment < minute + own.minutes)
            .map((minute) => minute + own.minutes);
          const expected = ends.length > 0 ? new Date(SPAN.from + Math.max(...ends) * 60_000) : null;
          const at = new Date(SPAN.from + moment * 60_000);
          expect(muteAt(at, facts({ windows: [{ name: "Backups", times: weekly(own) }] })).until).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });
  const two = (number: number): string => String(number).padStart(2, "0");

  it("are told in words", () => {
    expect(weeklyWords(weekly({ days: ["Sunday", "Thursday", "Monday"] }))).toBe(
      "Monday, Thursday and Sunday from 02:00 for 2 h (Europe/Berlin)",
    );
    expect(weeklyWords(weekly({ days: [...WEEKDAYS], minutes: 1590 }))).toBe("Every day from 02:00 for 1 d 2 h 30 min (Europe/Berlin)");
  });
});

describe("the shape of a window", () => {
  const refusals = (typed: unknown) => MuteTimes.safeParse(typed).error?.issues.map(({ message }) => message) ?? [];
  it.each([
    ["is good", weekly(), []],
    ["is good once", { kind: "once", from: "2026-11-26T11:00:00Z", to: "2026-11-26T12:01:00+01:00" }, []],
    [
      "ends after it begins, whatever the offsets",
      { kind: "once", from: "2026-11-26T11:00:00Z", to: "2026-11-26T12:00:00+01:00" },
      ["The end has to be after the beginning."],
    ],
    [
      "has moments",
      { kind: "once", from: "2026-11-26", to: "2026-11-26T12:00:00Z" },
      ["Give a moment with its day, its time and its offset."],
    ],
    ["has a kind", { kind: "yearly" }, ["Choose whether the window is once or weekly."]],
    ["has days", weekly({ days: [] }), ["Choose at least one day of the week."]],
    ["has each day once", weekly({ days: ["Monday", "Monday"] }), ["A day of the week is chosen twice."]],
    ["has a time", weekly({ start: "24:00" }), ["Give the time as in 02:30."]],
    ["has an end", weekly({ minutes: 0 }), ["A window lasts 1 minute to 7 days."]],
    ["has a time zone", weekly({ timeZone: "Mars/Olympus" }), ["Choose a time zone as in Europe/Berlin."]],
    ["has days that are", weekly({ firstDay: "2026-02-30" }), ["Give a day as in 2026-11-26, or none."]],
    ["has days in order", weekly({ firstDay: "2026-11-27", lastDay: "2026-11-26" }), ["The last day can not be before the first."]],
  ])("%s", (_, typed, expected) => expect(refusals(typed)).toEqual(expected));
});
