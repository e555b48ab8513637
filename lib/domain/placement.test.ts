import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passthroughSentence, place, roomOn, type PlacementNode } from "./placement";
import { sampleVm } from "./vm.sample";

const GIB = 2 ** 30;
const CPU = { architecture: "x86_64", model: "EPYC 7763", flags: ["avx2", "aes", "constant_tsc"] };
const node = (name: string, gib: number, facts: Partial<PlacementNode> = {}): PlacementNode => ({
  id: name,
  name,
  memoryBytes: gib * GIB,
  usedBytes: 0,
  promisedBytes: 0,
  cpu: CPU,
  networks: ["bridge br0"],
  ...facts,
});
const vm = (name: string, gib: number, facts = {}) => sampleVm(name, { memoryBytes: gib * GIB, ...facts });
const NO_RESERVE = { reserveShare: 0 };
const goes = (placement: ReturnType<typeof place>) => Object.fromEntries(placement.moves.map((move) => [move.vm.name, move.targetName]));

describe("a plan", () => {
  it("puts the largest first, each where it leaves the least room", () => {
    const plan = place([vm("small", 2), vm("large", 8), vm("mid", 4)], CPU, [node("a", 8), node("b", 16)], NO_RESERVE);
    expect(goes(plan)).toEqual({ large: "a", mid: "b", small: "b" });
    expect(plan.targets).toEqual([
      { id: "a", name: "a", vms: 1, movedBytes: 8 * GIB, beforeBytes: 0, afterBytes: 8 * GIB, memoryBytes: 8 * GIB },
      { id: "b", name: "b", vms: 2, movedBytes: 6 * GIB, beforeBytes: 0, afterBytes: 6 * GIB, memoryBytes: 16 * GIB },
    ]);
  });

  it("names the machine that fits nowhere, though the sum would fit, with the widest place", () => {
    const plan = place([vm("big", 10)], CPU, [node("a", 8), node("b", 9)], NO_RESERVE);
    expect(plan.moves).toEqual([]);
    expect(plan.stuck).toMatchObject([
      { code: "memory", reason: "big needs 10 GiB; the largest free space on another node is 9 GiB (b)." },
    ]);
  });

  it("keeps a reserve, and takes off what is used and promised", () => {
    const target = node("a", 100, { usedBytes: 40 * GIB, promisedBytes: 20 * GIB });
    expect(roomOn(target, 0.1)).toBe(30 * GIB);
    expect(place([vm("v", 31)], CPU, [target], { reserveShare: 0.1 }).stuck).toHaveLength(1);
    expect(place([vm("v", 30)], CPU, [target], { reserveShare: 0.1 }).stuck).toHaveLength(0);
  });

  it("finds an arrangement that the first guess misses", () => {
    // Best fit puts 6 into the 7 and leaves no place for the second 4: 6 + 4 fill the 10, 4 + 3 the 7.
    const vms = [vm("six", 6), vm("four", 4), vm("four2", 4), vm("three", 3)];
    const plan = place(vms, CPU, [node("a", 7), node("b", 10)], NO_RESERVE);
    expect(plan.stuck).toEqual([]);
    expect(plan.moves).toHaveLength(4);
  });

  it("asks once whether a place suits, however many machines need the same", () => {
    let asked = 0;
    const counted = { ...CPU, get flags() { asked += 1; return CPU.flags; } }; // prettier-ignore
    const vms = Array.from({ length: 200 }, (_, index) => vm(`v${index}`, 1));
    expect(place(vms, CPU, [node("a", 300, { cpu: counted }), node("b", 300, { cpu: counted })], NO_RESERVE).moves).toHaveLength(200);
    // Both places have the same processor.
    expect(asked).toBe(1);
  });

  it("never moves what uses a device of this node, and leaves what is shut off", () => {
    const plan = place(
      [vm("gpu", 1, { passthrough: ["0000:3b:00.0"] }), vm("off", 1, { state: "shut off" })],
      CPU,
      [node("a", 8)],
      NO_RESERVE,
    );
    expect(plan.stuck).toMatchObject([
      { code: "passthrough", reason: "gpu uses 0000:3b:00.0 of this node and can not move while it runs." },
    ]);
    expect(plan.stopped.map(({ name }) => name)).toEqual(["off"]);
  });

  it("asks for the bridges and the processor that a machine needs", () => {
    const other = { architecture: "x86_64", model: "EPYC 7713", flags: ["aes"] };
    expect(place([vm("v", 1, { networks: ["bridge br9"] })], CPU, [node("a", 8)], NO_RESERVE).stuck).toMatchObject([
      { code: "network", reason: "v needs bridge br9, which no other Active node has." },
    ]);
    expect(place([vm("v", 1, { networks: ["network default"] })], CPU, [node("a", 8)], NO_RESERVE).moves).toHaveLength(1);
    for (const cpu of ["host-model", "host-passthrough"])
      expect(place([vm("v", 1, { cpu })], CPU, [node("a", 8, { cpu: other })], NO_RESERVE).stuck).toMatchObject([{ code: "cpu" }]);
    expect(place([vm("v", 1, { cpu: "qemu64" })], CPU, [node("a", 8, { cpu: other })], NO_RESERVE).moves).toHaveLength(1);
    const noTsc = { ...other, flags: ["aes", "avx2"] };
    expect(place([vm("v", 1, { cpu: "host-model" })], CPU, [node("a", 8, { cpu: noTsc })], NO_RESERVE).moves).toHaveLength(1);
  });

  it("copies the disks of those that lie on the node itself", () => {
    expect(place([vm("v", 1, { storage: "local" })], CPU, [node("a", 8)], NO_RESERVE).moves).toMatchObject([{ copyDisks: true }]);
  });

  it("says that there is no place at all", () => {
    expect(place([vm("v", 1)], CPU, [], NO_RESERVE).stuck).toMatchObject([{ code: "no-target" }]);
  });

  const gib = fc.integer({ min: 1, max: 32 });
  const region = fc.record({
    vms: fc.array(gib, { maxLength: 12 }),
    nodes: fc.array(gib, { maxLength: 6 }),
    reserve: fc.constantFrom(0, 0.1),
  });

  it("overfills no node, loses no machine, and is the same whatever the order of what it is given", () => {
    fc.assert(
      fc.property(region, fc.gen(), ({ vms, nodes, reserve }, random) => {
        const machines = vms.map((size, index) => vm(`vm${index}`, size));
        const targets = nodes.map((size, index) => node(`n${index}`, size));
        const plan = place(machines, CPU, targets, { reserveShare: reserve });
        expect([...plan.moves, ...plan.stuck]).toHaveLength(machines.length);
        for (const { afterBytes, memoryBytes } of plan.targets) expect(afterBytes).toBeLessThanOrEqual(memoryBytes * (1 - reserve));
        const shuffled = random(() => fc.shuffledSubarray(machines, { minLength: machines.length }));
        expect(place(shuffled, CPU, [...targets].reverse(), { reserveShare: reserve })).toEqual({ ...plan, stopped: [] });
      }),
    );
  });

  it("refuses no region of this size that a search through all arrangements fits", () => {
    const small = fc.record({ vms: fc.array(gib, { minLength: 1, maxLength: 6 }), nodes: fc.array(gib, { minLength: 1, maxLength: 3 }) });
    fc.assert(
      fc.property(small, ({ vms, nodes }) => {
        const plan = place(
          vms.map((size, index) => vm(`vm${index}`, size)),
          CPU,
          nodes.map((size, index) => node(`n${index}`, size)),
          NO_RESERVE,
        );
        expect(plan.stuck.length === 0).toBe(fitsSomehow(vms, nodes));
      }),
      { numRuns: 500 },
    );
  });
});

/** The naive way, for comparison. */
function fitsSomehow([first, ...rest]: number[], nodes: number[]): boolean {
  if (first === undefined) return true;
  return nodes.some((room, index) => room >= first && fitsSomehow(rest, nodes.with(index, room - first)));
}

it("says who stands in the way in the words of the contract", () => {
  expect(passthroughSentence([{ name: "ml-train-3" }, { name: "render-12" }])).toBe(
    "2 VMs with GPU passthrough are running: ml-train-3, render-12. Shut them down first.",
  );
  expect(passthroughSentence([{ name: "a" }])).toBe("1 VM with GPU passthrough is running: a. Shut it down first.");
});
