import { describe, expect, it } from "vitest";
import { statusSpans } from "./timeline";

const DAY = { from: 1000, to: 2000 };

describe("the time a node spent in its statuses", () => {
  it("is one span where nothing changed", () => {
    expect(statusSpans([], "Active", DAY)).toEqual([{ status: "Active", from: 1000, to: 2000 }]);
    expect(statusSpans([{ at: 900, from: "Failed", to: "Active" }], "Active", DAY)).toHaveLength(1);
  });

  it("follows the changes in the order of time", () => {
    const changes = [
      { at: 1500, from: "Failed", to: "EnteringMaintenance" },
      { at: 1200, from: "Active", to: "Failed" },
    ] as const;
    expect(statusSpans(changes, "EnteringMaintenance", DAY)).toEqual([
      { status: "Active", from: 1000, to: 1200 },
      { status: "Failed", from: 1200, to: 1500 },
      { status: "EnteringMaintenance", from: 1500, to: 2000 },
    ]);
  });

  it("begins with nothing when the record was made meanwhile", () => {
    expect(statusSpans([{ at: 1400, from: null, to: "Candidate" }], "Candidate", DAY)).toEqual([
      { status: null, from: 1000, to: 1400 },
      { status: "Candidate", from: 1400, to: 2000 },
    ]);
  });

  it("leaves out what lasted no time", () => {
    const changes = [
      { at: 1400, from: "Approved", to: "Starting" },
      { at: 1400, from: "Starting", to: "Activating" },
    ] as const;
    expect(statusSpans(changes, "Activating", DAY).map(({ status }) => status)).toEqual(["Approved", "Activating"]);
  });
});
