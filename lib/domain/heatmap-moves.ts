/** Which cell a point, a key or a number names. */
import type { Block, Layout } from "./heatmap-layout";

/** The cell at a point in px of the device, or -1. O(1): two tables and a division. */
export function hitTest({ pitch, shelves, shelfAt, blocks }: Layout, x: number, y: number): number {
  if (x < 0 || y < 0) return -1;
  const shelf = shelves[(shelfAt[Math.floor(y)] ?? 0) - 1];
  const block = shelf && blocks[(shelf.blockAt[Math.floor(x / pitch)] ?? 0) - 1];
  if (!block) return -1;
  const row = Math.floor((y - block.y) / pitch);
  const place = row * block.columns + Math.floor(x / pitch) - block.column;
  return row >= 0 && place < block.count ? block.first + place : -1;
}

export type Cell = { block: Block; row: number; column: number; x: number; y: number };

/** Where a cell stands, in px of the device; null: there is no such cell. */
export function cellOf(layout: Layout, cell: number): Cell | null {
  const block = blockOf(layout, cell);
  if (!block) return null;
  const [row, column] = [Math.floor((cell - block.first) / block.columns), (cell - block.first) % block.columns];
  return { block, row, column, x: block.x + column * layout.pitch, y: block.y + row * layout.pitch };
}

function blockOf({ blocks, count }: Layout, cell: number): Block | null {
  if (!(cell >= 0 && cell < count)) return null;
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.first ?? 0) <= cell) low = middle;
    else high = middle - 1;
  }
  return blocks[low] ?? null;
}

type Key = { key: string; ctrlKey: boolean };

/**
 * The cell to which a key leads, or null when it leads nowhere. Left and right go through all cells in their order, up and down to what is
 * seen there, Home and End to the ends of a line (with Control of all), the page keys from group to group.
 */
export function moveTo(layout: Layout, from: number, { key, ctrlKey }: Key): number | null {
  const cell = cellOf(layout, from);
  if (!cell) return layout.count && key.startsWith("Arrow") ? 0 : null;
  const { block, row, column } = cell;
  const last = Math.min(block.count, (row + 1) * block.columns) - 1;
  const to: Record<string, () => number | null> = {
    ArrowLeft: () => from - 1,
    ArrowRight: () => from + 1,
    ArrowUp: () => (row > 0 ? from - block.columns : across(layout, block, column, -1)),
    ArrowDown: () => {
      const below = from - block.first + block.columns;
      if (below < block.count) return block.first + below;
      return row < block.rows - 1 ? block.first + block.count - 1 : across(layout, block, column, 1);
    },
    Home: () => (ctrlKey ? 0 : block.first + row * block.columns),
    End: () => (ctrlKey ? layout.count - 1 : block.first + last),
    PageUp: () => beside(layout, block, -1),
    PageDown: () => beside(layout, block, 1),
  };
  const target = Object.hasOwn(to, key) ? (to[key]?.() ?? null) : null;
  return target === null || target < 0 || target >= layout.count ? null : target;
}

/** The first cell of the next group that has one. */
function beside({ blocks }: Layout, { group }: Block, step: 1 | -1): number | null {
  for (let at = blocks.findIndex((block) => block.group === group) + step; at >= 0 && at < blocks.length; at += step) {
    const block = blocks[at];
    if (block?.count) return block.first;
  }
  return null;
}

/** From a block's edge to the nearest column of the next shelf that has cells. */
function across({ blocks, shelves }: Layout, from: Block, column: number, step: 1 | -1): number | null {
  const wanted = from.column + column;
  for (let shelf = from.shelf + step; shelf >= 0 && shelf < shelves.length; shelf += step) {
    const there = blocks.filter((block) => block.shelf === shelf && block.count > 0);
    const far = ({ column: left, columns }: Block) => Math.max(left - wanted, wanted - (left + columns - 1), 0);
    const [block] = there.toSorted((a, b) => far(a) - far(b));
    if (!block) continue;
    const at = Math.min(block.columns - 1, Math.max(0, wanted - block.column));
    return block.first + Math.min(block.count - 1, (step > 0 ? 0 : block.rows - 1) * block.columns + at);
  }
  return null;
}
