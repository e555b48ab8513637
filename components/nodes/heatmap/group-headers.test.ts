import { expect, it } from "vitest";
import { spreadWords } from "./group-headers";

const spread = (mean: number, worst: number, count = 2) => ({
  mean,
  hottest: { at: 0, value: worst },
  coldest: { at: 1, value: 0 },
  count,
});

it("says a unit once that the mean and the worst have both, and a single value without either", () => {
  expect(spreadWords("rate", spread(458e6, 979e6))).toBe("Mean 458 · Worst 979 Mb/s");
  expect(spreadWords("rate", spread(458e6, 1.1e9))).toBe("Mean 458 Mb/s · Worst 1.1 Gb/s");
  expect(spreadWords("share", spread(0.22, 0.35))).toBe("Mean 22 · Worst 35 %");
  expect(spreadWords("count", spread(96, 128))).toBe("Mean 96 · Most 128");
  expect(spreadWords("rate", spread(4.5e6, 4.5e6, 1))).toBe("4.5 Mb/s");
});
