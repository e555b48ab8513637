import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOut, type Layout } from "./heatmap-layout";
import { cellOf, hitTest, moveTo } from "./heatmap-moves";

const SCREEN = { width: 1232, height: 500, scale: 1 };
const sizeOf = ({ pitch }: Layout): number => pitch;
const go = (layout: Layout, from: number, key: string, ctrlKey = false) => moveTo(layout, from, { key, ctrlKey });

const anyCounts = fc.array(fc.oneof(fc.nat(5), fc.nat(400)), { maxLength: 20 });
const anySpace = fc.record({
  width: fc.integer({ min: 200, max: 3840 }),
  height: fc.integer({ min: 100, max: 2000 }),
  scale: fc.constantFrom(1, 1.25, 2),
});

describe("the size of the cells", () => {
  it("is the larger the more room few of them have", () => {
    expect(sizeOf(layOut([16], SCREEN))).toBe(76);
    expect(sizeOf(layOut([48], { ...SCREEN, width: 1872, height: 800 }))).toBe(116);
    expect(sizeOf(layOut([48], { ...SCREEN, width: 3792, height: 1900 }))).toBe(236);
    expect(sizeOf(layOut([2], { ...SCREEN, width: 7600, height: 4000 }))).toBe(240);
    expect(sizeOf(layOut([2], { ...SCREEN, width: 600 }))).toBe(64);
  });

  it("never makes few of them scroll", () => {
    for (const width of [1232, 1872, 3792]) expect(layOut([2, 1, 30, 4], { ...SCREEN, width }).height).toBeLessThanOrEqual(SCREEN.height);
  });

  it("is a target's at least for a thousand", () => {
    expect(sizeOf(layOut([1000], SCREEN))).toBe(24);
    expect(sizeOf(layOut([1000], { ...SCREEN, width: 1872, height: 800 }))).toBeGreaterThan(24);
  });

  it("is a target's on a small screen too, where every status has a group of its own", () =>
    expect(sizeOf(layOut([2, 1, 2, 1, 2, 1, 1, 1, 1, 4, 982, 1], { ...SCREEN, height: 280 }))).toBe(24));

  it("shrinks for ten thousand, so that all are in sight", () => {
    const layout = layOut([3, 2, 9000, 995], SCREEN);
    expect(sizeOf(layout)).toBeLessThan(24);
    expect(layout.height).toBeLessThanOrEqual(SCREEN.height);
  });

  it("is never nothing", () => expect(sizeOf(layOut([100_000], SCREEN))).toBe(4));
  it("is whole in pixels of the device", () => expect(sizeOf(layOut([16], { ...SCREEN, scale: 1.25 }))).toBe(95));
});

it("sets small groups side by side, and aligns them", () => {
  const { blocks, pitch } = layOut([3, 1, 2, 20], SCREEN);
  expect(blocks.map(({ shelf }) => shelf)).toEqual([0, 0, 0, 0]);
  expect(blocks.every(({ x }) => x % pitch === 0)).toBe(true);
});

it("keeps a header for a group that is collapsed", () => {
  const { blocks, count } = layOut([0, 4], SCREEN);
  expect(count).toBe(4);
  expect(blocks[0]).toMatchObject({ count: 0, rows: 0 });
  expect(blocks[0]?.width).toBeGreaterThan(100);
});

it("has nothing to show of nothing", () => expect(layOut([], SCREEN)).toMatchObject({ height: 0, count: 0 }));

it("finds every cell where it stands, and none twice", () => {
  fc.assert(
    fc.property(anyCounts, anySpace, (counts, space) => {
      const layout = layOut(counts, space);
      expect(layout.count).toBe(counts.reduce((sum, count) => sum + count, 0));
      for (let cell = 0; cell < layout.count; cell += 1) {
        const { x, y } = cellOf(layout, cell)!; // it is below the count
        expect(hitTest(layout, x, y)).toBe(cell);
        expect(hitTest(layout, x + layout.pitch - 1, y + layout.pitch - 1)).toBe(cell);
      }
    }),
    { numRuns: 60 },
  );
});

it("finds nothing on headers, between groups and outside", () => {
  const layout = layOut([3, 1], SCREEN);
  const [first] = layout.blocks;
  expect(hitTest(layout, 5, 5)).toBe(-1);
  expect(hitTest(layout, (first?.x ?? 0) + 3 * layout.pitch + 1, (first?.y ?? 0) + 1)).toBe(-1);
  for (const [x, y] of [[-1, 50], [50, -1], [99_999, 50], [50, 99_999]] as const) expect(hitTest(layout, x, y)).toBe(-1); // prettier-ignore
});

describe("keys", () => {
  const layout = layOut([2, 0, 40, 300], { width: 600, height: 300, scale: 1 });

  it("left and right go through all of them", () => {
    for (let cell = 1; cell < layout.count; cell += 1) {
      expect(go(layout, cell - 1, "ArrowRight")).toBe(cell);
      expect(go(layout, cell, "ArrowLeft")).toBe(cell - 1);
    }
    expect([go(layout, 0, "ArrowLeft"), go(layout, layout.count - 1, "ArrowRight")]).toEqual([null, null]);
  });

  it("up and down go to what is seen there, and over groups", () => {
    for (let cell = 0; cell < layout.count; cell += 1) {
      const [here, down] = [cellOf(layout, cell), go(layout, cell, "ArrowDown")];
      if (down !== null) expect(cellOf(layout, down)?.y).toBeGreaterThan(here?.y ?? 0);
      const up = go(layout, cell, "ArrowUp");
      if (up !== null) expect(cellOf(layout, up)?.y).toBeLessThan(here?.y ?? 0);
      if (up === null) expect(here?.block.shelf).toBe(0);
    }
  });

  it("Home and End go to the ends of a line, with Control of all", () => {
    const line = cellOf(layout, 50);
    expect(cellOf(layout, go(layout, 50, "Home") ?? -1)).toMatchObject({ column: 0, row: line?.row });
    expect(cellOf(layout, go(layout, 50, "End") ?? -1)).toMatchObject({ column: (line?.block.columns ?? 0) - 1, row: line?.row });
    expect([go(layout, 50, "Home", true), go(layout, 50, "End", true)]).toEqual([0, 341]);
  });

  it("the page keys go from group to group, not to a collapsed one", () => {
    expect([go(layout, 1, "PageDown"), go(layout, 2, "PageUp"), go(layout, 20, "PageDown"), go(layout, 300, "PageDown")]).toEqual([
      2,
      0,
      42,
      null,
    ]);
  });

  it("begin at the first cell when there is none yet", () => expect(go(layout, -1, "ArrowDown")).toBe(0));
  it("others lead nowhere", () => expect([go(layout, 3, "x"), go(layout, 3, "constructor")]).toEqual([null, null]));
});
