import { describe, expect, it } from "vitest";
import { layOutWall, MOST_GROUPS, PAGE_PX } from "./wall-layout";
import { DEFAULT_VIEWING, wallScale } from "./wall-scale";

const scale = wallScale(DEFAULT_VIEWING);
const space = { width: 900, height: 370, scale: 2 };
const cellVh = (counts: number[]) => {
  const { pitch, gap } = layOutWall(counts, space, scale);
  return ((pitch - gap) / space.scale / PAGE_PX) * 100;
};

describe("a wall's cells", () => {
  it("all fit, whatever there are", () => {
    for (const counts of [
      [1],
      [16],
      [40, 3, 1, 1, 2, 1],
      Array.from({ length: 20 }, () => 50),
      [10_000],
      Array.from({ length: 300 }, () => 3),
    ]) {
      const { height, width, count, blocks } = layOutWall(counts, space, scale);
      expect(height).toBeLessThanOrEqual(space.height * space.scale);
      expect(width).toBeLessThanOrEqual(space.width * space.scale);
      expect(count).toBe(counts.reduce((sum, one) => sum + one, 0));
      expect(blocks.reduce((sum, block) => sum + block.count, 0)).toBe(count);
    }
  });

  it("are large enough for values up to about a hundred nodes", () => {
    expect(cellVh([96])).toBeGreaterThanOrEqual(scale.cell);
    expect(cellVh([1000])).toBeLessThan(scale.cell);
  });

  it("have headers that are read from afar, as long as there is room for them", () => {
    const headOf = (counts: number[]) => layOutWall(counts, space, scale).head;
    expect(headOf([12, 12, 12, 12])).toBe(scale.text);
    expect(headOf(Array.from({ length: 20 }, () => 50))).toBe(scale.legend);
    expect(headOf(Array.from({ length: MOST_GROUPS + 1 }, () => 12))).toBeNull();
  });

  it("rather have values than headers that say what the cells say as well", () => {
    const states = [2, 1, 2, 1, 2, 1, 1, 1, 1, 4, 30, 1];
    const [named, repeated] = [false, true].map((told) => layOutWall(states, { ...space, width: 580 }, scale, told));
    expect(named?.head).toBe(scale.text);
    expect(repeated?.head).toBe(scale.legend);
    expect(((repeated?.pitch ?? 0) - (repeated?.gap ?? 0)) / space.scale / PAGE_PX).toBeGreaterThanOrEqual(scale.cell / 100);
  });
});
