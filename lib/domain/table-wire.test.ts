import fc from "fast-check";
import { expect, it } from "vitest";
import { packTable, unpackTable } from "./table-wire";

const both = (rows: object[]) => unpackTable(packTable(rows));

it("gives back what it was given", () => {
  const rows = [
    { id: "a", note: null, metrics: { cpu: { last: 0.5, points: [] }, at: "x" }, tags: [], macs: ["m"] },
    { id: "b", note: { kind: "pending" }, metrics: null, tags: [], macs: [] },
    { id: "c", note: null, metrics: { cpu: { last: null, points: [] }, at: "x" }, tags: [], macs: ["m", "n"] },
  ];
  expect(both(rows)).toEqual(rows);
  expect(both([])).toEqual([]);
  expect(both([{}])).toEqual([{}]);
});

it("gives back any rows of one shape", () => {
  const leaf = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)), fc.boolean(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 })); // prettier-ignore
  const inner = fc.record({ x: leaf, y: fc.option(fc.record({ deep: leaf }), { nil: null }) });
  const row = fc.record({ a: leaf, b: leaf, inner: fc.option(inner, { nil: null }), always: inner });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(both(rows)).toEqual(rows);
    }),
  );
});

it("says names and what all have alike once", () => {
  const rows = Array.from({ length: 100 }, (_, index) => ({ name: `node-${index}`, operation: null, tags: [], role: "Worker" }));
  const text = packTable(rows);
  expect(text.split("operation")).toHaveLength(2);
  expect(text.split("Worker")).toHaveLength(2);
});
