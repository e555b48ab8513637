import {
  ArrowRightToLine,
  ArrowUp,
  Ban,
  CalendarClock,
  CircleCheck,
  CircleDashed,
  CirclePause,
  LoaderCircle,
  LogOut,
  OctagonX,
  RotateCw,
  ScanSearch,
  SkipForward,
  type LucideIcon,
} from "lucide-react";
import { Badge, type BadgeWeight } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { PLAN_NODE_STATES, PLAN_STATES, type PlanNodeState, type PlanState } from "@/lib/domain/maintenance-plan";

type Look = { glyph: LucideIcon; tone: Tone; weight: BadgeWeight };

/** Only a plan that waits for a person is solid. */
const PLANS: Record<PlanState, Look> = {
  planned: { glyph: CalendarClock, tone: "planned", weight: "outline" },
  running: { glyph: LoaderCircle, tone: "progress", weight: "outline" },
  stopped: { glyph: CirclePause, tone: "warning", weight: "solid" },
  done: { glyph: CircleCheck, tone: "positive", weight: "quiet" },
  cancelled: { glyph: Ban, tone: "neutral", weight: "quiet" },
};

const NODES: Record<PlanNodeState, Look> = {
  waiting: { glyph: CircleDashed, tone: "neutral", weight: "quiet" },
  draining: { glyph: ArrowRightToLine, tone: "planned", weight: "outline" },
  rebooting: { glyph: RotateCw, tone: "progress", weight: "outline" },
  inspecting: { glyph: ScanSearch, tone: "progress", weight: "outline" },
  activating: { glyph: ArrowUp, tone: "progress", weight: "outline" },
  done: { glyph: CircleCheck, tone: "positive", weight: "quiet" },
  failed: { glyph: OctagonX, tone: "warning", weight: "solid" },
  skipped: { glyph: SkipForward, tone: "neutral", weight: "quiet" },
  left: { glyph: LogOut, tone: "neutral", weight: "quiet" },
};

const badge = ({ glyph: Glyph, ...look }: Look, label: string) => (
  <Badge {...look} glyph={<Glyph aria-hidden />}>
    {label}
  </Badge>
);

export const PlanBadge = ({ state }: { state: PlanState }) => badge(PLANS[state], PLAN_STATES[state].label);
export const PlanNodeBadge = ({ state }: { state: PlanNodeState }) => badge(NODES[state], PLAN_NODE_STATES[state].label);
