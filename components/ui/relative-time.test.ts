import { describe, expect, it } from "vitest";
import { relativeTime } from "./relative-time";

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

describe("relativeTime", () => {
  it.each([
    [0, "just now"],
    [-9_000, "just now"],
    [-12_400, "12 s ago"],
    [-59_999, "59 s ago"],
    [-4 * MINUTE, "4 min ago"],
    [-60 * MINUTE, "1 h ago"],
    [-47 * 60 * MINUTE, "47 h ago"],
    [-48 * 60 * MINUTE, "2 d ago"],
    [5 * MINUTE, "in 5 min"],
  ])("%i ms from now is %s", (distance, words) => {
    expect(relativeTime(NOW + distance, NOW)).toBe(words);
  });
});
