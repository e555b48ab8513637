/** The same cells for every chart: a value from 0 to 1 each, some that were not measured, some abnormal, made from the cell's number. */
import type { Layout } from "@/lib/domain/heatmap-layout";

/** Of the square that all cells fill, px. */
const SIDE = 1900;
const LABEL_PX = 17;

export type Cells = {
  count: number;
  columns: number;
  rows: number;
  /** Of the drawing, px: the same for every side. */
  width: number;
  height: number;
  pitch: number;
  gap: number;
  /** Whether a label fits into a cell. */
  labels: boolean;
};

export function cellsFor(count: number): Cells {
  const columns = Math.ceil(Math.sqrt(count));
  const [rows, pitch] = [Math.ceil(count / columns), Math.floor(SIDE / columns)];
  const gap = 1;
  return { count, columns, rows, width: columns * pitch, height: rows * pitch, pitch, gap, labels: pitch - gap >= LABEL_PX };
}

/** One group of our heatmap that has these cells. */
export function layoutOf({ count, columns, rows, width, height, pitch, gap }: Cells): Layout {
  const block = { group: 0, column: 0, shelf: 0, x: 0, top: 0, y: 0, width, columns, rows, first: 0, count };
  const shelves = [{ top: 0, blockAt: new Uint16Array(columns).fill(1) }];
  return { pitch, gap, columns, width, height, count, blocks: [block], shelves, shelfAt: new Uint16Array(height).fill(1) };
}

/** As unlike chance as it looks: the same for the same numbers. */
const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
};

const UNKNOWN_EVERY = 50;

export const valuesFor = (count: number, round: number): Float64Array =>
  Float64Array.from({ length: count }, (_, cell) => (cell % UNKNOWN_EVERY === 7 ? NaN : noise(cell + round * 0.37)));

const ABNORMAL_EVERY = 25;
/** The place of a status from 1, for one cell of so many; 0: nothing to mark. */
export const statusFor = (cell: number): number => (cell % ABNORMAL_EVERY === 3 ? 1 + (cell % 13) : 0);
