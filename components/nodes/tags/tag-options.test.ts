import { describe, expect, it } from "vitest";
import { tagOptions } from "./tag-options";

const KNOWN = [
  { tag: "gpu", count: 9 },
  { tag: "rack-A", count: 5 },
  { tag: "big-gpu", count: 2 },
];
const offered = (text: string, taken: string[] = []) =>
  tagOptions(text, KNOWN, taken).map(({ tag, count }) => (count === null ? `new ${tag}` : tag));

describe("the tags that are offered", () => {
  it("are all that the node has not, before anything is typed", () => expect(offered("", ["RACK-a"])).toEqual(["gpu", "big-gpu"]));

  it("begin with what is typed, then hold it, then what is new", () => {
    expect(offered("g")).toEqual(["gpu", "big-gpu", "new g"]);
    expect(offered("GPU")).toEqual(["gpu", "big-gpu"]);
    expect(offered("zone=b")).toEqual(["new zone=b"]);
    expect(offered("rack-A", ["rack-A"])).toEqual([]);
  });

  it("follow the last comma, without what stands before it", () => expect(offered("gpu, new, ")).toEqual(["rack-A", "big-gpu"]));
});
