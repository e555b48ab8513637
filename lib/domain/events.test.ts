import { describe, expect, it } from "vitest";
import { EventFilter, kindLabel, sourceOf } from "./events";

describe("the filter of the log", () => {
  it("is what the address says, and nothing where it says what is not understood", () => {
    expect(EventFilter.parse({ severity: "error", kind: "node.status", actor: "Ada", before: "12", do: "rename" })).toEqual({
      severity: "error",
      kind: "node.status",
      actor: "Ada",
      before: "12",
    });
    expect(EventFilter.parse({ severity: "loud", kind: "", actor: ["a", "b"], before: "-1" })).toEqual({});
  });
});

it("a kind and a source without a word of ours keep their own", () => {
  expect([kindLabel("node.status"), kindLabel("node.new"), kindLabel("constructor")]).toEqual([
    "Status changed",
    "node.new",
    "constructor",
  ]);
  expect([sourceOf("user"), sourceOf("api")]).toEqual(["Console", "api"]);
});
