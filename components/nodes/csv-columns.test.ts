import { expect, it } from "vitest";
import { COLUMN_IDS } from "@/lib/domain/node-sort";
import { measured, sampleRow } from "@/lib/domain/row-facts.sample";
import { nodesCsv } from "./csv-columns";

const lines = (...given: Parameters<typeof nodesCsv>): string[] =>
  nodesCsv(...given)
    .slice(1)
    .split("\r\n");

it("has the columns in the order that is shown, with raw numbers and their units", () => {
  const rows = [
    sampleRow({ metrics: measured(0.25, 2e9, 1e6), tags: ["rack-A", "gpu"], status: "InMaintenance" }),
    sampleRow({ name: "=cmd", vcpus: null, bootedAt: null, inspectedAt: null, tags: [] }),
  ];
  expect(lines(rows, COLUMN_IDS)).toEqual([
    "Name,Candidate,IP,CPU [share],vCPUs,Memory [bytes],VM Memory (Total) [bytes],VM Memory (Available) [bytes],Network Rx [bit/s],Network Tx [bit/s],Storage [bytes],Uptime [s],Status,Tags,Last inspection",
    "compute-west-01,No,10.20.1.21,0.25,128,549755813888,344671125504,205084688384,2000000000,1000000,15360950534144,7603200,In maintenance,rack-A; gpu,2026-11-25T12:00:00.000Z",
    "'=cmd,No,10.20.1.21,,,549755813888,344671125504,205084688384,,,15360950534144,,Active,,",
    "",
  ]);
  expect(lines(rows, ["status", "name"])[1]).toBe("In maintenance,compute-west-01,2026-11-25T12:00:00.000Z");
});
