import {
  ArrowRightToLine,
  ArrowUp,
  Ban,
  Check,
  CircleCheck,
  CircleDashed,
  CirclePlus,
  Fence,
  Minus,
  OctagonX,
  RotateCcw,
  TriangleAlert,
  Wrench,
  type LucideIcon,
} from "lucide-react";
import { Badge, type BadgeWeight } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { NODE_STATUSES, type NodeStatus, type StatusGroup } from "@/lib/domain/status";

const GLYPHS: Record<NodeStatus, LucideIcon> = {
  Candidate: CircleDashed,
  Approved: Check,
  Starting: CirclePlus,
  Activating: ArrowUp,
  Active: CircleCheck,
  Failed: OctagonX,
  Fenced: Fence,
  EnteringMaintenance: ArrowRightToLine,
  InMaintenance: Wrench,
  Unfencing: RotateCcw,
  Inadequate: TriangleAlert,
  Rejected: Ban,
  Out: Minus,
};

/** Only what wants a person is solid: planned work must not shout louder than a failure. */
const LOOKS: Record<StatusGroup, { tone: Tone; weight: BadgeWeight }> = {
  active: { tone: "positive", weight: "quiet" },
  progress: { tone: "progress", weight: "outline" },
  maintenance: { tone: "planned", weight: "outline" },
  candidate: { tone: "fresh", weight: "outline" },
  inadequate: { tone: "warning", weight: "solid" },
  failed: { tone: "danger", weight: "solid" },
  fenced: { tone: "isolated", weight: "solid" },
  quiet: { tone: "neutral", weight: "quiet" },
};

/** How a status looks wherever it is drawn. */
export const statusLook = (status: NodeStatus) => ({ glyph: GLYPHS[status], ...LOOKS[NODE_STATUSES[status].group] });

/** A status as glyph, colour and word. */
export function StatusBadge({ status }: { status: NodeStatus }) {
  const { label, group } = NODE_STATUSES[status];
  const Glyph = GLYPHS[status];
  return (
    <Badge {...LOOKS[group]} glyph={<Glyph aria-hidden />}>
      {label}
    </Badge>
  );
}
