import { describe, expect, it } from "vitest";
import { beside, parseList } from "./list-memory";

describe("the list that was left", () => {
  it("is read as it was written, with or without the question mark, and nothing else is believed", () => {
    expect(parseList(JSON.stringify({ search: "?filter=active", ids: ["a"] }))).toEqual({ search: "?filter=active", ids: ["a"] });
    expect(parseList(JSON.stringify({ search: "filter=active", ids: [] }))?.search).toBe("?filter=active");
    expect(parseList(JSON.stringify({ search: "", ids: [] }))?.search).toBe("");
    for (const wrong of [null, "", "{", "null", "[]", JSON.stringify({ search: 1, ids: [] }), JSON.stringify({ search: "", ids: [1] })])
      expect(parseList(wrong)).toBeNull();
  });

  it("names who stands beside a node, nearest first", () => {
    const list = { search: "", ids: Array.from({ length: 30 }, (_, index) => `n${index}`) };
    expect(beside(list, "n2")).toMatchObject({ before: ["n1", "n0"] });
    expect(beside(list, "n20")?.after).toEqual(["n21", "n22", "n23", "n24", "n25", "n26", "n27", "n28", "n29"]);
    expect(beside(list, "n20")?.before).toHaveLength(10);
    expect(beside(list, "other")).toBeNull();
    expect(beside(null, "n1")).toBeNull();
  });
});
