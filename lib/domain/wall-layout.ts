/** A wall can not be scrolled: its cells are as large as all of them fit. */
import { arrange, type Layout, type Measures, type Space } from "./heatmap-layout";
import type { WallScale } from "./wall-scale";

/** The wall is laid out as a page of this height, so that gaps, corners and hatches grow with the screen. */
export const PAGE_PX = 540;
const VH = PAGE_PX / 100;

const LARGEST = 36 * VH;
const SMALLEST = 1;
/** Of a header: a word of seven letters and a count. */
const HEADER_WIDTH = 6;
const HEADER_HEIGHT = 1.3;
/** Headers that are kept on the page, used or not. */
export const MOST_GROUPS = 48;
/** Below this, in vh, a head of its group would take more than it tells: from afar, a region of a thousand is a texture. */
const CELL_LEAST = 2.5;

/** `head` is the type size of the groups' headers, in vh; null: there are none. */
export type WallLayout = Layout & { head: number | null };

/**
 * `counts` are the cells of each group. Where headers leave little room, they are as small as the legend; where they leave none, they go.
 * `repeated`: what they say, the cells say as well, so that values are worth more than headers that are read from afar.
 */
export function layOutWall(counts: readonly number[], space: Space, { text, legend, cell }: WallScale, repeated = false): WallLayout {
  const grouped = counts.length <= MOST_GROUPS;
  const cellVh = ({ pitch, gap }: Layout): number => (pitch - gap) / space.scale / VH;
  const full = grouped ? largest(counts, space, text) : null;
  if (full && cellVh(full) >= (repeated ? cell : CELL_LEAST)) return { ...full, head: text };
  const small = grouped ? largest(counts, space, legend) : null;
  if (full && small && cellVh(full) >= CELL_LEAST && cellVh(small) < cell) return { ...full, head: text };
  if (small) return { ...small, head: legend };
  const all = [counts.reduce((sum, count) => sum + count, 0)];
  return { ...(largest(all, space, 0) ?? arrange(all, SMALLEST, space, measuresOf(0))), head: null };
}

const measuresOf = (head: number): Measures => ({
  header: head * HEADER_HEIGHT * VH,
  shelfGap: head ? 8 : 0,
  blockGap: 14,
  blockMin: head * HEADER_WIDTH * VH,
  headerGap: 8,
});

function largest(counts: readonly number[], space: Space, head: number): Layout | null {
  const measures = measuresOf(head);
  const frame = space.height * space.scale;
  for (let size = LARGEST; size >= SMALLEST; size -= size > 20 ? 1 : 0.25) {
    const layout = arrange(counts, size, space, measures);
    if (layout.height <= frame) return balanced(counts, size, space, measures, layout);
  }
  return null;
}

/** Two and two rather than three and one, where that has room as well. */
function balanced(counts: readonly number[], size: number, space: Space, measures: Measures, layout: Layout): Layout {
  const across = Math.ceil(counts.length / layout.shelves.length);
  // A block takes whole columns of the lattice: one may be lost to rounding.
  const blockMin = space.width / across - measures.blockGap - 2 * size;
  if (blockMin <= measures.blockMin) return layout;
  const wider = arrange(counts, size, space, { ...measures, blockMin });
  return wider.height <= space.height * space.scale ? wider : layout;
}
