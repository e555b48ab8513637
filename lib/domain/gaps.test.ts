import { describe, expect, it } from "vitest";
import { gapsOf } from "./gaps";
import type { Span } from "./history-request";

const ACTIVE: Span[] = [{ from: 0, to: 1000, status: "Active" }];
/** A point a letter: "x" is known. */
const gaps = (points: string, statuses = ACTIVE, joined: number | null = 0, step = 60) =>
  gapsOf({ known: [...points].map((point) => point === "x"), start: 0, step }, { from: 0, to: points.length * step }, statuses, joined).map(
    ({ from, to, reason }) => [from, to, reason],
  );

describe("gaps", () => {
  it("have no word where the node simply did not answer but that", () => expect(gaps("xx..x")).toEqual([[120, 240, "no-answer"]]));
  it("are none below a minute", () => expect(gaps("x.....x", ACTIVE, 0, 10)).toEqual([]));
  it("before the first sample are no silence", () => {
    expect(gaps("..x")).toEqual([[0, 120, "not-sampled"]]);
    expect(gaps("...")).toEqual([[0, 180, "not-sampled"]]);
    expect(gaps("...x", ACTIVE, 100)).toEqual([
      [0, 100, "not-joined"],
      [100, 180, "not-sampled"],
    ]);
    expect(gaps("..", ACTIVE, null)).toEqual([[0, 120, "not-joined"]]);
  });
  it("are silence where the node was sampled before, whenever it joined", () =>
    expect(gaps("x...", ACTIVE, 130)).toEqual([[60, 240, "no-answer"]]));
  it("have no piece below a sample", () =>
    expect(
      gaps("x..", [
        { from: 0, to: 177, status: "Active" },
        { from: 177, to: 1000, status: "Fenced" },
      ]),
    ).toEqual([[60, 177, "no-answer"]]));
  it("are parted where the status changes, and not where the reason stays", () => {
    const statuses: Span[] = [
      { from: 0, to: 100, status: "Active" },
      { from: 100, to: 130, status: "EnteringMaintenance" },
      { from: 130, to: 200, status: "InMaintenance" },
      { from: 200, to: 1000, status: "Failed" },
    ];
    expect(gaps("x....x", statuses)).toEqual([
      [60, 100, "no-answer"],
      [100, 200, "maintenance"],
      [200, 300, "failed"],
    ]);
  });
  it("need no status to be told", () => expect(gaps("x..x", [])).toEqual([[60, 180, "no-answer"]]));
});
