import { ArrowRight, CircleCheck, CircleDashed, LoaderCircle, Minus, OctagonX, Square, type LucideIcon } from "lucide-react";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { Tone } from "@/components/ui/tone";
import { shareMoved } from "@/lib/domain/drain-progress";
import type { VmState } from "@/lib/domain/maintenance";
import { formatBytes, formatPercent } from "@/lib/domain/units";
import { DRAIN } from "@/lib/messages/maintenance";
import type { DrainLine } from "@/lib/services/maintenance/read";

const LOOKS: Record<VmState, { glyph: LucideIcon; tone: Tone }> = {
  waiting: { glyph: CircleDashed, tone: "neutral" },
  moving: { glyph: LoaderCircle, tone: "progress" },
  moved: { glyph: CircleCheck, tone: "positive" },
  failed: { glyph: OctagonX, tone: "danger" },
  stopped: { glyph: Square, tone: "danger" },
  gone: { glyph: Minus, tone: "neutral" },
  returning: { glyph: LoaderCircle, tone: "progress" },
  returned: { glyph: CircleCheck, tone: "positive" },
};
const UNDER_WAY: readonly VmState[] = ["moving", "returning"];
const HAS_TARGET: readonly VmState[] = ["waiting", "moving", "moved", "failed"];

/** A line for each VM, in the order in which they move: the largest first. */
export function DrainLines({ label, lines, tries }: { label: string; lines: readonly DrainLine[]; tries: number }) {
  return (
    // A long list is scrolled, by the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ul role="list" aria-label={label} tabIndex={0} className="max-h-[max(16rem,45dvh)] overflow-y-auto">
      {lines.map((line) => (
        <Line key={line.uuid} line={line} tries={tries} />
      ))}
    </ul>
  );
}

function Line({ line, tries }: { line: DrainLine; tries: number }) {
  const { glyph: Glyph, tone } = LOOKS[line.state];
  const moving = UNDER_WAY.includes(line.state);
  return (
    <li
      data-tone={tone}
      className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2.5 border-b border-line py-1.5 last:border-0 sm:grid-cols-[16px_minmax(0,14rem)_4.5rem_minmax(0,1fr)]"
    >
      <Glyph aria-hidden size={16} className={`text-(--tone) ${moving ? "animate-turn" : ""}`} />
      <bdi className="truncate font-medium" title={line.name}>
        {line.name}
      </bdi>
      <span className="text-end text-sm text-muted">{formatBytes(line.memoryBytes)}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 max-sm:col-span-2 max-sm:col-start-2 sm:ps-4">
        <span>
          {line.label}
          {line.targetName && HAS_TARGET.includes(line.state) && (
            <>
              {" "}
              <ArrowRight aria-hidden size={12} className="inline text-muted rtl:-scale-x-100" />
              <span className="sr-only">{DRAIN.to}</span> <bdi>{line.targetName}</bdi>
            </>
          )}
        </span>
        {moving && <Progress {...line} />}
        {line.plannedName && line.targetName && line.plannedName !== line.targetName && (
          <span className="text-sm text-muted">{DRAIN.insteadOf(line.plannedName)}</span>
        )}
        {line.tries > 1 && <span className="text-sm text-muted">{DRAIN.tried(line.tries, Math.max(tries, line.tries))}</span>}
      </span>
      {line.detail && (
        <span className="col-start-2 col-end-[-1] text-sm wrap-anywhere text-muted sm:col-start-4 sm:ps-4">{line.detail}</span>
      )}
    </li>
  );
}

function Progress(line: DrainLine) {
  // All of it is there when libvirt says so, and not before.
  const share = Math.min(0.99, shareMoved(line));
  return (
    <>
      <ProgressBar share={share} className="w-24" />
      <span className="text-sm text-muted">{DRAIN.progress(formatPercent(share), formatBytes(line.movedBytes ?? 0))}</span>
    </>
  );
}
