import { describe, expect, it } from "vitest";
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
  nodes: [
    { id: "a", name: "a", status: "Fenced" },
    { id: "b", name: "b", status: "Candidate" },
    { id: "c", name: "c", status: "Active" },
  ],
  changes: [
    { id: "b", at: FROM + 100, from: null, to: "Candidate" },
    { id: "a", at: FROM + 650, from: "Active", to: "Failed" },
    { id: "a", at: FROM + 950, from: "Failed", to: "Fenced" },
  ],
  renames: [
    { id: "c", at: FROM + 400, was: "west-7" },
    { id: "c", at: FROM + 800, was: "spare" },
  ],
};
const row = (id: string, status: NodeStatus) => ({
  id,
  name: id,
  status,
  candidate: false,
  metrics: null as NodeMetrics | null,
  statusReason: "of now",
  operation: null,
});
const past = readPast(DAY);
const read = (rows: ReturnType<typeof row>[], step: number, of = past) => rowsAt(rows, of, step).map(({ id, status }) => [id, status]);

it("gives a node the status that its next change left", () => {
  const at = (seconds: number) => statusesAt(past, FROM + seconds)("a");
  expect([at(0), at(700), at(951)]).toEqual(["Active", "Failed", "Fenced"]);
  expect(statusesAt(past, FROM)("b")).toBeNull();
  expect(statusesAt(past, FROM)("c")).toBe("Active");
});

it("gives the rows as they were at the end of a step, and leaves out what was not there", () => {
  const rows = [row("a", "Fenced"), row("b", "Candidate")];
  expect(read(rows, 0)).toEqual([
    ["a", "Active"],
    ["b", "Candidate"],
  ]);
  expect(read(rows, 0, { ...past, from: FROM - 600 })).toEqual([["a", "Active"]]);
});

describe("what happens after the day was read", () => {
  it("is no part of it: a node that fails now was not failed then", () => expect(read([row("c", "Failed")], 5)).toEqual([["c", "Active"]]));
  it("leaves a node out that was made since", () => expect(read([row("d", "Candidate")], 5)).toEqual([]));
});

describe("a node that was measured before its record begins", () => {
  const before: PastDay = { ...DAY, from: FROM - 600, samples: DAY.samples.map(([, packed]) => ["b", packed]) };
  it("has the status that the record begins with", () => {
    const changes: PastDay["changes"] = [
      { id: "b", at: FROM + 100, from: null, to: "Active" },
      { id: "b", at: FROM + 900, from: "Active", to: "Failed" },
    ];
    expect(read([row("b", "Failed")], 0, readPast({ ...before, changes }))).toEqual([["b", "Active"]]);
  });
});

it("tells a reason only of the status that still stands", () => {
  const reason = (step: number) => rowsAt([row("a", "Fenced")], past, step)[0]?.statusReason;
  expect([reason(2), reason(10)]).toEqual([null, "of now"]);
  // Failed, then well, then failed again: the reason is that of the second time.
  const changes: PastDay["changes"] = [
    { id: "a", at: FROM + 650, from: "Fenced", to: "Active" },
    { id: "a", at: FROM + 950, from: "Active", to: "Fenced" },
  ];
  expect(rowsAt([row("a", "Fenced")], readPast({ ...DAY, changes }), 0)[0]).toMatchObject({ status: "Fenced", statusReason: null });
});

it("has a node as a candidate that has joined since", () => {
  const changes: PastDay["changes"] = [{ id: "c", at: FROM + 650, from: "Candidate", to: "Approved" }];
  const candidate = (step: number) => rowsAt([row("c", "Active")], readPast({ ...DAY, changes }), step)[0]?.candidate;
  expect([candidate(0), candidate(5)]).toEqual([true, false]);
});

it("calls a node what it was called", () => {
  const name = (step: number) => rowsAt([row("c", "Active")], past, step)[0]?.name;
  expect([name(0), name(1), name(2)]).toEqual(["west-7", "spare", "c"]);
});

describe("what was measured", () => {
  const metrics = (step: number) => rowsAt([row("a", "Active")], past, step)[0]?.metrics;
  it("is that of the step, and nothing where nothing was", () => {
    expect(metrics(2)?.cpu.last).toBe(0.002);
    expect(metrics(3)).toBeNull();
    expect(rowsAt([row("c", "Active")], past, 2)[0]?.metrics).toBeNull();
  });
  it("has the hour up to it", () => {
    expect(metrics(14)?.cpu.points).toEqual([null, ...Array.from({ length: 11 }, (_, back) => (back + 4) / 1000)]);
    expect(metrics(1)?.cpu.points).toEqual([...Array.from({ length: 10 }, () => null), 0, 0.001]);
  });
});
