import { describe, expect, it } from "vitest";
import { asked, fits, stillNamed } from "./palette-match";

const LABELS = { rename: "Rename", reject: "Reject", reinspect: "Re-inspect", modify: "Modify Candidate" };

describe("a text that is typed into the palette", () => {
  it.each([
    ["", "Nodes", true],
    ["no", "Nodes", true],
    ["od", "Nodes", false],
    ["odes", "Nodes", true],
    ["dark theme", "Theme: Dark", true],
    ["inspect", "Re-inspect compute-west-05", true],
    ["settings nodes", "Settings", false],
  ])("%j and %j: %s", (typed, text, expected) => expect(fits(typed, text)).toBe(expected));

  it.each([
    ["compute-west-05", { text: "compute-west-05", commands: [] }],
    ["rename compute-west-05", { text: "compute-west-05", commands: ["rename"] }],
    [" re  west ", { text: "west", commands: ["rename", "reject", "reinspect"] }],
    ["modify candidate 10.20.1.4", { text: "10.20.1.4", commands: ["modify"] }],
    ["rack A", { text: "rack A", commands: [] }],
    ["rename ", { text: "rename", commands: [] }],
  ])("%j asks for %j", (typed, expected) => expect(asked(typed, LABELS)).toEqual(expected));

  it("keeps what it still names while the next answer is on its way", () => {
    const node = { name: "compute-west-05", ip: "10.20.1.25", macs: ["b8:ce:f6:01:02:20"], tags: ["Rack-A"] };
    for (const text of ["WEST-05", "10.20", "b8-ce", "b8:ce", "rack"]) expect(stillNamed(node, text)).toBe(true);
    expect(stillNamed(node, "west-06")).toBe(false);
  });
});
