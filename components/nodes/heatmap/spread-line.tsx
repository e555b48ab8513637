import { COLORS, type Spread } from "@/lib/domain/heatmap-colors";
import type { ColorId } from "@/lib/domain/heatmap-choices";
import { formatDistance, formatValue, isSampled, type Unit } from "@/lib/domain/heatmap-scale";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";

type SpreadLineProps = {
  color: ColorId;
  unit: Unit;
  spread: Spread | null;
  /** No group is open. */
  closed: boolean;
  rows: readonly NodeRow[];
  /** The node that is pointed at here is marked in the map, and pressed gets the focus. */
  onMark: (id: string | null) => void;
  onGo: (id: string) => void;
};

/** Where the imbalances are: the ends, how far apart they lie, and how far above the mean. */
export function SpreadLine({ color, unit, spread, closed, rows, onMark, onGo }: SpreadLineProps) {
  if (!spread) return <p className="text-sm text-muted">{closed ? HEATMAP.allClosed : HEATMAP.nothingMeasured(COLORS[color].label)}</p>;
  const { hottest, coldest, mean } = spread;
  const words = HEATMAP.ends[isSampled(unit) ? "sampled" : "capacity"];
  const end = (label: string, { at, value }: Spread["hottest"]) => {
    const row = rows[at];
    return (
      row && (
        <span className="inline-flex items-center gap-1.5">
          {label}
          <button
            type="button"
            className="link min-h-6"
            onClick={() => onGo(row.id)}
            onPointerEnter={() => onMark(row.id)}
            onPointerLeave={() => onMark(null)}
            onFocus={() => onMark(row.id)}
            onBlur={() => onMark(null)}
          >
            {row.name}
          </button>
          <b className="font-semibold text-ink">{formatValue(unit, value)}</b>
        </span>
      )
    );
  };
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
      <span className="inline-flex flex-wrap items-center gap-x-1.5">
        {end(words.top, hottest)} <span>{HEATMAP.above(formatDistance(unit, hottest.value - mean))}</span>
      </span>
      {end(words.bottom, coldest)}
      <span>
        {HEATMAP.mean} <b className="font-semibold text-ink">{formatValue(unit, mean)}</b>
      </span>
      <span>
        {HEATMAP.spread} <b className="font-semibold text-ink">{formatDistance(unit, hottest.value - coldest.value)}</b>
      </span>
    </p>
  );
}
