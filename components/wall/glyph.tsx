import type { Tone } from "@/components/ui/tone";
import { GLYPH_PATHS, READINESS_PATHS } from "@/components/nodes/heatmap/glyphs";
import { statusLook } from "@/components/nodes/status-badge";
import type { ReadinessId } from "@/lib/domain/readiness";
import type { NodeStatus, StatusGroup } from "@/lib/domain/status";

/** The status that stands for its group. */
const OF_GROUP: Record<StatusGroup, NodeStatus> = {
  failed: "Failed",
  fenced: "Fenced",
  inadequate: "Inadequate",
  maintenance: "InMaintenance",
  active: "Active",
  progress: "Activating",
  candidate: "Candidate",
  quiet: "Out",
};

export const toneOf = (status: NodeStatus): Tone => statusLook(status).tone;

// One tone a group.
export const GROUP_TONES = Object.fromEntries(Object.entries(OF_GROUP).map(([group, status]) => [group, toneOf(status)])) as Record<
  StatusGroup,
  Tone
>;

/** As on the canvas: a colour never says a state alone. */
const Drawn = ({ path }: { path: string }) => (
  <svg aria-hidden viewBox="0 0 24 24" className="wall-glyph">
    <path d={path} />
  </svg>
);
export const Glyph = ({ status }: { status: NodeStatus }) => <Drawn path={GLYPH_PATHS[status]} />;
export const ReadinessGlyph = ({ id }: { id: ReadinessId }) => <Drawn path={READINESS_PATHS[id]} />;

export const GroupGlyph = ({ group }: { group: StatusGroup }) => <Glyph status={OF_GROUP[group]} />;
