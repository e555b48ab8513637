/** What the cells of a wall show: as the heatmap's, but a state that wants a person fills its cell, because a small glyph in a corner is not seen from afar. */
import type { Rgb } from "@/components/charts/colors";
import { HATCHED, type BadgeLook, type HeatmapLook } from "@/components/charts/heatmap-scene";
import { cellsOf, type Measured } from "@/components/nodes/heatmap/cells";
import { heatmapLook, type HeatmapColors } from "@/components/nodes/heatmap/look";
import type { HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { NO_DATA } from "@/lib/domain/heatmap-scale";
import { NODE_STATUS_IDS, NODE_STATUSES, type NodeStatus, type StatusGroup } from "@/lib/domain/status";
import { PAGE_PX } from "@/lib/domain/wall-layout";
import type { WallScale } from "@/lib/domain/wall-scale";
import type { WallCell } from "./book";

const FILLING: readonly StatusGroup[] = ["failed", "fenced", "inadequate", "maintenance"];
export const fillsItsCell = (status: NodeStatus): boolean => FILLING.includes(NODE_STATUSES[status].group);
/** The shades of the statuses stand behind those of the ramp. */
const FIRST_STATUS = NO_DATA + 1;

type Question = { view: HeatmapAddress; now: number; stale: boolean };

export function wallCells(rows: readonly WallCell[], order: Int32Array, measured: Measured | null, { view, now, stale }: Question) {
  const label = view.label === "none" || !measured ? "none" : "value";
  const judge = ({ readiness }: WallCell) => ({ id: readiness ?? ("unknown" as const), reason: "" });
  const question = { ...view, label, now, stale, judge, room: 0, selected: NOBODY, gone: NOBODY } as const;
  const cells = cellsOf(rows, order, measured, question);
  for (let cell = 0; cell < order.length; cell += 1) {
    const status = rows[order[cell] ?? -1]?.status ?? "Active";
    if (status === "Active") continue;
    if (cells.labels) cells.labels[cell] = "";
    if (!measured || !fillsItsCell(status)) continue;
    cells.shades[cell] = FIRST_STATUS + NODE_STATUS_IDS.indexOf(status);
    if (!stale) cells.marks[cell] = (cells.marks[cell] ?? 0) & ~HATCHED;
  }
  return cells;
}
const NOBODY: ReadonlySet<string> = new Set();

const VH = PAGE_PX / 100;
/** Where there is room, values are larger than they must be. */
const LABEL_OF_CELL = 0.4;

export function wallLook(view: HeatmapAddress, colors: HeatmapColors, { text, cell }: WallScale, scale: number, font: string): HeatmapLook {
  const look = heatmapLook(view.color, colors, { scale, font, label: "value" });
  const tones: Rgb[] = look.badges.map(({ tone }) => tone);
  const metric = look.palette.length === FIRST_STATUS;
  const badges = look.badges.map((badge, at): BadgeLook => {
    const status = NODE_STATUS_IDS[at];
    return metric && status && fillsItsCell(status) ? { ...badge, weight: "framed" } : badge;
  });
  const sizeIn = (size: number): number => Math.max(text * VH, size * LABEL_OF_CELL);
  return { ...look, palette: metric ? [...look.palette, ...tones] : look.palette, badges, text: { from: cell * VH, sizeIn } };
}
