import { useId, useMemo, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/segments";
import { Select, type SelectOption } from "@/components/ui/select";
import {
  COLOR_IDS,
  GROUP_IDS,
  LABEL_IDS,
  readGroup,
  SCALE_IDS,
  type ColorId,
  type GroupBy,
  type GroupId,
  type LabelId,
  type ScaleId,
} from "@/lib/domain/heatmap-choices";
import { COLORS, metricOf } from "@/lib/domain/heatmap-colors";
import { GROUPS, tagPrefixes } from "@/lib/domain/heatmap-groups";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { ListAddressState } from "../use-list-address";
import { OpenWall } from "./open-wall";

const COLOR_OPTIONS = COLOR_IDS.map((id) => ({ value: id, label: COLORS[id].label }));
const LABEL_OPTIONS = LABEL_IDS.map((id) => ({ value: id, label: HEATMAP.labels[id] }));
const SCALE_OPTIONS = SCALE_IDS.map((id) => ({ value: id, label: HEATMAP.scales[id] }));
const labelOf = (id: GroupId): string => GROUPS[id].label;
/** The first row of each label; which of them, the switch beside says. */
const LABELS = GROUP_IDS.filter((id, at) => id !== "tag" && GROUP_IDS.findIndex((one) => labelOf(one) === labelOf(id)) === at).map(
  (id) => ({
    value: id,
    label: labelOf(id),
  }),
);

/** By what the nodes are grouped, coloured and labelled, and the ways to a wall and back to the list. */
export function Controls({ rows, address, children }: { rows: readonly NodeRow[]; address: ListAddressState; children?: ReactNode }) {
  const { group, color, label, scale } = address;
  const tags = useMemo(() => tagOptions(rows, group), [rows, group]);
  const id = GROUP_IDS.find((one) => one === group);
  const twins = id ? GROUP_IDS.filter((one) => labelOf(one) === labelOf(id)) : [];
  const shown = LABELS.find(({ value }) => twins.includes(value))?.value ?? group;
  return (
    <div role="group" aria-label={HEATMAP.controls} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Choice
        label={HEATMAP.groupBy}
        value={shown}
        options={[...LABELS, ...tags]}
        onChoose={(text) => address.set({ group: readGroup(text) ?? group })}
      />
      {twins.length > 1 && (
        <Segments
          quiet
          legend={HEATMAP.measure}
          options={HEATMAP.measures}
          value={(id && measureOf(id)) ?? "capacity"}
          onChoose={(measure) => address.set({ group: twins.find((one) => measureOf(one) === measure) ?? group })}
        />
      )}
      <Choice
        label={HEATMAP.colorBy}
        value={color}
        options={COLOR_OPTIONS}
        // What the legend picked of one scale means nothing on another. The options are of this type.
        onChoose={(id) => address.set({ color: id as ColorId, range: null, only: [] })}
      />
      <Choice label={HEATMAP.label} value={label} options={LABEL_OPTIONS} onChoose={(id) => address.set({ label: id as LabelId })} />
      {metricOf(color) && (
        <Choice
          label={HEATMAP.scale}
          value={scale}
          options={SCALE_OPTIONS}
          // What the legend picked of one scale means something else on the other.
          onChoose={(id) => address.set({ scale: id as ScaleId, range: null })}
        />
      )}
      <div className="ms-auto flex flex-wrap items-center gap-2">
        <OpenWall />
        {children}
        <Button size="small" onClick={() => address.set({ view: "list" })}>
          {HEATMAP.asList}
        </Button>
      </div>
    </div>
  );
}

function measureOf(id: GroupId): "capacity" | "usage" | null {
  const row = GROUPS[id];
  return "measure" in row ? row.measure : null;
}

/** A prefix that came with a link stays to be chosen, even if no node has such a tag. */
function tagOptions(rows: readonly NodeRow[], group: GroupBy): SelectOption[] {
  const given = group.startsWith("tag:") ? [group.slice(4)] : [];
  const prefixes = [...new Set([...tagPrefixes(rows), ...given])];
  return [...prefixes.map((prefix) => ({ value: `tag:${prefix}`, label: HEATMAP.tag(prefix) })), { value: "tag", label: HEATMAP.allTags }];
}

type ChoiceProps = { label: string; value: string; options: readonly SelectOption[]; onChoose: (value: string) => void };

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <Select id={id} className="w-auto text-sm" options={options} value={value} onChange={({ target }) => onChoose(target.value)} />
    </div>
  );
}
