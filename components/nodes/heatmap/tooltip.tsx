import { Sparkline } from "@/components/charts/sparkline";
import { NoData } from "@/components/ui/key-values";
import type { ColorId } from "@/lib/domain/heatmap-choices";
import type { Readiness } from "@/lib/domain/readiness";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusBadge } from "../status-badge";
import { coloured, METRIC_IDS, METRICS, staleFor } from "./cell-name";
import { isStale } from "./cells";

const WIDTH = 264;
const BESIDE = 8;

type CellTooltipProps = {
  row: NodeRow;
  color: ColorId;
  now: number;
  stale: boolean;
  judge: (row: NodeRow) => Readiness;
  /** Of the cell, px of the page, and how wide and high the map is, of which so much is scrolled away. */
  x: number;
  y: number;
  size: number;
  room: { width: number; top: number; bottom: number };
};

/** For eyes: the cell's name says the same. */
export function CellTooltip({ row, color, now, stale, judge, x, y, size, room }: CellTooltipProps) {
  const { metrics } = row;
  const left = Math.max(0, Math.min(x, room.width - WIDTH));
  const below = y + size + BESIDE;
  const above = room.bottom - below < 210 && y - room.top > 210;
  const place = above ? { left, top: y - BESIDE, transform: "translateY(-100%)" } : { left, top: below };
  const more = coloured(row, color, judge);
  const top = metrics ? Math.max(1, ...[...metrics.networkRx.points, ...metrics.networkTx.points].map((point) => point ?? 0)) : 1;
  return (
    <div role="tooltip" className="heatmap-tooltip" style={{ width: WIDTH, ...place }}>
      <p className="flex items-center justify-between gap-3">
        <span className="truncate font-semibold">{row.name}</span>
        <StatusBadge status={row.status} />
      </p>
      <dl className="mt-2 grid grid-cols-[1fr_auto_auto] items-center gap-x-3 gap-y-1">
        {METRIC_IDS.map((id) => (
          <div key={id} className="contents">
            <dt className="text-muted">{METRICS[id].label}</dt>
            <dd className="text-end font-medium">{metrics ? METRICS[id].format(metrics[id].last) : <NoData />}</dd>
            <dd>{metrics && <Sparkline points={metrics[id].points} max={id === "cpu" || id === "memory" ? 1 : top} label="" />}</dd>
          </div>
        ))}
      </dl>
      {more && <p className="mt-2 border-t border-line pt-2">{more}</p>}
      {row.statusReason && <p className="mt-2 border-t border-line pt-2">{row.statusReason}</p>}
      {isStale(row, now, stale) && <p className="mt-2 text-muted first-letter:uppercase">{staleFor(row, now)}</p>}
    </div>
  );
}
