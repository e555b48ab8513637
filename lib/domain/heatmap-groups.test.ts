import { describe, expect, it } from "vitest";
import type { GroupBy } from "./heatmap-choices";
import { GROUP_IDS } from "./heatmap-choices";
import { bandEdges, BY_SEVERITY, groupRows, GROUPS, tagPrefixes } from "./heatmap-groups";
import { measured, sampleRow } from "./row-facts.sample";
import type { RowFacts } from "./row-facts";
import { NODE_STATUS_IDS } from "./status";

const GIB = 2 ** 30;
const groups = (by: GroupBy, ...facts: Partial<RowFacts>[]) =>
  Object.fromEntries(groupRows(facts.map(sampleRow), by).map(({ label, members }) => [label, members]));

it("has a row for every word of the address", () => expect(Object.keys(GROUPS)).toEqual([...GROUP_IDS]));

it("orders every status by how much it wants a person", () => {
  expect(BY_SEVERITY.toSorted()).toEqual(NODE_STATUS_IDS.toSorted());
  const found = groups("status", { status: "Active" }, { status: "Failed" }, { status: "Active" }, { status: "Out" });
  expect(Object.entries(found)).toEqual([
    ["Failed", [1]],
    ["Active", [0, 2]],
    ["Out", [3]],
  ]);
});

it("bands usage from the highest down, what is not measured last", () => {
  const found = groups(
    "used-cpu",
    { metrics: measured(0.2) },
    { metrics: measured(0.9) },
    {},
    { metrics: measured(1) },
    { metrics: measured(0.25) },
  );
  expect(Object.entries(found)).toEqual([
    ["90 to 100 %", [1, 3]],
    ["25 to 50 %", [4]],
    ["0 to 25 %", [0]],
    ["No data", [2]],
  ]);
  expect(groups("used-memory", { metrics: measured(0.2) })).toEqual({ "50 to 75 %": [0] });
});

describe("capacities", () => {
  it("are banded at nice numbers", () => {
    const sizes = [256, 256, 512, 512, 768, 1024].map((size) => ({ memoryBytes: size * GIB }));
    expect(Object.keys(groups("memory", ...sizes))).toEqual(["less than 500 GiB", "500 GiB to 1000 GiB", "1000 GiB and more"]);
    expect(bandEdges("count", [64, 64, 96, 96, 128, 128])).toEqual([100]);
  });

  it("are one band when all are the same, and none when nothing is known", () => {
    expect(Object.keys(groups("cpu", { vcpus: 128 }, { vcpus: 128 }))).toHaveLength(1);
    expect(groups("storage", { storageBytes: null })).toEqual({ "No data": [0] });
    expect(bandEdges("count", [])).toEqual([]);
  });
});

describe("tags", () => {
  const nodes = [
    { tags: ["rack-B", "gpu"] },
    { tags: ["rack-A"] },
    { tags: ["RACK-a", "owner=x"] },
    { tags: [] },
    { tags: ["rack-A", "rack-B"] },
  ];

  it("with a prefix: the tags that begin so; each node once", () =>
    expect(groups("tag:rack-", ...nodes)).toEqual({ "rack-A": [1, 2], "rack-A, rack-B": [4], "rack-B": [0], "No tags": [3] }));

  it("without one: all of a node's tags", () => expect(groups("tag", ...nodes)).toMatchObject({ "gpu, rack-B": [0], "No tags": [3] }));

  it("are gathered where nearly every node has its own, so that the picture stays one that can be drawn", () => {
    const rows = Array.from({ length: 150 }, (_, index) => sampleRow({ tags: [`owner=${Math.max(0, index - 9)}`] }));
    const made = groupRows(rows, "tag:owner=");
    expect(made).toHaveLength(101);
    expect(made[0]).toMatchObject({ label: "owner=0", members: Array.from({ length: 10 }, (_, index) => index) });
    expect(made.at(-1)).toMatchObject({ label: "41 other tags" });
    expect(made.flatMap(({ members }) => members)).toHaveLength(150);
  });

  it("may be called as the rest is", () => {
    const made = groupRows([sampleRow({ tags: ["No tags"] }), sampleRow({ tags: [] })], "tag");
    expect(new Set(made.map(({ key }) => key)).size).toBe(2);
  });

  it("offer what stands before their values, that of most nodes first", () =>
    expect(tagPrefixes(nodes.map(sampleRow))).toEqual(["rack-", "gpu", "owner="]));
});

it.each(GROUP_IDS)("%s: every node stands in one group", (by) => {
  const rows = NODE_STATUS_IDS.map((status, index) =>
    sampleRow({
      status,
      vcpus: index,
      memoryBytes: index * GIB,
      storageBytes: index * 1e12,
      metrics: index % 3 ? measured(index / 13) : null,
    }),
  );
  const members = groupRows(rows, by).flatMap((group) => group.members);
  expect(members.toSorted((a, b) => a - b)).toEqual(rows.map((_row, index) => index));
});
