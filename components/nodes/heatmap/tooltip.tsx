import { BellRing } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { Badge } from "@/components/ui/badge";
import { NoData } from "@/components/ui/key-values";
import type { ColorId } from "@/lib/domain/heatmap-choices";
import { METRICS, TREND_IDS } from "@/lib/domain/metrics";
import type { Readiness } from "@/lib/domain/readiness";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusBadge } from "../status-badge";
import { coloured, formatTrend, staleFor } from "./cell-name";
import { isStale } from "./cells";

const WIDTH = 264;
const BESIDE = 8;

type CellTooltipProps = {
  row: NodeRow;
  color: ColorId;
  now: number;
  stale: boolean;
  judge: (row: NodeRow) => Readiness;
  /** In an alarm that nobody muted. */
  inAlarm: boolean;
  /** Of the cell in the map, px of the page. */
  x: number;
  y: number;
  size: number;
};

/** For eyes: the cell's name says the same. */
export function CellTooltip({ row, color, now, stale, judge, inAlarm, x, y, size }: CellTooltipProps) {
  const { metrics } = row;
  const box = useRef<HTMLDivElement>(null);
  // In the window, which clips less than the frame: below the cell, or above it where there is more room.
  useLayoutEffect(() => {
    const place = () => {
      const map = box.current?.parentElement?.getBoundingClientRect();
      if (!box.current || !map) return;
      const { style, offsetHeight } = box.current;
      const below = map.top + y + size + BESIDE;
      const above = map.top + y - BESIDE - offsetHeight;
      const lowest = innerHeight - offsetHeight - BESIDE;
      style.left = `${Math.max(BESIDE, Math.min(map.left + x, innerWidth - WIDTH - BESIDE))}px`;
      // Where there is room neither below nor above, over the cell rather than out of sight.
      style.top = `${below <= lowest ? below : above >= BESIDE ? above : Math.max(BESIDE, lowest)}px`;
      // A cell that was scrolled away takes it along.
      const frame = box.current.closest(".heatmap-frame")?.getBoundingClientRect();
      const away = frame && (map.top + y + size < frame.top || map.top + y > frame.bottom);
      style.visibility = away ? "hidden" : "visible";
    };
    place();
    addEventListener("scroll", place, { capture: true, passive: true });
    return () => removeEventListener("scroll", place, { capture: true });
  });
  const more = coloured(row, color, judge);
  const top = metrics ? Math.max(1, ...[...metrics.networkRx.points, ...metrics.networkTx.points].map((point) => point ?? 0)) : 1;
  return (
    <div ref={box} role="tooltip" className="heatmap-tooltip" style={{ width: WIDTH }}>
      <p className="truncate font-semibold">{row.name}</p>
      <p className="mt-1">
        <StatusBadge status={row.status} />
        {inAlarm && (
          <Badge tone="danger" glyph={<BellRing aria-hidden />} className="ms-3">
            {HEATMAP.inAlarm}
          </Badge>
        )}
      </p>
      <dl className="mt-2 grid grid-cols-[1fr_auto_auto] items-center gap-x-3 gap-y-1">
        {TREND_IDS.map((id) => (
          <div key={id} className="contents">
            <dt className="text-muted">{METRICS[id].label}</dt>
            <dd className="text-end font-medium">
              {typeof metrics?.[id].last === "number" ? formatTrend(id, metrics[id].last) : <NoData />}
            </dd>
            <dd>{metrics && <Sparkline points={metrics[id].points} max={METRICS[id].unit === "share" ? 1 : top} label="" />}</dd>
          </div>
        ))}
      </dl>
      {more && <p className="mt-2 border-t border-line pt-2">{more}</p>}
      {row.statusReason && <p className="mt-2 border-t border-line pt-2">{row.statusReason}</p>}
      {isStale(row, now, stale) && <p className="mt-2 text-muted first-letter:uppercase">{staleFor(row, now)}</p>}
    </div>
  );
}
