import { describe, expect, it } from "vitest";
import { BULK_COMMANDS, bulkPermission, bulkRefusal, NO_ITEMS, split, tagStates, type BulkNode } from "./bulk";
import { bulkDeadlineMs, partsAtOnce, startsParts } from "./bulk-parts";
import { ADD_CANDIDATE, COMMANDS, regionFacts } from "./lifecycle";
import { OPERATIONS } from "./operations";
import { DEFAULT_SETTINGS } from "./settings";
import { NODE_STATUS_IDS, type NodeStatus } from "./status";

const NOW = new Date("2026-11-25T12:00:00Z");
const node = (name: string, status: NodeStatus = "Candidate", facts: Partial<BulkNode> = {}): BulkNode => ({
  name,
  ip: "10.0.0.1",
  status,
  role: "Worker",
  hostKeyChanged: false,
  inspectedAt: NOW,
  verdict: { adequate: true, results: [] },
  operation: null,
  ...facts,
});
const context = { role: "operator", now: NOW, settings: DEFAULT_SETTINGS, region: regionFacts([]) } as const;
const named = (nodes: BulkNode[]) => nodes.map(({ name }) => name);

describe("the split before a bulk action", () => {
  it("says which nodes can and which can not, by reason, what most lack first", () => {
    const nodes = [
      node("a"),
      node("b", "Active"),
      node("c", "Candidate", { inspectedAt: null }),
      node("d", "Active"),
      node("e"),
      node("f", "Candidate", { operation: { label: "Re-inspect", actorName: "Ada", at: null } }),
    ];
    const { can, cannot } = split("accept", nodes, context);
    expect(named(can)).toEqual(["a", "e"]);
    expect(cannot.map(({ reason, nodes: which }) => [reason, named(which)])).toEqual([
      ["Candidate actions need status Candidate; this node is Active.", ["b", "d"]],
      ["Hardware discovery is not complete.", ["c"]],
      ["Re-inspect is running on this node, started by Ada.", ["f"]],
    ]);
  });

  it("asks for the role of each command", () => {
    for (const command of BULK_COMMANDS) {
      const { can, cannot } = split(command, [node("a"), node("b", "Failed")], { ...context, role: "viewer" });
      expect([can, cannot.map(({ reason }) => reason)]).toEqual([[], ["You need the Operator role."]]);
    }
  });

  it.each(BULK_COMMANDS)("lets %s through in the statuses of the lifecycle, and in no other", (command) => {
    const nodes = NODE_STATUS_IDS.map((status) => node(status, status));
    const { can, cannot } = split(command, nodes, context);
    expect(named(can)).toEqual(NODE_STATUS_IDS.filter((status) => (COMMANDS[command].allowed as readonly string[]).includes(status)));
    expect(can.length + cannot.flatMap(({ nodes: which }) => which).length).toBe(nodes.length);
  });

  it("of no nodes is empty", () => expect(split("delete", [], context)).toEqual({ can: [], cannot: [] }));
});

describe("work on many nodes", () => {
  it("has failed with one line that failed", () => {
    expect(bulkRefusal({ ...NO_ITEMS, done: 9, skipped: 2 })).toBeNull();
    expect(bulkRefusal({ ...NO_ITEMS, done: 9, failed: 1 })).toMatchObject({ code: "some-failed", reason: "1 of 10 failed." });
  });

  it("has time for every line, and for what an Accept starts", () => {
    expect(bulkDeadlineMs("reject", 1000)).toBeGreaterThan(1000 * 1000);
    expect(bulkDeadlineMs("accept", 1) - bulkDeadlineMs("reject", 1)).toBe(2 * OPERATIONS.accept.deadlineMs);
    const oneAdded = OPERATIONS.inspect.deadlineMs + OPERATIONS.add.deadlineMs;
    expect(bulkDeadlineMs("add", 1) - bulkDeadlineMs("reject", 1)).toBe(2 * oneAdded);
  });

  it("on servers that are no nodes yet asks for what adding one asks for, and begins a few at a time", () => {
    for (const work of ["look", "add"] as const)
      expect([bulkPermission(work), startsParts(work), partsAtOnce(work)]).toEqual([ADD_CANDIDATE.permission, true, 8]);
    expect([bulkPermission("delete"), startsParts("delete"), partsAtOnce("accept")]).toEqual(["node.delete", false, Infinity]);
  });
});

it("tells which tags all of the nodes have, and which only some", () => {
  expect(tagStates([{ tags: ["rack-A", "gpu"] }, { tags: ["Rack-a"] }])).toEqual([
    { tag: "gpu", state: "some" },
    { tag: "rack-A", state: "all" },
  ]);
  expect(tagStates([])).toEqual([]);
});
