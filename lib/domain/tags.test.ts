import { describe, expect, it } from "vitest";
import { changeTags, normaliseTag, splitTags } from "./tags";

const reason = (typed: string) => {
  const tag = normaliseTag(typed);
  return tag.ok ? null : tag.reason;
};

describe("a tag", () => {
  it.each([
    ["rack-A", "rack-A"],
    ["  gpu\t", "gpu"],
    ["owner=render  team", "owner=render team"],
    ["Grenoble é", "Grenoble é"],
    ["x".repeat(64), "x".repeat(64)],
    ["🏗".repeat(64), "🏗".repeat(64)],
  ])("is written %j", (typed, tag) => expect(normaliseTag(typed)).toEqual({ ok: true, value: tag }));

  it("is refused in one sentence", () => {
    expect(reason("   ")).toBe("A tag has at least one character.");
    expect(reason("a,b")).toBe("“a,b” has a comma, which stands between two tags.");
    expect(reason("x".repeat(65))).toBe(`“${"x".repeat(24)}…” has 65 characters; a tag has at most 64.`);
    for (const unseen of ["a\u0000b", "a\u202eb", "a\u200bb", "a\ud800b"]) expect(reason(unseen)).toMatch(/can not be shown/);
  });

  it("stands between commas when several are typed", () => {
    expect(splitTags("rack-A, gpu,,GPU , ")).toEqual({ ok: true, value: ["rack-A", "gpu"] });
    expect(splitTags(" , ")).toMatchObject({ ok: false, reason: "A tag has at least one character." });
    expect(splitTags(`ok, ${"x".repeat(65)}`)).toMatchObject({ ok: false, code: "bad-tag" });
  });
});

describe("the tags of a node", () => {
  it("change by what is new and what is there, ignoring case", () => {
    expect(changeTags(["rack-A", "gpu"], { add: ["GPU", "fast"], remove: ["RACK-a", "gone"] })).toEqual({
      ok: true,
      value: { tags: ["gpu", "fast"], added: ["fast"], removed: ["rack-A"] },
    });
    expect(changeTags(["gpu"], { add: ["gpu"], remove: ["gpu"] })).toMatchObject({ value: { tags: ["gpu"], added: [], removed: [] } });
    expect(changeTags([], { add: ["a", "A"], remove: [] })).toMatchObject({ value: { tags: ["a"], added: ["a"] } });
  });

  it("are at most fifty, and may always become fewer", () => {
    const full = Array.from({ length: 50 }, (_, index) => `tag-${index}`);
    expect(changeTags(full, { add: ["one more"], remove: [] })).toMatchObject({
      ok: false,
      reason: "A node has at most 50 tags; this one would have 51.",
    });
    expect(changeTags(full, { add: ["one more"], remove: ["tag-7"] }).ok).toBe(true);
    expect(changeTags([...full, "old"], { add: [], remove: ["tag-0"] }).ok).toBe(true);
    expect(changeTags([...full, "old"], { add: ["old"], remove: [] }).ok).toBe(true);
  });
});
