import { expect, it } from "vitest";
import { announcedAt, safetyTimer } from "./safety-timer";

const FACTS = { now: "2026-11-26T12:00:00.000Z", notBefore: "2026-11-26T12:00:30.000Z", expiresAt: "2026-11-26T12:05:30.000Z" };

it.each([
  [0, { left: 30, share: 0, expired: false }],
  [12_001, { left: 18, expired: false }],
  [29_999, { left: 1, expired: false }],
  [30_000, { left: 0, share: 1, expired: false }],
  [329_999, { left: 0, expired: false, expiresMs: 1 }],
  [330_000, { left: 0, expired: true, expiresMs: 0 }],
  [9_999_999, { left: 0, share: 1, expired: true }],
])("after %d ms: %j", (elapsed, expected) => expect(safetyTimer(FACTS, elapsed)).toMatchObject(expected));

it("is announced at 30, 20, 10, 5 and 0 seconds", () => {
  const said = Array.from({ length: 41 }, (_, passed) => announcedAt(40 - passed));
  expect(said[9]).toBeNull();
  expect([...new Set(said)]).toEqual([null, 30, 20, 10, 5, 0]);
  expect([30, 29, 20, 6, 5, 1, 0].map(announcedAt)).toEqual([30, 30, 20, 10, 5, 5, 0]);
});
