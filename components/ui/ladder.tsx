import { CircleCheck, CircleDashed, CircleQuestionMark, LoaderCircle, OctagonX, TriangleAlert } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./tone";

export type RungState = "pending" | "running" | "ok" | "question" | "failed" | "warning";

export type Rung = {
  id: string;
  label: string;
  state: RungState;
  /** What was found, or why it failed and what to do. */
  detail?: ReactNode;
  milliseconds?: number;
  /** Stands below the rung: an answer to give, a fingerprint to compare. */
  content?: ReactNode;
};

/** `word` is what a screen reader says; `shown` states also show it, because they wait for a person. */
const STATES: Record<RungState, { glyph: LucideIcon; word: string; tone: Tone; shown: boolean }> = {
  pending: { glyph: CircleDashed, word: "Not started", tone: "neutral", shown: false },
  running: { glyph: LoaderCircle, word: "Running", tone: "progress", shown: false },
  ok: { glyph: CircleCheck, word: "Done", tone: "positive", shown: false },
  question: { glyph: CircleQuestionMark, word: "Your answer is needed", tone: "progress", shown: true },
  failed: { glyph: OctagonX, word: "Failed", tone: "danger", shown: true },
  warning: { glyph: TriangleAlert, word: "Warning", tone: "warning", shown: true },
};

/**
 * Steps that happen one after the other, live. The last change is announced politely, once.
 * Safari forgets that a list without markers is one, hence the role.
 */
export function Ladder({ label, rungs }: { label: string; rungs: readonly Rung[] }) {
  return (
    <div>
      <ol role="list" aria-label={label}>
        {rungs.map((rung, index) => (
          <LadderRung key={rung.id} rung={rung} last={index === rungs.length - 1} />
        ))}
      </ol>
      <p aria-live="polite" className="sr-only">
        {announcement(rungs)}
      </p>
    </div>
  );
}

function LadderRung({ rung, last }: { rung: Rung; last: boolean }) {
  const { glyph: Glyph, word, tone, shown } = STATES[rung.state];
  return (
    <li data-tone={tone} data-state={rung.state} className="relative flex gap-2.5 pb-3 last:pb-0">
      {!last && <span aria-hidden className="absolute start-[7.5px] top-5.5 bottom-0.5 border-s border-line" />}
      <Glyph aria-hidden size={16} className={`mt-0.5 text-(--tone) ${rung.state === "running" ? "animate-turn" : ""}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className={rung.state === "pending" ? "text-muted" : "font-medium"}>{rung.label}</span>
          <span className={shown ? "text-sm text-muted" : "sr-only"}>{word}</span>
          {rung.milliseconds !== undefined && <span className="ms-auto text-sm text-muted">{formatMilliseconds(rung.milliseconds)}</span>}
        </div>
        {rung.detail && <div className="text-sm wrap-anywhere text-muted">{rung.detail}</div>}
        {rung.content && <div className="mt-2">{rung.content}</div>}
      </div>
    </li>
  );
}

const announcement = (rungs: readonly Rung[]): string => {
  const current = rungs.findLast((rung) => rung.state !== "pending");
  if (!current) return "";
  const detail = typeof current.detail === "string" ? ` ${current.detail}` : "";
  return `${current.label}: ${STATES[current.state].word}.${detail}`;
};

const formatMilliseconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
