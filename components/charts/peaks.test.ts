import { expect, it } from "vitest";
import { peaksOf } from "./peaks";

const line = (average: (number | null)[], least: (number | null)[], most: (number | null)[]) =>
  ({ id: "a", label: "a", look: 0, average, least, most }) as const;

it("a point whose most or least stands out is drawn between its neighbours, and what is usual is not", () => {
  const average = [0.2, 0.2, 0.2, 0.2, 0.2, 0.2];
  expect(peaksOf(line(average, average, [0.22, 0.2, 0.9, 0.2, 0.23, 0.2]), 1)).toEqual([
    null,
    [0.2, 0.2],
    [0.2, 0.9],
    [0.2, 0.2],
    null,
    null,
  ]);
  expect(peaksOf(line(average, [0.2, 0, 0.2, 0.2, 0.2, 0.2], average), 1).slice(0, 3)).toEqual([
    [0.2, 0.2],
    [0, 0.2],
    [0.2, 0.2],
  ]);
});
it("a gap stays a gap beside a peak, and a line of single values has none", () => {
  expect(peaksOf(line([0.2, null, 0.2], [0.2, null, 0.2], [0.9, null, 0.2]), 1)).toEqual([[0.2, 0.9], null, null]);
  expect(peaksOf({ id: "a", label: "a", look: 0, average: [0.2, 0.9] }, 1)).toEqual([null, null]);
});
