import { measure } from "@/components/nodes/heatmap/cells";
import type { HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { BY_SEVERITY } from "@/lib/domain/heatmap-groups";
import { formatValue, isSampled, valueAt } from "@/lib/domain/heatmap-scale";
import { NODE_STATUSES } from "@/lib/domain/status";
import { WALL } from "@/lib/messages/wall";
import { fillsItsCell } from "./cells";
import type { WallMoment } from "./engine";
import { Glyph, toneOf } from "./glyph";

/** What colours and glyphs mean. States that no node has are left out. */
export function WallLegend({ moment, view }: { moment: WallMoment; view: HeatmapAddress }) {
  const { rows, stale } = moment;
  const measured = measure(rows, view.color);
  const found = new Set(rows.map(({ status }) => status));
  const hatched = stale || (measured && isSampled(measured.unit));
  const end = (position: number) => (measured ? formatValue(measured.unit, valueAt(position, measured.scale)) : "–");
  return (
    <footer role="group" className="wall-legend" aria-label={WALL.legend}>
      <span className="wall-ends" hidden={!measured}>
        <span>{end(0)}</span>
        <span aria-hidden className="wall-ramp" />
        <span>{end(1)}</span>
      </span>
      <span className="wall-key" hidden={!hatched}>
        <span className="wall-swatch wall-hatch" />
        {stale ? WALL.old : WALL.noData}
      </span>
      {BY_SEVERITY.map((status) => (
        <span
          key={status}
          className="wall-key"
          data-tone={toneOf(status)}
          data-filled={!measured || fillsItsCell(status) || undefined}
          hidden={!found.has(status) || (measured !== null && status === "Active")}
        >
          <span className="wall-swatch">
            <Glyph status={status} />
          </span>
          {NODE_STATUSES[status].label}
        </span>
      ))}
    </footer>
  );
}
