import { Button } from "@/components/ui/button";
import { COLORS, statesOf } from "@/lib/domain/heatmap-colors";
import { formatValue, valueAt } from "@/lib/domain/heatmap-scale";
import { READINESS } from "@/lib/domain/readiness";
import { BY_SEVERITY } from "@/lib/domain/heatmap-groups";
import { NODE_STATUSES } from "@/lib/domain/status";
import { NUMBER } from "@/lib/messages/counted";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import { statusLook } from "../status-badge";
import type { ListAddressState } from "../use-list-address";
import type { Measured } from "./cells";
import { LegendScale } from "./legend-scale";
import type { useLegendRange } from "./use-legend-range";
import { READINESS_PATHS } from "./glyphs";
import { READINESS_IDS, READINESS_TONES } from "./look";

type LegendProps = {
  rows: readonly NodeRow[];
  address: ListAddressState;
  legend: ReturnType<typeof useLegendRange>;
  measured: Measured | null;
  /** How many of the nodes are of a state of readiness; null while that is not asked for. */
  readiness: ReadonlyMap<string, number> | null;
  matching: number;
  /** How many cells show a value that is older than it may be. */
  old: number;
  shown: number;
};

/** What the colours mean, and a filter: what is not of the chosen range or states fades. */
export function Legend({ rows, address, legend, measured, readiness, matching, old, shown }: LegendProps) {
  const { color, only } = address;
  const { range, setRange, clear } = legend;
  const toggle = (id: string) =>
    address.set((now) => ({ only: now.only.includes(id) ? now.only.filter((one) => one !== id) : [...now.only, id] }));
  return (
    <div role="group" aria-label={HEATMAP.legend} className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      {measured && (
        <LegendScale
          label={COLORS[color].label}
          range={range}
          text={(percent) => formatValue(measured.unit, valueAt(percent / 100, measured.scale))}
          onChange={setRange}
        />
      )}
      <div role="group" aria-label={HEATMAP.states} className="flex flex-wrap items-center gap-1.5">
        {readiness && statesOf(color)
          ? READINESS_IDS.map((id) => (
              <State
                key={id}
                label={READINESS[id].label}
                count={readiness.get(id) ?? 0}
                pressed={only.includes(id)}
                onToggle={() => toggle(id)}
              >
                <Swatch tone={READINESS_TONES[id]}>
                  <svg
                    viewBox="0 0 24 24"
                    width={11}
                    fill="none"
                    stroke="currentColor"
                    strokeWidth={3}
                    strokeLinecap="round"
                    strokeLinejoin="round"
                  >
                    <path d={READINESS_PATHS[id]} />
                  </svg>
                </Swatch>
              </State>
            ))
          : statuses(rows).map(({ status, count }) => {
              const { glyph: Glyph, tone } = statusLook(status);
              return (
                <State
                  key={status}
                  label={NODE_STATUSES[status].label}
                  count={count}
                  pressed={only.includes(status)}
                  onToggle={() => toggle(status)}
                >
                  {measured ? (
                    <span data-tone={tone} className="text-(--tone)">
                      <Glyph aria-hidden size={14} />
                    </span>
                  ) : (
                    <Swatch tone={tone}>
                      <Glyph aria-hidden size={11} />
                    </Swatch>
                  )}
                </State>
              );
            })}
        {measured && (
          <span className="inline-flex items-center gap-1.5 px-2 text-muted">
            <span className="no-data size-3.5 rounded-sm border border-line" aria-hidden /> {HEATMAP.noData}
          </span>
        )}
        {old > 0 && (
          <span className="inline-flex items-center gap-1.5 px-2 text-muted">
            <span className="heatmap-old size-3.5 rounded-sm border border-line" aria-hidden /> {HEATMAP.stale}
          </span>
        )}
      </div>
      {(range || only.length > 0) && (
        <span className="ms-auto inline-flex items-center gap-2 text-muted">
          <span role="status">{HEATMAP.matching(matching, shown)}</span>
          <Button size="small" variant="ghost" onClick={clear}>
            {HEATMAP.clear}
          </Button>
        </span>
      )}
    </div>
  );
}

function statuses(rows: readonly NodeRow[]) {
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return BY_SEVERITY.flatMap((status) => (counts.has(status) ? [{ status, count: counts.get(status) ?? 0 }] : []));
}

function Swatch({ tone, children }: { tone: string | null; children?: React.ReactNode }) {
  const fill = tone ? "bg-(--tone) text-(--on-tone)" : "no-data border border-line";
  return (
    <span
      data-tone={tone ?? undefined}
      aria-hidden
      className={`grid size-3.5 place-items-center rounded-sm forced-color-adjust-none ${fill}`}
    >
      {children}
    </span>
  );
}

type StateProps = { label: string; count: number; pressed: boolean; onToggle: () => void; children: React.ReactNode };

function State({ label, count, pressed, onToggle, children }: StateProps) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onToggle} className="heatmap-state">
      {children} {label} <span className="text-muted">{NUMBER.format(count)}</span>
    </button>
  );
}
