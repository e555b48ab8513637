import { describe, expect, it } from "vitest";
import { DIMMED, HATCHED, SELECTED } from "@/components/charts/heatmap-scene";
import { DEFAULT_HEATMAP } from "@/lib/domain/heatmap-choices";
import { NO_DATA } from "@/lib/domain/heatmap-scale";
import type { Readiness } from "@/lib/domain/readiness";
import { sampleRow } from "@/lib/domain/row-facts.sample";
import { NODE_STATUS_IDS } from "@/lib/domain/status";
import type { Trend } from "@/lib/domain/trends";
import type { NodeRow } from "@/lib/services/nodes/read";
import { cellName } from "./cell-name";
import { cellsOf, measure, shortName } from "./cells";

const NOW = Date.UTC(2026, 10, 26);
const trend = (last: number): Trend => ({ last, points: [last] });

function node(name: string, facts: Partial<NodeRow> = {}, cpu?: number, ageMs = 0): NodeRow {
  const sampledAt = new Date(NOW - ageMs).toISOString();
  return {
    ...sampleRow({ name }),
    id: name,
    description: "",
    statusSince: "",
    statusReason: null,
    reasonIsPersonal: false,
    deadlineAt: null,
    version: 1,
    verdict: null,
    silence: null,
    hasBmc: false,
    note: null,
    operation: null,
    metrics: cpu === undefined ? null : { cpu: trend(cpu), memory: trend(0.5), networkRx: trend(2e8), networkTx: trend(2.1e9), sampledAt },
    ...facts,
  };
}

const judge = (): Readiness => ({ id: "ready", reason: "Can be taken out now." });
const ASKED = { ...DEFAULT_HEATMAP, selected: new Set<string>(), gone: new Set<string>(), now: NOW, stale: false, judge, room: 6 };
const cells = (rows: NodeRow[], asked: Partial<typeof ASKED> = {}) => {
  const question = { ...ASKED, ...asked };
  return cellsOf(rows, Int32Array.from(rows.keys()), measure(rows, question.color, question.scale), question);
};

const ROWS = [node("a", {}, 0.25), node("b", { status: "Failed" }, 1, 90_000), node("c", { status: "Candidate" })];

it("has a shade, a label, and a badge for what is not well", () => {
  const { shades, labels, badges } = cells(ROWS);
  expect([...shades]).toEqual([16, 63, NO_DATA]);
  expect(labels).toEqual(["25", "100", ""]);
  expect([...badges]).toEqual([0, NODE_STATUS_IDS.indexOf("Failed") + 1, NODE_STATUS_IDS.indexOf("Candidate") + 1]);
});

it("of a fitted scale differ where those of the full one are alike", () => {
  const close = [node("a", {}, 0.11), node("b", {}, 0.13), node("c", {}, 0.2)];
  const [full, fitted] = [cells(close).shades, cells(close, { scale: "fitted" }).shades];
  expect([...full]).toEqual([7, 8, 13]);
  expect([...fitted]).toEqual([6, 19, 63]);
});

describe("marks", () => {
  it("hatch what is not known, and what is older than a minute", () => {
    expect([...cells(ROWS).marks]).toEqual([0, HATCHED, HATCHED]);
    expect([...cells(ROWS, { stale: true }).marks]).toEqual([HATCHED, HATCHED, HATCHED]);
  });
  it("are counted where a value is old, for the legend", () => {
    expect([cells(ROWS).old, cells(ROWS, { stale: true }).old, cells(ROWS, { color: "memory" }).old]).toEqual([1, 2, 0]);
  });
  it("do not hatch what is built in, however old", () => expect([...cells(ROWS, { color: "memory" }).marks]).toEqual([0, 0, 0]));
  it("tell what is selected", () => expect(cells(ROWS, { selected: new Set(["a"]) }).marks[0]).toBe(SELECTED));

  it("dim what the legend leaves out, what is not known with a range, and what has left the list", () => {
    const { marks, matching } = cells(ROWS, { range: { from: 20, to: 50 } });
    expect([...marks].map((mark) => mark & DIMMED)).toEqual([0, DIMMED, DIMMED]);
    expect(matching).toBe(1);
    expect([...cells(ROWS, { gone: new Set(["b"]) }).marks].map((mark) => mark & DIMMED)).toEqual([0, DIMMED, 0]);
    expect(cells(ROWS, { only: ["Failed", "Candidate"] }).matching).toBe(2);
    expect(cells(ROWS, { color: "readiness", only: ["ready"] }).matching).toBe(3);
  });
});

it("follows the order of the cells", () => {
  const { shades } = cellsOf(ROWS, Int32Array.of(1, 0), measure(ROWS, "used-cpu", "full"), ASKED);
  expect([...shades]).toEqual([63, 16]);
});

it("colours states by their place in the table", () => {
  expect([...cells(ROWS, { color: "status" }).shades]).toEqual(ROWS.map(({ status }) => NODE_STATUS_IDS.indexOf(status)));
  expect(cells(ROWS, { color: "status" }).labels).toBeNull();
  expect([...cells(ROWS, { color: "readiness" }).shades]).toEqual([0, 0, 0]);
});

it("says by a badge whether a node can be taken out, beside what its status is", () => {
  const sooner = cells(ROWS, { color: "readiness" }).badges;
  const later = cells(ROWS, { color: "readiness", judge: () => ({ id: "noRoom", reason: "" }) }).badges;
  expect(new Set([...sooner, ...later]).size).toBe(6);
  expect([...sooner].every((badge) => badge > 0)).toBe(true);
});

it("keeps the end of a long name, where names differ", () => {
  expect([shortName("west-01", 7), shortName("compute-west-01", 6)]).toEqual(["west-01", "…st-01"]);
  expect(cells(ROWS, { label: "name" }).labels).toEqual(["a", "b", "c"]);
});

describe("the name of a cell", () => {
  const about = { color: "used-cpu", now: NOW, stale: false, judge } as const;
  it("says node, status, the four metrics and how old they are", () => {
    expect(ROWS.map((row) => cellName(row, about))).toEqual([
      "a, Active, CPU 25 %, Memory 50 %, Network Rx 200 Mb/s, Network Tx 2.1 Gb/s",
      "b, Failed, CPU 100 %, Memory 50 %, Network Rx 200 Mb/s, Network Tx 2.1 Gb/s, stale 1 min",
      "c, Candidate, CPU, Memory, Network: No data",
    ]);
  });
  it("says why a node is in its status, as the tooltip does", () =>
    expect(cellName(node("a", { status: "Failed", statusReason: "No heartbeat for 1 min." }), about)).toMatch(
      /^a, Failed, No heartbeat for 1 min\., /,
    ));
  it("says what the colour tells", () => {
    expect(cellName(node("a"), { ...about, color: "storage" })).toMatch(/, Storage 15.4 TB$/);
    expect(cellName(node("a"), { ...about, color: "readiness" })).toMatch(/, Can be taken out now\.$/);
  });
});
