import type { Measured } from "@/components/nodes/heatmap/cells";
import { READINESS_IDS, READINESS_TONES } from "@/components/nodes/heatmap/look";
import type { HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { BY_SEVERITY } from "@/lib/domain/heatmap-groups";
import { formatValue, isSampled, valueAt } from "@/lib/domain/heatmap-scale";
import { READINESS } from "@/lib/domain/readiness";
import { NODE_STATUSES } from "@/lib/domain/status";
import { WALL, WALL_GROUPS, WALL_LEGEND, wallWord } from "@/lib/messages/wall";
import { fillsItsCell } from "./cells";
import type { WallMoment } from "./engine";
import { Glyph, ReadinessGlyph, toneOf } from "./glyph";

/** States of one colour share a word: with a word for each, the line would be too long for a usual region. */
const LEGEND = [...new Set(BY_SEVERITY.map((status) => NODE_STATUSES[status].group))].map((group) => ({
  group,
  statuses: BY_SEVERITY.filter((status) => NODE_STATUSES[status].group === group),
}));

type LegendProps = { moment: WallMoment; view: HeatmapAddress; measured: Measured | null };

/** What colours and glyphs mean. States that no node has are left out. */
export function WallLegend({ moment, view, measured }: LegendProps) {
  const { rows, stale } = moment;
  const found = new Set(rows.map(({ status }) => status));
  const ready = view.color === "readiness";
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
      {READINESS_IDS.map((id) => (
        <span key={id} className="wall-key" hidden={!ready || !rows.some(({ readiness }) => readiness === id)}>
          <span
            className={READINESS_TONES[id] ? "wall-swatch" : "wall-swatch wall-hatch"}
            data-tone={READINESS_TONES[id] ?? undefined}
            data-filled={READINESS_TONES[id] ? true : undefined}
          >
            <ReadinessGlyph id={id} />
          </span>
          {wallWord(READINESS[id].label)}
        </span>
      ))}
      {LEGEND.map(({ group, statuses }) => {
        const shown = statuses.filter((status) => found.has(status) && ((measured === null && !ready) || status !== "Active"));
        return (
          <span key={group} className="wall-key" hidden={!shown.length}>
            {statuses.map((status) => (
              <span
                key={status}
                className="wall-swatch"
                data-tone={toneOf(status)}
                data-filled={(!measured && !ready) || fillsItsCell(status) || undefined}
                hidden={!shown.includes(status)}
              >
                <Glyph status={status} />
              </span>
            ))}
            {(measured || ready ? WALL_GROUPS : WALL_LEGEND)[group]}
          </span>
        );
      })}
    </footer>
  );
}
