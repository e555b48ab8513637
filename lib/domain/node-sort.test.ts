import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMN_IDS, nameKey, sortRows, type ColumnId } from "./node-sort";
import type { RowFacts } from "./row-facts";
import { measured, sampleRow } from "./row-facts.sample";
import { NODE_STATUS_IDS } from "./status";
import { compareNames } from "./units";

const names = (rows: RowFacts[], id: ColumnId, desc = false): string =>
  sortRows(rows, { id, desc })
    .map(({ name }) => name)
    .join(" ");
const rows = (...facts: Partial<RowFacts>[]): RowFacts[] => facts.map((fact, index) => sampleRow({ name: `n${index}`, ...fact }));

it("knows the fourteen columns", () => expect(COLUMN_IDS).toHaveLength(14));

it.each<[ColumnId, RowFacts[], string, string]>([
  ["name", rows({ name: "n10" }, { name: "n9" }, { name: "N2" }), "N2 n9 n10", "n10 n9 N2"],
  ["candidate", rows({ candidate: true }, {}, { candidate: true }), "n1 n0 n2", "n0 n2 n1"],
  ["ip", rows({ ip: "10.0.0.10" }, { ip: "10.0.0.9" }, { ip: "9.0.0.11" }), "n2 n1 n0", "n0 n1 n2"],
  ["cpu", rows({}, { metrics: measured(0.5) }, { metrics: measured(0.1) }), "n2 n1 n0", "n1 n2 n0"],
  ["vcpus", rows({ vcpus: null }, { vcpus: 8 }, { vcpus: 128 }), "n1 n2 n0", "n2 n1 n0"],
  ["memory", rows({ memoryBytes: 9 }, { memoryBytes: null }, { memoryBytes: 10 }), "n0 n2 n1", "n2 n0 n1"],
  ["vmMemoryTotal", rows({ vmMemoryTotalBytes: null }, { vmMemoryTotalBytes: 0 }), "n1 n0", "n1 n0"],
  ["vmMemoryAvailable", rows({ vmMemoryAvailableBytes: 7 }, { vmMemoryAvailableBytes: 1 }), "n1 n0", "n0 n1"],
  ["networkRx", rows({ metrics: measured(0, 7) }, { metrics: measured(0, 1) }, {}), "n1 n0 n2", "n0 n1 n2"],
  ["networkTx", rows({ metrics: measured(0, 0, 7) }, { metrics: measured(0, 9, 1) }), "n1 n0", "n0 n1"],
  ["storage", rows({ storageBytes: 2e12 }, { storageBytes: 1e12 }), "n1 n0", "n0 n1"],
  ["uptime", rows({ bootedAt: "2026-01-01T00:00:00Z" }, { bootedAt: null }, {}), "n2 n0 n1", "n0 n2 n1"],
  [
    "status",
    NODE_STATUS_IDS.toReversed().map((status) => sampleRow({ name: status, status })),
    NODE_STATUS_IDS.join(" "),
    NODE_STATUS_IDS.toReversed().join(" "),
  ],
  ["tags", rows({ tags: [] }, { tags: ["rack-10"] }, { tags: ["x", "rack-9"] }), "n2 n1 n0", "n1 n2 n0"],
])("sorts by %s in both directions, with no data last", (id, list, up, down) => {
  expect(names(list, id)).toBe(up);
  expect(names(list, id, true)).toBe(down);
});

it("orders equal rows by name, in both directions, and leaves the list as it was", () => {
  const list = rows({ name: "b10" }, { name: "a" }, { name: "b9" });
  expect([names(list, "vcpus"), names(list, "vcpus", true)]).toEqual(["a b9 b10", "a b9 b10"]);
  expect(list.map(({ name }) => name)).toEqual(["b10", "a", "b9"]);
});

describe("the key of a name", () => {
  it("orders as names are compared", () => {
    const name = fc.string({ unit: fc.constantFrom(..."abAB019-._ é"), maxLength: 10 });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [x, y] = [nameKey(a), nameKey(b)];
        const order = x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
        expect(order).toBe(Math.sign(compareNames(a, b)));
      }),
      { numRuns: 5000 },
    );
  });
});

it("sorts 10,000 rows by any column in little time", () => {
  const list = Array.from({ length: 10_000 }, (_, index) => {
    const mixed = (index * 7919) % 10_000;
    return sampleRow({
      name: `compute-west-${mixed}`,
      ip: `10.20.${mixed >> 8}.${mixed & 255}`,
      memoryBytes: mixed % 5 ? mixed * 2 ** 30 : null,
      tags: [`rack-${mixed % 40}`, "gpu"],
      metrics: measured(mixed / 10_000, mixed, mixed),
    });
  });
  for (const id of COLUMN_IDS) {
    const times = Array.from({ length: 10 }, () => {
      const began = performance.now();
      sortRows(list, { id, desc: false });
      return performance.now() - began;
    });
    // Measured 3 to 20 ms; a busy machine takes longer.
    expect(Math.min(...times), id).toBeLessThan(60);
  }
});
