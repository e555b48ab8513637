import { ChevronDown, ChevronRight } from "lucide-react";
import { memo } from "react";
import type { Group } from "@/lib/domain/heatmap-groups";
import { spreadOf, type Spread } from "@/lib/domain/heatmap-colors";
import { formatValue, isSampled, type Unit } from "@/lib/domain/heatmap-scale";
import type { Layout } from "@/lib/domain/heatmap-layout";
import { NUMBER } from "@/lib/messages/counted";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { Measured } from "./cells";

type GroupHeadersProps = {
  groups: readonly Group[];
  layout: Layout;
  /** Px of the device in one of the page. */
  scale: number;
  measured: Measured | null;
  collapsed: ReadonlySet<string>;
  onToggle: (key: string) => void;
};

/** Of a group of so many nodes. It is often no wider than a few cells: the value of one is said once, and a unit that both have too. */
export function spreadWords(unit: Unit, { mean, hottest }: Spread, nodes: number): string {
  const most = formatValue(unit, hottest.value);
  if (nodes === 1) return most;
  const [value, ...named] = formatValue(unit, mean).split(" ");
  const both = most.endsWith(` ${named.join(" ")}`) ? value : [value, ...named].join(" ");
  return `${HEATMAP.mean} ${both} · ${HEATMAP.ends[isSampled(unit) ? "sampled" : "capacity"].worst} ${most}`;
}

/** Above each group: its name and count, the mean and the worst; pressed, its cells go and come. */
export const GroupHeaders = memo(function GroupHeaders({ groups, layout, scale, measured, collapsed, onToggle }: GroupHeadersProps) {
  return layout.blocks.map(({ group: at, x, top, width }) => {
    const group = groups[at];
    if (!group) return null;
    const closed = collapsed.has(group.key);
    const Glyph = closed ? ChevronRight : ChevronDown;
    const spread = measured && spreadOf(measured.values, group.members);
    const detail = measured && (spread ? spreadWords(measured.unit, spread, group.members.length) : HEATMAP.noData);
    return (
      <button
        key={group.key}
        type="button"
        aria-expanded={!closed}
        className="heatmap-group"
        style={{ left: x / scale, top: top / scale, width: width / scale }}
        title={[group.label, detail].filter(Boolean).join("\n")}
        onClick={() => onToggle(group.key)}
      >
        <span className="flex items-center gap-1">
          <Glyph aria-hidden size={13} className="text-muted" />
          <span className="truncate font-semibold">{group.label}</span>
          <span className="text-muted">{NUMBER.format(group.members.length)}</span>
        </span>
        <span className="truncate text-xs text-muted">{detail}</span>
      </button>
    );
  });
});
