import { describe, expect, it } from "vitest";
import { press, SEQUENCE_MS, SHORTCUTS, type Pending } from "./shortcuts";

/** The keys pressed one after the other, `apart` ms between them; what was found. */
function typed(keys: string, apart = 100): string[] {
  let pending: Pending = null;
  return [...keys].flatMap((key, index) => {
    const result = press(pending, key, index * apart);
    pending = result.pending;
    return result.found ? [result.found.what] : [];
  });
}

describe("keys", () => {
  it.each([
    ["/", ["Filter the list"]],
    ["?", ["Show this sheet"]],
    ["gn", ["Go to Nodes"]],
    ["gegs", ["Go to Events", "Go to Settings"]],
    ["ggn", ["Go to Nodes"]],
    ["g/", ["Filter the list"]],
    ["gx", []],
    ["n", []],
    ["gxn", []],
    ["go", ["Open the operations drawer"]],
    ["gnn", ["Go to Nodes"]],
    ["GN", []],
    ["[]", ["Previous node", "Next node"]],
  ])("%s means %j", (keys, means) => expect(typed(keys)).toEqual(means));

  it("are a sequence only when they follow soon", () => {
    expect(typed("gn", SEQUENCE_MS)).toEqual(["Go to Nodes"]);
    expect(typed("gn", SEQUENCE_MS + 1)).toEqual([]);
    expect(typed("go", SEQUENCE_MS + 1)).toEqual(["Open the operations drawer"]);
  });

  it("mean one thing each", () => {
    const keys = Object.values(SHORTCUTS).flatMap(({ rows }) => rows.map((row) => row.keys.join(" ")));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
