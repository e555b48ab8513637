/** What every cell shows, as the canvas wants it: pure, one pass over the cells. */
import { DIMMED, HATCHED, SELECTED } from "@/components/charts/heatmap-scene";
import type { HeatmapAddress, ScaleId } from "@/lib/domain/heatmap-choices";
import { metricOf, statesOf, valuesOf } from "@/lib/domain/heatmap-colors";
import {
  fittedScaleOf,
  isSampled,
  NO_DATA,
  positionOf,
  scaleOf,
  shadesOf,
  shortValue,
  type Scale,
  type Unit,
} from "@/lib/domain/heatmap-scale";
import { STALE_SECONDS } from "@/lib/domain/sample-times";
import { READINESS, type Readiness } from "@/lib/domain/readiness";
import { NODE_STATUS_IDS, type NodeStatus } from "@/lib/domain/status";
import type { RowFacts } from "@/lib/domain/row-facts";

/** Sampled longer ago than this, a value may not be true any more. */
export const STALE_MS = STALE_SECONDS * 1000;

type CellRow = RowFacts & { id: string };

type Question<Row> = Pick<HeatmapAddress, "color" | "label" | "range" | "only"> & {
  selected: ReadonlySet<string>;
  /** Those that left the list while somebody points at it, and stay until then. */
  gone: ReadonlySet<string>;
  /** ms since 1970, and whether the stream is lost: then all of it is old. */
  now: number;
  stale: boolean;
  judge: (row: Row) => Readiness;
  /** Characters that fit into a cell. */
  room: number;
};

export type Measured = { unit: Unit; values: Float64Array; scale: Scale };

/** Of all rows, whatever is collapsed: its scale must not change by that. null: the colour tells states. */
export function measure(rows: readonly RowFacts[], color: HeatmapAddress["color"], scale: ScaleId): Measured | null {
  const metric = metricOf(color);
  if (!metric) return null;
  const values = valuesOf(rows, metric);
  return { unit: metric.unit, values, scale: SCALES[scale](metric.unit, values) };
}

const SCALES = { full: scaleOf, fitted: fittedScaleOf } as const satisfies Record<ScaleId, unknown>;

/** `order` has the place of its row for each cell. `old` counts those that show a value which is older than it may be. */
export function cellsOf<Row extends CellRow>(rows: readonly Row[], order: Int32Array, measured: Measured | null, question: Question<Row>) {
  const { color, selected, gone, now, stale, range, only, judge } = question;
  const shadeOf = measured ? shadesOf(measured.values, measured.scale) : stateShades(rows, question);
  const names = statesOf(color) && color !== "status" ? Object.keys(statesOf(color)?.states ?? {}) : null;
  const wanted = new Set(only);
  const [shades, marks, badges] = [new Uint8Array(order.length), new Uint8Array(order.length), new Uint8Array(order.length)];
  let [matching, old] = [0, 0];
  for (let cell = 0; cell < order.length; cell += 1) {
    const place = order[cell] ?? 0;
    const row = rows[place];
    if (!row) continue;
    const shade = shadeOf[place] ?? 0;
    shades[cell] = shade;
    badges[cell] = badgeOf(row.status, color === "readiness" ? shade : null);
    let mark = selected.has(row.id) ? SELECTED : 0;
    if (isHatched(row, color, shade, { now, stale, judge })) mark |= HATCHED;
    if (mark & HATCHED && measured && shade !== NO_DATA) old += 1;
    const state = names ? (names[shade] ?? "") : row.status;
    if (gone.has(row.id) || isOutside(measured, place, range) || (wanted.size > 0 && !wanted.has(state))) mark |= DIMMED;
    else matching += 1;
    marks[cell] = mark;
  }
  return { shades, marks, badges, labels: labelsOf(rows, order, measured, question), matching, old };
}

/** Its place in the look, from 1. An Active node has one only where whether it can be taken out is asked. */
function badgeOf(status: NodeStatus, readiness: number | null): number {
  const place = STATUS_PLACES.get(status) ?? 0;
  if (readiness !== null) return place * READINESS_COUNT + readiness + 1;
  return status === "Active" ? 0 : place + 1;
}
const READINESS_COUNT = Object.keys(READINESS).length;

const STATUS_PLACES = new Map(NODE_STATUS_IDS.map((status, place) => [status, place]));

function stateShades<Row extends CellRow>(rows: readonly Row[], { color, judge }: Question<Row>): Uint8Array {
  const states = statesOf(color);
  if (color === "status" || !states) return Uint8Array.from(rows, ({ status }) => STATUS_PLACES.get(status) ?? 0);
  const ids = Object.keys(states.states);
  return Uint8Array.from(rows, (row) => ids.indexOf(states.read(row, () => judge(row))));
}

type Age<Row> = Pick<Question<Row>, "now" | "stale" | "judge">;

function isHatched<Row extends CellRow>(row: Row, color: HeatmapAddress["color"], shade: number, { now, stale, judge }: Age<Row>): boolean {
  const metric = metricOf(color);
  // What is built into a machine does not become old.
  if (metric) return shade === NO_DATA || (isSampled(metric.unit) && isStale(row, now, stale));
  return stale || (color === "readiness" && judge(row).id === "unknown");
}

export const isStale = ({ metrics }: Pick<RowFacts, "metrics">, now: number, stale: boolean): boolean =>
  metrics !== null && (stale || now - Date.parse(metrics.sampledAt) > STALE_MS);

function isOutside(measured: Measured | null, place: number, range: HeatmapAddress["range"]): boolean {
  if (!measured || !range) return false;
  const value = measured.values[place] ?? NaN;
  if (Number.isNaN(value)) return true;
  const percent = positionOf(value, measured.scale) * 100;
  return percent < range.from || percent > range.to;
}

function labelsOf(
  rows: readonly RowFacts[],
  order: Int32Array,
  measured: Measured | null,
  { label, room }: Pick<Question<never>, "label" | "room">,
): string[] | null {
  if (label === "none" || (label === "value" && !measured)) return null;
  return Array.from(order, (place) => {
    if (label === "name") return shortName(rows[place]?.name ?? "", room);
    const value = measured?.values[place] ?? NaN;
    return measured && !Number.isNaN(value) ? shortValue(measured.unit, value, measured.scale.max, room) : "";
  });
}

/** Names of a region differ at their ends. */
export const shortName = (name: string, room: number): string => (name.length <= room ? name : `…${name.slice(1 - Math.max(2, room))}`);
