/** A wall can not be scrolled: its cells are as large as all of them fit. */
import { arrange, type Layout, type Measures, type Space } from "./heatmap-layout";
import type { WallScale } from "./wall-scale";

/** The wall is laid out as a page of this height, so that gaps, corners and hatches grow with the screen. */
export const PAGE_PX = 540;
const VH = PAGE_PX / 100;

const LARGEST = 22 * VH;
const SMALLEST = 1;
/** Of a header: a word of nine letters and a count. */
const HEADER_WIDTH = 7;
const HEADER_HEIGHT = 1.3;
/** Headers that are kept on the page, used or not. */
export const MOST_GROUPS = 48;

/** `counts` are the cells of each group. Where their headers leave no room, the cells stand together without them. */
export function layOutWall(counts: readonly number[], space: Space, { text }: WallScale): Layout & { grouped: boolean } {
  const measures: Measures = {
    header: text * HEADER_HEIGHT * VH,
    shelfGap: 8,
    blockGap: 14,
    blockMin: text * HEADER_WIDTH * VH,
    headerGap: 8,
  };
  const layout = counts.length <= MOST_GROUPS ? largest(counts, space, measures) : null;
  if (layout) return { ...layout, grouped: true };
  const sum = counts.reduce((all, count) => all + count, 0);
  const bare = { ...measures, header: 0, shelfGap: 0 };
  return { ...(largest([sum], space, bare) ?? arrange([sum], SMALLEST, space, bare)), grouped: false };
}

function largest(counts: readonly number[], space: Space, measures: Measures): Layout | null {
  const frame = space.height * space.scale;
  for (let size = LARGEST; size >= SMALLEST; size -= size > 20 ? 1 : 0.25) {
    const layout = arrange(counts, size, space, measures);
    if (layout.height <= frame) return layout;
  }
  return null;
}
