import { describe, expect, it } from "vitest";
import { HOLD_MS, isMirrored, nextTurn, orbitAt, reloadReason, retryDelay, turnProgress, type Turn } from "./wall-time";

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
  const run = (turn: Turn, seconds: number, alarmAt = -1): Turn[] => {
    const turns: Turn[] = [];
    for (let second = 1; second <= seconds; second += 1) {
      turn = nextTurn(turn, { ...question, now: START + second * 1000, alarm: second === alarmAt });
      turns.push(turn);
    }
    return turns;
  };

  it("shows each colour for its time, week after week", () => {
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

  it("with one colour does not move", () => {
    expect(nextTurn(first, { now: START + HOUR, alarm: false, count: 1, every: 20 })).toBe(first);
    expect(turnProgress(first, { now: START + HOUR, count: 1, every: 20 })).toBeNull();
    expect(turnProgress(first, { now: START + 5000, count: 2, every: 20 })).toBe(0.25);
  });
});

describe("a page is loaded anew", () => {
  const well = { now: START, build: "a", told: "a", changedAt: START - HOUR, drawnAt: START, heardAt: START, visible: true };

  it("never while it is well", () => expect(reloadReason(well)).toBeNull());
  it("for a new version, at a minute in which nothing happens and the server is heard", () => {
    expect(reloadReason({ ...well, told: "b" })).toBe("version");
    expect(reloadReason({ ...well, told: "b", changedAt: START - 59_000 })).toBeNull();
    expect(reloadReason({ ...well, told: "b", heardAt: START - MINUTE })).toBeNull();
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
