import { describe, expect, it } from "vitest";
import { MAINTENANCE_NEEDS, regionFacts } from "./lifecycle";
import type { PlacementNode, Processor } from "./placement";
import { readinessOf, type ReadinessFacts, type ReadinessRegion } from "./region-readiness";
import { sampleRow } from "./row-facts.sample";
import { RegionSettings } from "./settings";
import type { NodeStatus } from "./status";
import { sampleVm } from "./vm.sample";

const GIB = 2 ** 30;
const CPU: Processor = { architecture: "x86_64", model: "EPYC 9354", flags: ["avx2"] };

/** Of 512 GiB, with virtual machines of so many GiB each. */
const node = (name: string, vmsGiB: readonly number[] = [], facts: Partial<ReadinessFacts["node"]> = {}): ReadinessFacts => ({
  node: { ...sampleRow({ name }), id: name, ...facts },
  operation: null,
  vms: vmsGiB.map((size, at) => sampleVm(`${name}-vm-${at}`, { memoryBytes: size * GIB, networks: [] })),
  answers: true,
  processor: CPU,
});
const given = ({ vms }: ReadinessFacts): number => (vms ?? []).reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
const targetOf = (facts: ReadinessFacts): PlacementNode => ({
  id: facts.node.id,
  name: facts.node.name,
  memoryBytes: 512 * GIB,
  usedBytes: given(facts),
  promisedBytes: 0,
  cpu: CPU,
  networks: null,
});

const regionOf = (all: readonly ReadinessFacts[], about: Partial<ReadinessRegion> = {}): ReadinessRegion => ({
  context: { now: new Date(0), settings: RegionSettings.parse({}), region: regionFacts(all.map((one) => one.node)) },
  targets: all.filter((one) => one.node.status === "Active").map(targetOf),
  draining: [],
  reserveShare: 0,
  ...about,
});
const readiness = (of: ReadinessFacts, ...others: ReadinessFacts[]) => readinessOf(regionOf([of, ...others]))(of);

it("says how much would be left", () =>
  expect(readiness(node("a", [100, 21]), node("b", [300]), node("c"))).toEqual({
    id: "ready",
    reason: "Can be taken out now; 603 GiB would be left on the other Active nodes.",
  }));

describe("memory", () => {
  it("is missing where the sum of what is free does not do", () => expect(readiness(node("a", [300]), node("b", [400])).id).toBe("noRoom"));

  it("is missing where the sum does, and no single node has room for a machine", () =>
    expect(readiness(node("a", [200]), node("b", [400]), node("c", [400]))).toEqual({
      id: "noRoom",
      reason: "a-vm-0 needs 200 GiB; the largest free space on another node is 112 GiB (b).",
    }));

  it("keeps the reserve of the region, as the pre-flight does", () => {
    const all = [node("a", [100]), node("b", [400])] as const;
    expect(readinessOf(regionOf(all))(all[0]).id).toBe("ready");
    expect(readinessOf(regionOf(all, { reserveShare: 0.1 }))(all[0]).id).toBe("noRoom");
  });

  it("is looked for on all nodes where the roomiest do not suit", () => {
    const apart = Array.from({ length: 20 }, (_, index) => node(`arm-${index}`));
    const suited = node("b", [400]);
    const of = node("a", [50]);
    const targets = [...apart.map((one) => ({ ...targetOf(one), cpu: { ...CPU, architecture: "aarch64" } })), targetOf(suited)];
    expect(readinessOf(regionOf([of, suited, ...apart], { targets }))(of).id).toBe("ready");
  });
});

it("is refused while a machine holds a device of the node", () => {
  const gpu = { ...node("a"), vms: [sampleVm("train-1", { passthrough: ["0000:41:00.0"] })] };
  expect(readiness(gpu, node("b"))).toEqual({
    id: "refused",
    reason: "1 VM with GPU passthrough is running: train-1. Shut it down first.",
  });
});

it("does not guess what runs on a node that does not answer", () => {
  const failed = { ...node("a", [1, 1], { status: "Failed" }), answers: false };
  expect(readiness(failed, node("b"))).toEqual({ id: "refused", reason: "a does not answer. Last seen with 2 running VMs." });
  expect(readiness({ ...node("a"), vms: null }, node("b")).reason).toBe("The hypervisor of a does not answer.");
});

it("takes a node without VMs out even where there is no room, and a fenced one, on which nothing runs", () => {
  expect(readiness(node("a"), node("b", [512])).id).toBe("ready");
  expect(readiness({ ...node("a", [], { status: "Fenced" }), vms: null, answers: false }, node("b", [400])).id).toBe("ready");
  // What was seen on it since may run elsewhere by now.
  expect(readiness({ ...node("a", [400], { status: "Fenced" }), answers: true }, node("b")).id).toBe("refused");
});

describe("what the command refuses", () => {
  it("is not ready, in the words of the command", () =>
    expect(readiness(node("a", [], { role: "Control" }), node("b"))).toEqual({
      id: "refused",
      reason: "Without a, 0 of 1 Control nodes would be Active; the cluster needs 1.",
    }));

  it("is refused while something runs on it", () => {
    const operation = { label: "Join", actorName: "olga", at: null };
    expect(readiness({ ...node("a"), operation }, node("b")).id).toBe("refused");
  });

  it.each<NodeStatus>(["Candidate", "InMaintenance", "Rejected"])("%s runs nothing that could be moved", (status) =>
    expect(readiness(node("a", [], { status }), node("b"), node("c"))).toEqual({ id: "apart", reason: MAINTENANCE_NEEDS }),
  );
});

it("is known of every node of a large region, of which each has thirty machines", () => {
  const nodes = Array.from({ length: 1000 }, (_, index) =>
    node(
      `n${index}`,
      Array.from({ length: 30 }, () => 8),
    ),
  );
  const judge = readinessOf(regionOf(nodes));
  const began = performance.now();
  expect(nodes.every((one) => judge(one).id === "ready")).toBe(true);
  expect(performance.now() - began).toBeLessThan(3000);
});
