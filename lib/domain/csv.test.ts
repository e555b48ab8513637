import fc from "fast-check";
import { expect, it } from "vitest";
import { csvName, toCsv, type Cell } from "./csv";

/** As a reader of RFC 4180 splits it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

it("is lines of cells with CR LF, and begins with the mark of UTF-8", () => {
  expect(
    toCsv([
      ["Name", "Memory [bytes]"],
      ["a,b", 12],
      ['say "x"', null],
      ["line\nbreak", -0.5],
    ]),
  ).toBe('\uFEFFName,Memory [bytes]\r\n"a,b",12\r\n"say ""x""",\r\n"line\nbreak",-0.5\r\n');
});

it.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-x", "'-x"],
  ["-5", "-5"],
  ["-5.25", "-5.25"],
  ["-5+1", "'-5+1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ["\rx", "'\rx"],
  ["a=b", "a=b"],
  ["'=x", "'=x"],
  ["x;=1+1", "x;'=1+1"],
  ["x; -1", "x; '-1"],
])("writes %j as %j", (cell, expected) => expect(readCsv(toCsv([[cell]]))).toEqual([[expected]]));

it("is read back cell by cell, and no text of it begins a formula", () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n\",;'a1.") }),
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
      const read = readCsv(toCsv(rows));
      expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
      rows.forEach((row, line) =>
        row.forEach((written, at) => {
          const found = read[line]?.[at] ?? "";
          if (typeof written === "string") {
            expect(found.replaceAll("'", "")).toBe(written.replaceAll("'", ""));
            expect(found === written || found.length > written.length).toBe(true);
            // Whichever of the two separates the cells.
            for (const part of found.split(/; */)) expect(/^[=+@\t\r]|^-(?![0-9]+(\.[0-9]+)?$)/.test(part)).toBe(false);
          } else expect(found).toBe(written === null ? "" : String(written));
        }),
      );
    }),
    { numRuns: 500 },
  );
});

it("names the file by region and day", () =>
  expect(csvName("nodes", "west 1/é", new Date("2026-11-25T23:59:59Z"))).toBe("nodes-west-1--2026-11-25.csv"));
