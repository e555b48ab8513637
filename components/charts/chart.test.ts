import { describe, expect, it } from "vitest";
import { marksAt, summaryOf, worstLast, type ChartMark } from "./chart";

const mark = (id: string, at: number, tone: ChartMark["tone"]): ChartMark => ({ id, at, tone, text: id });
const ids = (marks: readonly ChartMark[]) => marks.map(({ id }) => id);

describe("what happened", () => {
  const marks = [mark("failed", 100, "danger"), mark("restarted", 109, "warning"), mark("active", 110, "neutral")];
  it("is drawn with the worst on top, so that nothing hides it", () =>
    expect(ids(worstLast(marks))).toEqual(["active", "restarted", "failed"]));
  it("belongs to the point in whose time it was", () => {
    const time = { from: 0, to: 200, start: 0, step: 10, count: 20 };
    expect([9, 10, 11].map((point) => ids(marksAt(time, point, marks)))).toEqual([[], ["failed", "restarted"], ["active"]]);
  });
});

describe("the summary of a line", () => {
  it("has the least and the most that was measured, not those of the averages", () =>
    expect(summaryOf({ id: "a", label: "a", look: 0, average: [2, null, 4], least: [0, null, 3], most: [9, null, 5] })).toEqual({
      least: 0,
      average: 3,
      most: 9,
    }));
  it("is that of the values where a point is one, and nothing of nothing", () => {
    expect(summaryOf({ id: "a", label: "a", look: 0, average: [2, null, 4] })).toEqual({ least: 2, average: 3, most: 4 });
    expect(summaryOf({ id: "a", label: "a", look: 0, average: [null] })).toEqual({ least: null, average: null, most: null });
  });
});
