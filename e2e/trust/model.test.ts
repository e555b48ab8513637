/** The search finds no bad state in what is there, and finds each planted defect. `npm run model` searches further. */
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "@/lib/domain/operations";
import { DEFECTS, MASKED, SMALL } from "./model/defects";
import { STEPS } from "./model/moves";
import { search } from "./model/search";

describe("the search of a small region", { timeout: 60_000 }, () => {
  it.each(SMALL)("finds no bad state with $title", ({ title, first }) => {
    const { found, ...figures } = search(first);
    console.log(title, figures);
    expect(found).toBeNull();
    expect(figures.complete).toBe(true);
  });

  it.each(DEFECTS)("finds that $breaks is broken without $without", ({ without, breaks, first }) => {
    const { found, states } = search(first, without);
    console.log(`Without ${without.join(" and ")}, ${breaks} is broken (${states} states):\n  ${found?.story.join("\n  ")}`);
    expect(found?.broken).toBe(breaks);
  });

  it.each(MASKED)("finds nothing without $without alone: another safeguard stands behind it", ({ without, first }) => {
    expect(search(first, without)).toMatchObject({ found: null, complete: true });
  });

  it("knows steps that there are", () => {
    for (const [kind, steps] of Object.entries(STEPS)) {
      const { steps: real } = OPERATIONS[kind as keyof typeof STEPS]; // the keys of STEPS are kinds
      expect(Object.keys(real)).toEqual(expect.arrayContaining([...steps]));
    }
  });
});
