import { expect, it } from "vitest";
import { spreadWords } from "./group-headers";

const spread = (mean: number, worst: number) => ({ mean, hottest: { at: 0, value: worst }, coldest: { at: 1, value: 0 }, count: 2 });

it("says a unit once that the mean and the worst have both, and of a single node its value", () => {
  expect(spreadWords("rate", spread(458e6, 979e6), 7)).toBe("Mean 458 · Worst 979 Mb/s");
  expect(spreadWords("rate", spread(458e6, 1.1e9), 7)).toBe("Mean 458 Mb/s · Worst 1.1 Gb/s");
  expect(spreadWords("share", spread(0.22, 0.35), 7)).toBe("Mean 22 · Worst 35 %");
  expect(spreadWords("count", spread(96, 128), 7)).toBe("Mean 96 · Most 128");
  expect(spreadWords("rate", spread(4.5e6, 4.5e6), 1)).toBe("4.5 Mb/s");
  // Of seven, one was measured: that is not the value of seven.
  expect(spreadWords("rate", spread(4.5e6, 4.5e6), 7)).toBe("Mean 4.5 · Worst 4.5 Mb/s");
});
