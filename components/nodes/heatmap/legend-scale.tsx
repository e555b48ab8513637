import type { LegendRange } from "@/lib/domain/heatmap-choices";
import { HEATMAP } from "@/lib/messages/heatmap";

type LegendScaleProps = {
  label: string;
  range: LegendRange | null;
  text: (percent: number) => string;
  onChange: (range: LegendRange | null) => void;
};

/** Two sliders on one ramp: dragged, or moved by the arrow keys. */
export function LegendScale({ label, range, text, onChange }: LegendScaleProps) {
  const { from, to } = range ?? { from: 0, to: 100 };
  const set = (next: LegendRange) => onChange(next.from <= 0 && next.to >= 100 ? null : next);
  const slider = { min: 0, max: 100, className: "heatmap-slider" } as const;
  return (
    <div className="flex items-center gap-2.5">
      <span className="text-muted">{text(0)}</span>
      <div className="heatmap-ramp">
        <span aria-hidden className="heatmap-ramp-off" style={{ insetInlineStart: 0, width: `${from}%` }} />
        <span aria-hidden className="heatmap-ramp-off" style={{ insetInlineEnd: 0, width: `${100 - to}%` }} />
        <input
          type="range"
          {...slider}
          // Where both stand at the upper end, the lower one is the one that can move.
          style={{ zIndex: from > 50 ? 1 : undefined }}
          aria-label={HEATMAP.from(label)}
          aria-valuetext={text(from)}
          value={from}
          onChange={({ target }) => set({ from: Math.min(Number(target.value), to), to })}
        />
        <input
          type="range"
          {...slider}
          aria-label={HEATMAP.to(label)}
          aria-valuetext={text(to)}
          value={to}
          onChange={({ target }) => set({ from, to: Math.max(Number(target.value), from) })}
        />
      </div>
      <span className="text-muted">{text(100)}</span>
      {range && <span className="font-medium">{`${text(from)} – ${text(to)}`}</span>}
    </div>
  );
}
