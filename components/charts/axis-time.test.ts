import { expect, it } from "vitest";
import { momentName } from "./axis-time";

const AT = Date.UTC(2026, 10, 25, 14, 32, 7) / 1000;
const over = (seconds: number, step: number) => momentName(AT, { from: AT - seconds, to: AT, step }, "utc");

it("a moment has its seconds where points are finer than a minute, and its day where the span has more than one", () => {
  expect([over(3600, 10), over(21_600, 60), over(86_400, 120), over(7 * 86_400, 900)]).toEqual([
    "14:32:07",
    "14:32",
    "25 Nov, 14:32",
    "25 Nov, 14:32",
  ]);
});
