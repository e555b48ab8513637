import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_PREFERENCES, parsePreferences, PreferencesPatch } from "./preferences";

const CHOSEN = {
  density: "compact",
  timeZone: "utc",
  singleKeys: false,
  listColumns: ["name", "status"],
  listWidths: { name: 240 },
} as const;

describe("stored preferences", () => {
  it("are read as they were chosen", () => expect(parsePreferences(CHOSEN)).toEqual(CHOSEN));

  it("have their defaults where nothing is stored, or nonsense", () => {
    expect(parsePreferences({})).toEqual({ density: "default", timeZone: "local", singleKeys: true, listColumns: null, listWidths: {} });
    for (const nonsense of [null, undefined, 1, "compact", [], [CHOSEN], () => CHOSEN]) {
      expect(parsePreferences(nonsense)).toEqual(DEFAULT_PREFERENCES);
    }
  });

  it("lose only what is not understood", () => {
    const stored = { ...CHOSEN, density: "tiny", listWidths: { name: -4 }, of: "a later version" };
    expect(parsePreferences(stored)).toEqual({ ...CHOSEN, density: "default", listWidths: {} });
  });

  it("are read from any JSON without a fault, into what can be stored again", () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          density: fc.jsonValue(),
          timeZone: fc.jsonValue(),
          singleKeys: fc.jsonValue(),
          listColumns: fc.jsonValue(),
          listWidths: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
      fc.constant(JSON.parse('{"__proto__": {"density": "compact"}, "listWidths": {"__proto__": {"name": 100}}}') as unknown),
    );
    fc.assert(fc.property(hostile, (json) => PreferencesPatch.safeParse(parsePreferences(json)).success));
  });
});

describe("a change of preferences", () => {
  it("may be any part of them", () => {
    expect(PreferencesPatch.parse({})).toEqual({});
    expect(PreferencesPatch.parse({ singleKeys: false })).toEqual({ singleKeys: false });
    expect(PreferencesPatch.parse(CHOSEN)).toEqual(CHOSEN);
  });

  it.each([
    [{ density: "tiny" }],
    [{ timeZone: "Mars/Olympus" }],
    [{ singleKeys: "no" }],
    [{ role: "admin" }],
    [{ listColumns: ["x".repeat(41)] }],
    [{ listWidths: { name: 39 } }],
    [{ listWidths: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`c${index}`, 100])) }],
  ])("is refused as %j", (patch) => expect(PreferencesPatch.safeParse(patch).success).toBe(false));
});
