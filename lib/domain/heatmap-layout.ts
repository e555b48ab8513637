/**
 * Where the cells of a heatmap stand: groups in their order as blocks on shelves, all on one lattice, so that cells align across groups.
 * Everything is in pixels of the device and whole, so that every edge is sharp.
 */

/** Of one group. Cells fill `columns` from the left, row by row; `first` is the number of the first one among all. */
export type Block = {
  group: number;
  /** Of the lattice. */
  column: number;
  shelf: number;
  x: number;
  /** Of the header, which is as wide as `width`; the cells begin at `y`. */
  top: number;
  y: number;
  width: number;
  columns: number;
  rows: number;
  first: number;
  count: number;
};

type Shelf = { top: number; /** Block + 1 by column of the lattice; 0: none. */ blockAt: Uint16Array };

export type Layout = {
  /** From one cell to the next, and the gap that is part of it. */
  pitch: number;
  gap: number;
  columns: number;
  width: number;
  height: number;
  count: number;
  blocks: readonly Block[];
  shelves: readonly Shelf[];
  /** Shelf + 1 by line; 0: none. */
  shelfAt: Uint16Array;
};

/** In px of the page; `scale` is how many of the device one of them is. */
export type Space = { width: number; height: number; scale: number };

/** Px of the page. `headerGap` is between one header and the next, which may stand over the gap between their blocks. */
export type Measures = { header: number; shelfGap: number; blockGap: number; blockMin: number; headerGap: number };
const DESK: Measures = { header: 40, shelfGap: 16, blockGap: 20, blockMin: 160, headerGap: 10 };
/** The largest cells, for few nodes: the more room, the larger. A sixteenth has room for a whole name on a usual screen. */
const LARGE = { least: 64, ofWidth: 1 / 16, most: 240 };
/** WCAG 2.5.8 asks for it; a region of thousands is shown smaller, and the list is the other way to each node. */
const TARGET = 24;
const SMALLEST = 4;
/** A shelf of several groups is at most so many rows high: then they are about as high as wide. */
const SHELF_ROWS = 6;
/** Scrolled rather than shrunk below the target's size, up to so many frames; shrunk until little has to be scrolled. */
const FRAMES = 3;
const LITTLE = 0.5;

/** `counts` are the cells of each group, 0 where it is collapsed. As large as fits the space; the height may be more than it. */
export function layOut(counts: readonly number[], space: Space): Layout {
  const heightAt = (size: number) => arrange(counts, size, space).height;
  const [frame, scale] = [space.height * space.scale, space.scale];
  const largest = Math.min(LARGE.most, Math.max(LARGE.least, 2 * Math.floor((space.width * LARGE.ofWidth) / 2)));
  for (let size = largest; size >= TARGET; size -= 2) if (heightAt(size) <= frame) return arrange(counts, size, space);
  // What the headers take, no size of cells makes less.
  const headers = heightAt(SMALLEST);
  if (heightAt(TARGET) <= headers + FRAMES * frame) return arrange(counts, TARGET, space);
  for (let size = TARGET - 1; size > SMALLEST; size -= 1 / Math.max(1, Math.floor(scale)))
    if (heightAt(size) <= Math.max(frame, headers + LITTLE * frame)) return arrange(counts, size, space);
  return arrange(counts, SMALLEST, space);
}

/** The lattice and the blocks of one size of cells, in px of the page. */
export function arrange(counts: readonly number[], size: number, { width, scale }: Space, measures = DESK): Layout {
  const { header, shelfGap, blockGap, blockMin, headerGap } = measures;
  const px = (value: number) => Math.round(value * scale);
  const pitch = Math.max(1, px(size));
  const columns = Math.max(1, Math.floor(px(width) / pitch));
  const [least, apart] = [Math.min(columns, Math.ceil(px(blockMin) / pitch)), Math.ceil(px(blockGap) / pitch)];
  const blocks: Block[] = [];
  const shelves: Shelf[] = [];
  let [top, first, from] = [0, 0, 0];
  while (from < counts.length) {
    const { to, rows } = fill(counts, from, { columns, least, apart });
    const blockAt = new Uint16Array(columns);
    let column = 0;
    for (let group = from; group < to; group += 1) {
      const count = counts[group] ?? 0;
      // A header is at least so wide: its cells may be as well.
      const wide = Math.min(columns, Math.max(1, Math.ceil(count / rows), Math.min(count, least)));
      const across = Math.min(columns - column, Math.max(least, wide));
      const y = top + px(header);
      blocks.push({
        group,
        column,
        shelf: shelves.length,
        x: column * pitch,
        top,
        y,
        width: Math.min(columns, column + across + apart) * pitch - column * pitch - px(headerGap),
        columns: wide,
        rows: Math.ceil(count / wide),
        first,
        count,
      });
      blockAt.fill(blocks.length, column, column + wide);
      first += count;
      column += across + apart;
    }
    shelves.push({ top, blockAt });
    const highest = Math.max(...blocks.slice(from).map((block) => block.rows));
    top += px(header) + highest * pitch + px(shelfGap);
    from = to;
  }
  const shelfAt = new Uint16Array(top);
  shelves.forEach((shelf, index) => shelfAt.fill(index + 1, shelf.top, shelves[index + 1]?.top ?? top));
  const gap = Math.max(1, Math.round(scale * (size >= 20 ? 2 : size >= 8 ? 1 : 0.5)));
  return { pitch, gap, columns, width: columns * pitch, height: top, count: first, blocks, shelves, shelfAt };
}

type Lattice = { columns: number; least: number; apart: number };

/** As many groups as stand side by side from `from` on, in as few rows as possible. */
function fill(counts: readonly number[], from: number, { columns, least, apart }: Lattice): { to: number; rows: number } {
  let rows = Math.max(1, Math.ceil((counts[from] ?? 0) / columns));
  let to = from + 1;
  for (; to < counts.length; to += 1) {
    let higher = rows;
    while (higher <= SHELF_ROWS && needed(counts, from, to, higher, least, apart) > columns) higher += 1;
    if (higher > SHELF_ROWS) break;
    rows = higher;
  }
  return { to, rows };
}

/** Columns that the groups `from` to `to`, both included, take in so many rows. */
function needed(counts: readonly number[], from: number, to: number, rows: number, least: number, apart: number): number {
  let columns = (to - from) * apart;
  for (let group = from; group <= to; group += 1) columns += Math.max(least, Math.ceil((counts[group] ?? 0) / rows));
  return columns;
}
