import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLOR_IDS, GROUP_IDS, LABEL_IDS, SCALE_IDS } from "./heatmap-choices";
import { canonicalAddress, COLUMN_WIDTH, DEFAULT_ADDRESS, formatAddress, LIST_VIEWS, parseAddress, type ListAddress } from "./list-address";
import { COLUMN_IDS } from "./node-sort";
import type { NodeFilter } from "./status";

const parse = (text: string): ListAddress => parseAddress(new URLSearchParams(text));

const width = fc.integer({ min: COLUMN_WIDTH.least, max: COLUMN_WIDTH.most });
const anyAddress: fc.Arbitrary<ListAddress> = fc.record({
  q: fc.string({ unit: "binary", maxLength: 200 }).map((text) => text.trim()),
  filters: fc.uniqueArray(fc.constantFrom<NodeFilter>("active", "candidate", "inadequate", "inMaintenance")),
  out: fc.boolean(),
  sort: fc.record({ id: fc.constantFrom(...COLUMN_IDS), desc: fc.boolean() }),
  columns: fc.option(fc.uniqueArray(fc.constantFrom(...COLUMN_IDS)).map((columns) => [...new Set(["name" as const, ...columns])])),
  widths: fc.dictionary(fc.constantFrom(...COLUMN_IDS), width).map((widths) => ({ ...widths })),
  density: fc.option(fc.constantFrom("comfortable" as const, "default" as const, "compact" as const)),
  view: fc.constantFrom(...LIST_VIEWS),
  group: fc.oneof(
    fc.constantFrom(...GROUP_IDS),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).map((prefix) => `tag:${prefix}` as const),
  ),
  color: fc.constantFrom(...COLOR_IDS),
  label: fc.constantFrom(...LABEL_IDS),
  scale: fc.constantFrom(...SCALE_IDS),
  range: fc.option(
    fc
      .tuple(fc.nat(100), fc.nat(100))
      .map(([a, b]) => (Math.abs(a - b) < 100 ? { from: Math.min(a, b), to: Math.max(a, b) } : { from: 0, to: 50 })),
  ),
  only: fc.uniqueArray(fc.constantFrom("Failed", "Fenced", "Active", "noRoom")),
});

it("is nothing when all is as delivered", () => {
  expect(formatAddress(DEFAULT_ADDRESS).toString()).toBe("");
  expect(parse("")).toEqual(DEFAULT_ADDRESS);
});

it("is read as it was written", () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(parse(formatAddress(address).toString())).toEqual(address);
    }),
    { numRuns: 1000 },
  );
});

it("is short and can be read", () => {
  const address = parse(
    "q=tag+%3D+rack-A&filter=active,inadequate&out=1&sort=-cpu&columns=name,ip,cpu&widths=name:220&density=compact&view=heatmap&group=tag:rack-&color=memory&label=name&scale=fitted&range=20-80&only=Failed,Fenced",
  );
  expect(address).toEqual({
    q: "tag = rack-A",
    filters: ["active", "inadequate"],
    out: true,
    sort: { id: "cpu", desc: true },
    columns: ["name", "ip", "cpu"],
    widths: { name: 220 },
    density: "compact",
    view: "heatmap",
    group: "tag:rack-",
    color: "memory",
    label: "name",
    scale: "fitted",
    range: { from: 20, to: 80 },
    only: ["Failed", "Fenced"],
  });
});

it("leaves what is not the list's as it is", () => {
  const search = new URLSearchParams("do=rename&q=old&node=1&node=2&sort=ip");
  expect(formatAddress({ ...DEFAULT_ADDRESS, q: "new" }, search).toString()).toBe("q=new&do=rename&node=1&node=2");
});

describe("what is not understood", () => {
  it.each([
    "filter=constructor,,ACTIVE,__proto__",
    "sort=-",
    "sort=toString",
    "sort=name,ip,",
    "columns=",
    "columns=__proto__,hasOwnProperty",
    "widths=name:1,ip:99999,cpu:-50,__proto__:100,name:1e3,ip",
    "density=huge",
    "view=wall",
    "group=tag:",
    "group=__proto__",
    `group=tag:${"x".repeat(65)}`,
    "color=red",
    "label=",
    "scale=log",
    "range=80-20",
    "range=0-100",
    "range=10-101",
    "range=1e1-20",
    "only=,<b>,1",
    "out=yes",
    `q=${"x".repeat(2001)}`,
  ])("%s is dropped", (text) => expect(parse(text)).toEqual(DEFAULT_ADDRESS));

  it("does not take the rest with it", () => {
    expect(parse("filter=x,active&columns=cpu,x,cpu,ip&widths=x:50,ip:80")).toEqual({
      ...DEFAULT_ADDRESS,
      filters: ["active"],
      columns: ["name", "cpu", "ip"],
      widths: { ip: 80 },
    });
  });

  it("never fails", () => {
    const key = fc.constantFrom(
      "q",
      "filter",
      "out",
      "sort",
      "columns",
      "widths",
      "density",
      "view",
      "group",
      "color",
      "range",
      "only",
      "do",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string())), (entries) => {
        const text = new URLSearchParams(entries).toString();
        expect(canonicalAddress(canonicalAddress(text))).toBe(canonicalAddress(text));
      }),
    );
  });
});

it("is one text for all that show the same", () => {
  const same = ["?filter=inadequate,active&q=cpu>80&do=rename", "q=CPU++%3E+80&filter=active,inadequate&sort=name"];
  expect(same.map(canonicalAddress)).toEqual(Array(2).fill("q=cpu+%3E+80&filter=active%2Cinadequate"));
});
