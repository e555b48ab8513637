import { expect, it } from "vitest";
import { encodeValue, GAP, TREND_IDS } from "./metrics";
import { pack } from "./pack";
import { PAST_STEPS, readPast, rowsAt, statusesAt, type PastDay } from "./past";
import type { NodeStatus } from "./status";
import type { NodeMetrics } from "./trends";

const FROM = 1_795_000_200;
const series = TREND_IDS.map((id) =>
  Uint16Array.from({ length: PAST_STEPS }, (_, step) => (step === 3 ? GAP : encodeValue(id, step / 1000))),
);
const DAY: PastDay = {
  from: FROM,
  samples: [["a", btoa(String.fromCharCode(...pack(series)))]],
  changes: [
    { id: "b", at: FROM + 100, from: null, to: "Candidate" },
    { id: "a", at: FROM + 650, from: "Active", to: "Failed" },
    { id: "a", at: FROM + 950, from: "Failed", to: "Fenced" },
  ],
};
const row = (id: string, status: NodeStatus) => ({
  id,
  status,
  metrics: null as NodeMetrics | null,
  statusReason: "of now",
  operation: null,
});
const past = readPast(DAY);

it("gives a node the status that its next change left", () => {
  const at = (seconds: number) => statusesAt(past, FROM + seconds)("a", "Fenced");
  expect([at(0), at(700), at(951)]).toEqual(["Active", "Failed", "Fenced"]);
  expect(statusesAt(past, FROM)("b", "Candidate")).toBeNull();
  expect(statusesAt(past, FROM)("c", "Active")).toBe("Active");
});

it("gives the rows as they were at the end of a step, and leaves out what was not there", () => {
  const rows = [row("a", "Fenced"), row("b", "Candidate")];
  expect(rowsAt(rows, past, 0).map(({ id, status }) => [id, status])).toEqual([
    ["a", "Active"],
    ["b", "Candidate"],
  ]);
  expect(rowsAt(rows, { ...past, from: FROM - 600 }, 0).map(({ id }) => id)).toEqual(["a"]);
  // Measured before the event log begins.
  const measured = { ...past, from: FROM - 600, samples: new Map([...past.samples, ["b", series]]) };
  expect(rowsAt(rows, measured, 0).map(({ status }) => status)).toEqual(["Active", "Candidate"]);
  expect(rowsAt(rows, past, 2)[0]).toMatchObject({ status: "Failed", statusReason: null });
});

it("has no measurements where there were none", () => {
  expect(rowsAt([row("a", "Active")], past, 2)[0]?.metrics?.cpu.last).toBe(0.002);
  expect(rowsAt([row("a", "Active")], past, 3)[0]?.metrics).toBeNull();
  expect(rowsAt([row("c", "Active")], past, 2)[0]?.metrics).toBeNull();
});
