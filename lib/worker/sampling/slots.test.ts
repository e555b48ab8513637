import { expect, it } from "vitest";
import { nextSlot } from "./slots";

const ID = "6f1c1f0e-8a39-4d6c-9a7e-3d6f0b1f2a3b";
const NOW = 1_795_000_000;
const FIRST = nextSlot(ID, NOW, NOW, 10);

it("every node has its own moment of the interval, and keeps it", () => {
  const phases = Array.from({ length: 200 }, (_, node) => nextSlot(`node-${node}`, NOW, NOW, 10) % 10);
  expect(new Set(phases.map(Math.floor)).size).toBe(10);
  expect(nextSlot(ID, FIRST, FIRST + 0.02, 10)).toBeCloseTo(FIRST + 10, 6);
  expect(nextSlot(ID, FIRST, FIRST + 7, 10)).toBeCloseTo(FIRST + 10, 6);
  expect(nextSlot(ID, FIRST, FIRST + 0.02, 30) % 30).toBeCloseTo(3 * (FIRST % 10), 3);
});

it("is not asked again at once when the clock is corrected by milliseconds", () => {
  for (const late of [-0.25, -0.008, 0.002]) expect(nextSlot(ID, FIRST, FIRST + late, 10)).toBeCloseTo(FIRST + 10, 6);
});

it("is asked at its next moment after the login, and is not made to wait for the one after it", () => {
  for (let after = 0; after < 10; after += 0.25) {
    const login = FIRST + after;
    const wait = nextSlot(ID, login, login + 0.01, 10) - login;
    expect(wait).toBeGreaterThanOrEqual(0.5);
    expect(wait).toBeLessThanOrEqual(10.5);
  }
});

it("does not wait for a time that was, when the clock is set back", () => {
  const wait = nextSlot(ID, FIRST, FIRST - 3600, 10) - (FIRST - 3600);
  expect(wait).toBeLessThanOrEqual(10.5);
});

it("leaves out what is over", () => expect(nextSlot(ID, FIRST, FIRST + 45, 10)).toBeCloseTo(FIRST + 50, 6));
