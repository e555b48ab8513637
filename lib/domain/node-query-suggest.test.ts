import fc from "fast-check";
import { expect, it } from "vitest";
import { parseQuery } from "./node-query";
import { PROPERTY_NAMES } from "./node-query-properties";
import { suggestions } from "./node-query-suggest";
import { sampleRow } from "./row-facts.sample";

const ROWS = [
  sampleRow(),
  sampleRow({ name: "compute-west-02", ip: "10.20.1.22", tags: ["rack-A", "gpu"] }),
  sampleRow({ name: "storage-west-01", ip: "10.20.2.5", tags: ["rack B", "gpu"], status: "Failed" }),
  sampleRow({ name: "storage-west-02", ip: "10.20.2.6", tags: ["rack-A"], status: "InMaintenance" }),
];

/** "|" is the cursor. */
const at = (marked: string) => suggestions(marked.replace("|", ""), marked.indexOf("|"), ROWS);
const texts = (marked: string): string[] => at(marked).map(({ text, cursor }) => `${text.slice(0, cursor)}|${text.slice(cursor)}`);

it("offers every property where nothing is written", () => {
  expect(at("|").map(({ label }) => label)).toEqual(PROPERTY_NAMES.slice(0, 20));
  expect(texts("cpu > 80% and |")[0]).toBe("cpu > 80% and name |");
});

it("offers properties that begin so, then those that hold it, then values that there are", () => {
  expect(at("mem|").map(({ label }) => label)).toEqual(["memory", "vm-memory-total", "vm-memory-available"]);
  expect(at("rack|").map(({ label, detail }) => [label, detail])).toEqual([
    ["tag = rack-A", "3 nodes"],
    ['tag = "rack b"'.replace("b", "B"), "1 node"],
  ]);
  expect(texts("fail|")).toEqual(["status = Failed|"]);
});

it("offers the operators of the property", () => {
  expect(texts("cpu |")).toEqual([">", ">=", "<", "<=", "=", "!=", "in"].map((operator) => `cpu ${operator} |`));
  expect(texts("not tag !|")).toEqual(["not tag != |"]);
});

it("offers the values with their counts, the most frequent first", () => {
  expect(at("tag = |").map(({ label, detail, complete }) => [label, detail, complete])).toEqual([
    ["tag = rack-A", "3 nodes", true],
    ["tag = gpu", "2 nodes", true],
    ['tag = "rack B"', "1 node", true],
    ["tag = none", "Without any", true],
  ]);
  expect(at("status = in|").map(({ label }) => label)).toContain('status = "In maintenance"');
  expect(texts("not status = fa| and tag = gpu")).toEqual(["not status = Failed| and tag = gpu"]);
  expect(texts("ip in |")).toEqual(["ip in 10.20.1.0/24|", "ip in 10.20.2.0/24|"]);
});

it("completes the last item of a list", () => expect(texts("tag in rack-A, g|")).toEqual(['tag in "rack-A, gpu"|']));

it("completes units", () => {
  expect(texts("memory > 64|").slice(0, 2)).toEqual(["memory > 64GiB|", "memory > 64TiB|"]);
  expect(texts("memory > 64 m|")).toEqual(["memory > 64MiB|", "memory > 64MB|"]);
  expect(texts("cpu > |")).toEqual(["cpu > 80%|", "cpu > 50%|", "cpu > 90%|"]);
});

it("offers only what is understood, wherever the cursor is", () => {
  const piece = fc.constantFrom(
    "cpu",
    "tag",
    "status",
    "ip",
    "in",
    "=",
    ">",
    ":",
    "!=",
    " ",
    "and",
    " and ",
    "not ",
    '"',
    "rack",
    "64",
    "G",
    ",",
    "\\",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(), (pieces, place) => {
      const text = pieces.join("");
      const cursor = place % (text.length + 1);
      for (const offered of suggestions(text, cursor, ROWS)) {
        expect(offered.cursor).toBeLessThanOrEqual(offered.text.length);
        if (offered.complete) expect(parseQuery(offered.label).problems).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});
