import { expect, it } from "vitest";
import { shownRows } from "./node-filter";
import { measured, sampleRow } from "./row-facts.sample";

const NOW = new Date("2026-11-26T12:00:00.000Z");
const ROWS = [
  sampleRow({ name: "a", tags: ["gpu"] }),
  sampleRow({ name: "b" }),
  sampleRow({ name: "c", status: "Inadequate", candidate: true }),
  sampleRow({ name: "d", status: "InMaintenance", tags: ["gpu"] }),
  sampleRow({ name: "e", status: "Out", tags: ["gpu"] }),
  sampleRow({ name: "f", status: "Candidate", candidate: true }),
];
const shown = (address: Partial<Parameters<typeof shownRows>[1]>) => shownRows(ROWS, { q: "", filters: [], out: false, ...address }, NOW);
const names = (address: Parameters<typeof shown>[0]): string =>
  shown(address)
    .rows.map(({ name }) => name)
    .join("");

it("hides removed nodes unless they are asked for", () => {
  expect([names({}), names({ out: true })]).toEqual(["abcdf", "abcdef"]);
  expect(shown({}).hidden).toEqual({ byOut: 1, byChips: 0, byQuery: 0 });
});

it("shows what any pressed chip shows, of what the filter bar finds", () => {
  expect(names({ filters: ["active", "inMaintenance"] })).toBe("abd");
  expect(names({ filters: ["active", "inMaintenance"], q: "tag = gpu" })).toBe("ad");
  expect(names({ out: true, q: "tag = gpu" })).toBe("ade");
});

it("counts each hidden row once", () => {
  const { rows, hidden } = shown({ filters: ["active"], q: "tag = gpu" });
  expect(hidden).toEqual({ byOut: 1, byChips: 3, byQuery: 1 });
  expect(rows.length + hidden.byOut + hidden.byChips + hidden.byQuery).toBe(ROWS.length);
});

it("counts for the chips what the filter bar finds", () => {
  expect(shown({ filters: ["candidate"] }).counts).toEqual({ active: 2, candidate: 1, inadequate: 1, inMaintenance: 1, out: 1 });
  expect(shown({ q: "tag = gpu" }).counts).toEqual({ active: 1, candidate: 0, inadequate: 0, inMaintenance: 1, out: 1 });
});

it("filters 10,000 rows within a keystroke", () => {
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    sampleRow({
      name: `compute-west-${index}`,
      ip: `10.20.${index >> 8}.${index & 255}`,
      tags: [`rack-${index % 40}`, "gpu"],
      metrics: measured(index / 10_000),
    }),
  );
  const q = "cpu < 20% and tag in rack-1, rack-2 and ip in 10.20.0.0/16 and not b8ce.f6ff and west-1 and vm-memory-available < 512GiB";
  const times = Array.from({ length: 20 }, () => {
    const began = performance.now();
    expect(shownRows(rows, { q, filters: ["active"], out: false }, NOW).rows.length).toBeGreaterThan(0);
    return performance.now() - began;
  });
  // Measured 2 ms; a busy machine takes longer.
  expect(Math.min(...times)).toBeLessThan(50);
});
