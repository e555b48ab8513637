import { BellRing, CircleCheck, CircleDashed, Info, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import { Badge, type BadgeWeight } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { ALARM_SEVERITIES, ALARM_STATES, type AlarmSeverity, type AlarmState } from "@/lib/domain/alarms/choices";

const STATES: Record<AlarmState, { glyph: LucideIcon; tone: Tone; weight: BadgeWeight }> = {
  ALARM: { glyph: BellRing, tone: "danger", weight: "solid" },
  INSUFFICIENT_DATA: { glyph: CircleDashed, tone: "neutral", weight: "outline" },
  OK: { glyph: CircleCheck, tone: "positive", weight: "quiet" },
};

/** `quiet`: somebody is on it, or nobody is to be told: it does not ask for a person. */
export function StateBadge({ state, quiet = false }: { state: AlarmState; quiet?: boolean }) {
  const { glyph: Glyph, tone, weight } = STATES[state];
  return (
    <Badge tone={tone} weight={quiet && weight === "solid" ? "outline" : weight} glyph={<Glyph aria-hidden />}>
      {ALARM_STATES[state]}
    </Badge>
  );
}

const SEVERITIES: Record<AlarmSeverity, { glyph: LucideIcon; tone: Tone }> = {
  critical: { glyph: OctagonAlert, tone: "danger" },
  warning: { glyph: TriangleAlert, tone: "warning" },
  info: { glyph: Info, tone: "progress" },
};

export function SeverityMark({ severity }: { severity: AlarmSeverity }) {
  const { glyph: Glyph, tone } = SEVERITIES[severity];
  return (
    <span data-tone={tone} className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Glyph aria-hidden size={14} className="text-(--tone)" />
      {ALARM_SEVERITIES[severity]}
    </span>
  );
}
