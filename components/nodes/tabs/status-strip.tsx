import { RelativeTime } from "@/components/ui/relative-time";
import { NODE_STATUSES } from "@/lib/domain/status";
import type { StatusSpan } from "@/lib/domain/timeline";
import { formatDuration } from "@/lib/domain/units";
import { StatusBadge, statusLook } from "../status-badge";

const HEIGHT = 28;
/** Only what wants a person fills the strip; the rest stays lower, so that the form tells what the colour tells. */
const HEIGHTS = { solid: 24, outline: 16, quiet: 8 } as const;
/** Narrower than this (per cent), a glyph would not fit. */
const GLYPH_FROM = 3;
const LISTED = 6;
const SECOND_MS = 1000;

/** In which status a node was over the last 24 hours: as a strip for the eye, and in words. */
export function StatusStrip({ spans }: { spans: readonly StatusSpan[] }) {
  // What lasted no second is in the log below, and nothing to look at here.
  const known = spans.filter(({ status, from, to }) => status !== null && to - from >= SECOND_MS);
  const listed = known.toReversed().slice(0, LISTED);
  return (
    <section aria-label="Status in the last 24 hours" className="grid gap-1.5">
      <Strip spans={spans} />
      <div aria-hidden className="flex justify-between text-xs text-muted">
        <span>24 h ago</span>
        <span>12 h</span>
        <span>now</span>
      </div>
      <ol aria-label="Statuses of the last 24 hours, the newest first" className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {listed.map(({ status, from, to }) => (
          <li key={from} className="inline-flex items-center gap-1.5">
            {status && <StatusBadge status={status} />}
            <span className="text-muted">
              {from !== spans[0]?.from ? (
                <>
                  since <RelativeTime value={from} />, {formatDuration(to - from)}
                </>
              ) : spans.length === 1 ? (
                "the whole time"
              ) : (
                `before that, ${formatDuration(to - from)}`
              )}
            </span>
          </li>
        ))}
        {known.length > listed.length && <li className="self-center text-muted">and {known.length - listed.length} earlier</li>}
      </ol>
    </section>
  );
}

function Strip({ spans }: { spans: readonly StatusSpan[] }) {
  const [start, end] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 1];
  const percent = (moment: number) => ((moment - start) / (end - start)) * 100;
  return (
    <svg aria-hidden height={HEIGHT} className="w-full rounded-sm bg-panel forced-colors:border">
      {spans.map(({ status, from, to }) => {
        if (!status) return null;
        const { tone, weight, glyph: Glyph } = statusLook(status);
        const [x, width] = [percent(from), percent(to) - percent(from)];
        const height = HEIGHTS[weight];
        return (
          <g key={from} data-tone={tone}>
            <title>{NODE_STATUSES[status].label}</title>
            <rect
              x={`${x}%`}
              y={HEIGHT - height}
              width={`${Math.max(width, 0.2)}%`}
              height={height}
              className="fill-(--tone) stroke-page"
            />
            {width >= GLYPH_FROM && height >= 16 && (
              <Glyph x={`${x + 0.4}%`} y={HEIGHT - height / 2 - 7} width={14} height={14} className="text-(--on-tone)" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
