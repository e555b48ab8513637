import { describe, expect, it } from "vitest";
import { memoryHeadroom } from "./headroom";
import { MAINTENANCE_NEEDS, regionFacts } from "./lifecycle";
import { maintenanceReadiness, readinessOf } from "./readiness";
import { sampleRow } from "./row-facts.sample";
import { RegionSettings } from "./settings";
import type { NodeStatus } from "./status";

const GIB = 2 ** 30;
type Facts = Parameters<typeof maintenanceReadiness>[0];

const node = (name: string, facts: Partial<Facts> = {}): Facts => ({ ...sampleRow({ name }), operation: null, ...facts });

function readiness(of: Facts, ...others: Facts[]) {
  const all = [of, ...others];
  const context = { now: new Date(0), settings: RegionSettings.parse({}), region: regionFacts(all) };
  return maintenanceReadiness(of, memoryHeadroom(all), context);
}

it("says how much would be left", () =>
  expect(readiness(node("a"), node("b"), node("c"))).toEqual({
    id: "ready",
    reason: "Can be taken out now; 61 GiB would be left on the other Active nodes.",
  }));

it("says how much room is missing", () =>
  expect(readiness(node("a"), node("b"))).toEqual({
    id: "noRoom",
    reason: "The other Active nodes lack 130 GiB of memory for its VMs.",
  }));

it("does not guess what a node holds", () => expect(readiness(node("a", { vmMemoryTotalBytes: null }), node("b")).id).toBe("unknown"));

it("takes a node without VMs out even where there is no room", () =>
  expect(readiness(node("a", { vmMemoryTotalBytes: 0 }), node("b", { vmMemoryAvailableBytes: 0 })).id).toBe("ready"));

describe("what the command refuses", () => {
  it("is not ready, in the words of the command", () =>
    expect(readiness(node("a", { role: "Control" }), node("b"))).toEqual({
      id: "refused",
      reason: "Without a, 0 of 1 Control nodes would be Active; the cluster needs 1.",
    }));

  it("is refused while something runs on it", () => {
    const operation = { label: "Join", actorName: "olga", at: null };
    expect(readiness(node("a", { operation }), node("b", { vmMemoryAvailableBytes: 900 * GIB })).id).toBe("refused");
  });

  it.each<NodeStatus>(["Candidate", "InMaintenance", "Rejected"])("%s runs nothing that could be moved", (status) =>
    expect(readiness(node("a", { status }), node("b"), node("c"))).toEqual({ id: "apart", reason: MAINTENANCE_NEEDS }),
  );
});

it("is known of every node of a large region in one pass", () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => node(`n${index}`));
  const judge = readinessOf(nodes, { now: new Date(0), settings: RegionSettings.parse({}), region: regionFacts(nodes) });
  const began = performance.now();
  expect(nodes.every((one) => judge(one).id === "ready")).toBe(true);
  expect(performance.now() - began).toBeLessThan(1000);
  expect(judge(nodes[0]!)).toBe(judge(nodes[0]!)); // ten thousand are there
});
