import { CircleCheck, CircleHelp, CircleX, type LucideIcon } from "lucide-react";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { ClockTime } from "@/components/ui/clock-time";
import type { Tone } from "@/components/ui/tone";
import { CHECKS } from "@/lib/domain/fencing-checks";
import { EVIDENCE } from "@/lib/domain/fencing-evidence";
import { FENCING } from "@/lib/messages/power-dialogs";
import type { FencingView } from "@/lib/services/fencing/read";
import { Section } from "../section";

/** How this server's power is controlled, how the node is seen, and what the last fence proved. */
export function Fencing({ fencing }: { fencing: FencingView }) {
  const { power, checks, fence } = fencing;
  const facts: KeyValue[] = [
    { label: "BMC", value: power ? <Bmc power={power} /> : <span className="text-muted">{FENCING.noBmc}</span> },
    { label: "Last fence", value: fence ? <LastFence fence={fence} /> : <span className="text-muted">{FENCING.never}</span> },
  ];
  return (
    <Section title={FENCING.title}>
      <KeyValues items={facts} />
      {checks.length > 0 && (
        <Part title={FENCING.looks}>
          <Lines
            label={FENCING.looks}
            lines={checks.map(({ what, says, detail, by, at }) => ({
              id: what,
              label: CHECKS[what].label,
              outcome: says === "unknown" ? "unknown" : says === "there" ? "yes" : "no",
              detail,
              by,
              at,
            }))}
          />
        </Part>
      )}
      {fence && fence.evidence.length > 0 && (
        <Part title={FENCING.evidence}>
          <Lines label={FENCING.evidence} lines={fence.evidence.map((one) => ({ ...one, id: one.what, label: EVIDENCE[one.what] }))} />
        </Part>
      )}
      {fence && fence.vms.length > 0 && (
        <Part title={FENCING.vms}>
          <ul className="grid gap-1">
            {fence.vms.map(({ name, fate }) => (
              <li key={name} className="flex flex-wrap gap-x-3">
                <bdi className="font-medium">{name}</bdi>
                <span className="text-muted">{fate}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Section>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{title}</h3>
      {children}
    </div>
  );
}

function Bmc({ power }: { power: NonNullable<FencingView["power"]> }) {
  const { login, address, port, state, checkedAt, problem } = power;
  return (
    <>
      <code>
        {login}@{address}
        {port === 623 ? "" : `:${port}`}
      </code>
      {checkedAt && (
        <span className="text-muted">
          {" "}
          · {problem ?? `power ${state}`}, <RelativeTime value={checkedAt} />
        </span>
      )}
    </>
  );
}

function LastFence({ fence }: { fence: NonNullable<FencingView["fence"]> }) {
  return (
    <>
      {FENCING.states[fence.state]}, <RelativeTime value={fence.endedAt ?? fence.startedAt} />, by <bdi>{fence.actorName}</bdi>
      {fence.problem && <span className="block text-muted">{fence.problem}</span>}
    </>
  );
}

type Line = { id: string; label: string; outcome: "yes" | "no" | "unknown"; detail: string; by: string; at: string };

const LOOKS: Record<Line["outcome"], { glyph: LucideIcon; word: string; tone: Tone }> = {
  yes: { glyph: CircleCheck, word: "Yes", tone: "positive" },
  no: { glyph: CircleX, word: "No", tone: "neutral" },
  unknown: { glyph: CircleHelp, word: "Not known", tone: "neutral" },
};

/** A check list with the time of each line and who says so. Safari forgets that a list without markers is one, hence the role. */
function Lines({ label, lines }: { label: string; lines: readonly Line[] }) {
  return (
    <ol role="list" aria-label={label} className="grid gap-2">
      {lines.map(({ id, label: what, outcome, detail, by, at }) => {
        const { glyph: Glyph, word, tone } = LOOKS[outcome];
        return (
          <li key={id} data-tone={tone} className="flex gap-2.5">
            <Glyph aria-hidden size={16} className="mt-0.5 shrink-0 text-(--tone)" />
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{what}</span>
                <span className="text-sm text-muted">{word}</span>
                <ClockTime value={at} className="ms-auto text-sm text-muted" />
              </div>
              <div className="text-sm wrap-anywhere text-muted">
                {detail} <span className="whitespace-nowrap">({by})</span>
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
