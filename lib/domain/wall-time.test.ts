import { describe, expect, it } from "vitest";
import {
  HOLD_MS,
  isMirrored,
  isNight,
  leapOf,
  loadMoment,
  nextTurn,
  orbitAt,
  reloadReason,
  retryDelay,
  turnProgress,
  type Turn,
} from "./wall-time";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 26, 12);

describe("against burn-in", () => {
  it("the picture stands at twelve places in turn, 0.6 vh from its own, three minutes at each", () => {
    const week = Array.from({ length: 7 * 24 * 60 }, (_, minute) => orbitAt(START + minute * MINUTE));
    const places = new Map<string, number>();
    for (const { x, y } of week) places.set(`${x} ${y}`, (places.get(`${x} ${y}`) ?? 0) + 1);
    expect(places.size).toBe(12);
    expect(new Set(places.values())).toEqual(new Set([week.length / 12]));
    for (const { x, y } of week) expect(Math.hypot(x, y)).toBeCloseTo(0.6, 2);
    expect(orbitAt(START + 3 * MINUTE - 1)).toEqual(orbitAt(START));
  });

  it("clock and counts change sides every hour", () => {
    expect([0, 1, 2].map((hour) => isMirrored(START + hour * HOUR))).toEqual([false, true, false]);
  });
});

describe("the rotation", () => {
  const first: Turn = { index: 0, turnedAt: START, heldUntil: 0 };
  const question = { count: 3, every: 20 };
  const run = (turn: Turn, seconds: number, alarmAt = -1, place = 1): Turn[] => {
    const turns: Turn[] = [];
    for (let second = 1; second <= seconds; second += 1) {
      turn = nextTurn(turn, { ...question, now: START + second * 1000, alarm: second === alarmAt ? place : null });
      turns.push(turn);
    }
    return turns;
  };

  it("shows each colour for its time, week after week", { timeout: 120_000 }, () => {
    const shown = run(first, 3 * 7 * 24 * 3600).map(({ index }) => index);
    for (const index of [0, 1, 2]) expect(shown.filter((one) => one === index).length / shown.length).toBeCloseTo(1 / 3, 3);
    expect([shown[18], shown[19], shown[39], shown[59]]).toEqual([0, 1, 2, 0]);
  });

  it("stops for two minutes at a failure, and gives the colour its whole time afterwards", () => {
    const turns = run(first, 300, 30);
    expect(new Set(turns.slice(29, 30 + HOLD_MS / 1000 + 18).map(({ index }) => index))).toEqual(new Set([1]));
    expect(turns[30 + HOLD_MS / 1000 + 19]?.index).toBe(2);
    expect(turnProgress(turns[60] ?? first, { ...question, now: START + 61_000 })).toBeNull();
  });

  it("goes to the colour that shows what has rung, stops there, and gives it its whole time", () => {
    const turns = run(first, 300, 5, 2);
    expect(new Set(turns.slice(4, 5 + HOLD_MS / 1000 + 18).map(({ index }) => index))).toEqual(new Set([2]));
    expect([turns[3]?.index, turns[5 + HOLD_MS / 1000 + 19]?.index]).toEqual([0, 0]);
  });

  it("with one colour does not move", () => {
    expect(nextTurn(first, { now: START + HOUR, alarm: null, count: 1, every: 20 })).toBe(first);
    expect(turnProgress(first, { now: START + HOUR, count: 1, every: 20 })).toBeNull();
    expect(turnProgress(first, { now: START + 5000, count: 2, every: 20 })).toBe(0.25);
  });
});

describe("a page is loaded anew", () => {
  const well = {
    now: START,
    build: "a",
    told: "a",
    loadFrom: START,
    changedAt: START - HOUR,
    drawnAt: START,
    heardAt: START,
    visible: true,
  };

  it("never while it is well", () => expect(reloadReason(well)).toBeNull());
  it("for a new version, at a minute in which nothing happens and the server is heard", () => {
    expect(reloadReason({ ...well, told: "b" })).toBe("version");
    expect(reloadReason({ ...well, told: "b", changedAt: START - 59_000 })).toBeNull();
    expect(reloadReason({ ...well, told: "b", heardAt: START - MINUTE })).toBeNull();
    expect(reloadReason({ ...well, told: "b", loadFrom: START + 1 })).toBeNull();
    expect(reloadReason({ ...well, build: null, told: "b" })).toBeNull();
  });
  it("when nothing was drawn for a minute although it is seen", () => {
    expect(reloadReason({ ...well, drawnAt: START - 61_000 })).toBe("stuck");
    expect(reloadReason({ ...well, drawnAt: START - 61_000, visible: false })).toBeNull();
  });
});

it("attempts come further and further apart, and no two screens at once", () => {
  expect([0, 1, 2, 3, 4, 5, 100].map((failures) => retryDelay(failures, 1))).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(retryDelay(5, 0)).toBe(15_000);
});

it("two hundred screens that hear of another version load it over two minutes", () => {
  const moments = Array.from({ length: 200 }, (_, screen) => loadMoment(START, screen / 200) - START);
  const busiest = Math.max(...Array.from({ length: 120 }, (_, second) => moments.filter((at) => Math.floor(at / 1000) === second).length));
  expect([moments[0], busiest <= 2, Math.max(...moments) < 2 * MINUTE]).toEqual([0, true, true]);
});

it("a night may reach over midnight", () => {
  const at = (from: number, to: number) => [0, 6, 12, 22, 23].map((hour) => isNight(hour * 60, { from: from * 60, to: to * 60 }));
  expect(at(22, 6)).toEqual([true, false, false, true, true]);
  expect(at(1, 12)).toEqual([false, true, false, false, false]);
});

it("a late look is a late look, and a screen that slept or whose clock was set has leapt", () => {
  expect([1000, 15_900, 400].map((since) => leapOf(since, 1000))).toEqual([0, 0, 0]);
  expect([HOUR, -HOUR].map((since) => leapOf(since, 1000))).toEqual([HOUR - 1000, -HOUR - 1000]);
});
