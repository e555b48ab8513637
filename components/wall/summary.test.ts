import { describe, expect, it } from "vitest";
import { wallScale } from "@/lib/domain/wall-scale";
import { attentionRoom, MOST_ENTRIES } from "./summary";

const SCREENS = [43, 55, 65, 75].flatMap((inches) => [3, 5, 7].map((distance) => ({ inches, distance })));
const BANDS = [false, true].flatMap((isolated) => [false, true].map((stale) => ({ isolated, stale })));

describe("room for what needs attention", () => {
  it("is never less than for one node, and never more than the page has entries", () => {
    for (const screen of SCREENS)
      for (const bands of BANDS)
        for (const wanted of [1, 2, 8, 9, 300]) {
          const { shown } = attentionRoom(wanted, wallScale(screen), bands);
          expect(shown, JSON.stringify({ screen, bands, wanted })).toBeGreaterThanOrEqual(1);
          expect(shown).toBeLessThanOrEqual(Math.min(wanted, MOST_ENTRIES));
        }
  });

  it("is less below a band, and goes to nodes before it goes to reasons", () => {
    const scale = wallScale({ distance: 5, inches: 55 });
    const none = { isolated: false, stale: false };
    expect(attentionRoom(2, scale, none)).toEqual({ shown: 2, reasons: true });
    expect(attentionRoom(4, scale, none)).toEqual({ shown: 4, reasons: false });
    const [free, ...banded] = BANDS.map((bands) => attentionRoom(300, scale, bands).shown);
    for (const shown of banded) expect(shown).toBeLessThanOrEqual(free ?? 0);
    expect(banded.at(-1)).toBeLessThan(free ?? 0);
  });
});
