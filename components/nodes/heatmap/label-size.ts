/** How large the heatmap writes into its cells. */
import type { HeatmapLook } from "@/components/charts/heatmap-scene";
import type { LabelId } from "@/lib/domain/heatmap-choices";

/** Px of the page. In large cells, few characters of a value stand larger than the many of a name. */
const FONT = { least: 8, most: 12, ofCell: 1 / 2.6, ofLargeCell: { value: 1 / 5, name: 1 / 9, none: 0 } };
const LABELS_FROM = 17;
/** How wide a character of a name is, of its font's size. */
const CHARACTER = 7 / 12;

/** How labels are written that are read at a desk. */
export const deskText = (label: LabelId): HeatmapLook["text"] => ({
  from: LABELS_FROM,
  sizeIn: (cell) => {
    const usual = Math.min(FONT.most, Math.max(FONT.least, Math.round(cell * FONT.ofCell)));
    return Math.max(usual, Math.floor(cell * FONT.ofLargeCell[label]));
  },
});

/** Characters of a name that fit into a cell of so many px of the page. */
export const nameRoom = (cell: number): number => Math.floor(cell / (deskText("name").sizeIn(cell) * CHARACTER));
