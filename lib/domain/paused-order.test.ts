import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { waitingChanges } from "./paused-order";

const of = (text: string) => text.split("");

describe("what waits while the order stands still", () => {
  it.each([
    ["abcd", "abcd", { added: 0, removed: 0, moved: 0 }],
    ["abcd", "xabcd", { added: 1, removed: 0, moved: 0 }],
    ["abcd", "bcd", { added: 0, removed: 1, moved: 0 }],
    ["abcd", "bcda", { added: 0, removed: 0, moved: 1 }],
    ["abcd", "dcba", { added: 0, removed: 0, moved: 3 }],
    ["abc", "xyz", { added: 3, removed: 3, moved: 0 }],
    ["", "ab", { added: 2, removed: 0, moved: 0 }],
  ])("from %s to %s", (shown, wanted, changes) => expect(waitingChanges(of(shown), of(wanted))).toEqual(changes));

  it("moves no more rows than a brute search needs", () => {
    const rises = (list: readonly number[]): number =>
      Math.max(
        0,
        ...Array.from({ length: 2 ** list.length }, (_, mask) => list.filter((_value, index) => mask & (1 << index)))
          .filter((part) => part.every((value, index) => index === 0 || value > (part[index - 1] ?? 0)))
          .map((part) => part.length),
      );
    const order = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7], { minLength: 7 });
    fc.assert(
      fc.property(order, (shown) => {
        const { moved } = waitingChanges(shown.map(String), ["1", "2", "3", "4", "5", "6", "7"]);
        expect(moved).toBe(7 - rises(shown));
      }),
      { numRuns: 60 },
    );
  });
});
