import fc from "fast-check";
import { expect, it } from "vitest";
import { headroomAfter, leftWithout, memoryHeadroom, type MemoryFacts } from "./headroom";

const GIB = 2 ** 30;
const node = (name: string, given: number | null, left: number | null, status: MemoryFacts["status"] = "Active"): MemoryFacts => ({
  name,
  status,
  vmMemoryTotalBytes: given === null ? null : given * GIB,
  vmMemoryAvailableBytes: left === null ? null : left * GIB,
});

it("names the node whose loss leaves the least", () => {
  const { worst, unknown } = memoryHeadroom([node("a", 100, 400), node("b", 300, 200), node("c", 100, 600)]);
  expect(worst).toEqual({ name: "c", leftBytes: (400 + 200 - 100) * GIB });
  expect(unknown).toBe(0);
});

it("tells how much is missing when the region can not lose one", () =>
  expect(memoryHeadroom([node("a", 400, 100), node("b", 300, 200)]).worst).toEqual({ name: "a", leftBytes: -200 * GIB }));

it("counts on no room but that of Active nodes, and of them only on what they tell", () => {
  const nodes = [node("a", 100, 200), node("b", null, null), node("c", 0, 500, "InMaintenance"), node("d", 0, 50)];
  expect(memoryHeadroom(nodes)).toEqual({ availableBytes: 250 * GIB, worst: { name: "a", leftBytes: -50 * GIB }, unknown: 1 });
});

it("has no answer without an Active node that tells", () => {
  expect(memoryHeadroom([]).worst).toBeNull();
  expect(memoryHeadroom([node("a", null, null), node("b", 1, 1, "Fenced")])).toMatchObject({ worst: null, unknown: 1 });
});

it("a node alone has nowhere to go", () => expect(memoryHeadroom([node("a", 100, 900)]).worst?.leftBytes).toBe(-100 * GIB));

it("takes nothing from what is left for a node that offers nothing now", () => {
  const failed = node("a", 100, 400, "Failed");
  expect(leftWithout(failed, memoryHeadroom([failed, node("b", 0, 300)]))).toBe(200 * GIB);
});

it("looks one loss further than the node that leaves, with its machines where the plan puts them", () => {
  const nodes = [node("a", 100, 100), node("b", 100, 300), node("c", 50, 350)].map((facts) => ({ ...facts, id: facts.name }));
  // c is left with 50 and 350; b with 200 and 200: without b, c has 350 for its 200.
  expect(headroomAfter(nodes, "a", [{ id: "b", movedBytes: 100 * GIB }])).toEqual({ name: "b", leftBytes: 150 * GIB });
  expect(headroomAfter(nodes.slice(0, 2), "a", [])).toEqual({ name: "b", leftBytes: -100 * GIB });
  expect(headroomAfter(nodes.slice(0, 1), "a", [])).toBeNull();
});

it("is what looking at every pair of nodes finds", () => {
  const any = fc.record({ given: fc.nat(1000), left: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 20 }), (facts) => {
      const nodes = facts.map(({ given, left }, index) => node(`n${index}`, given, left));
      const each = facts.map((lost) => facts.reduce((sum, other) => sum + (other === lost ? 0 : other.left), 0) - lost.given);
      expect(memoryHeadroom(nodes).worst?.leftBytes).toBe(Math.min(...each) * GIB);
    }),
  );
});
