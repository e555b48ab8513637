import { useId, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/segments";
import { Select, type SelectOption } from "@/components/ui/select";
import { COLOR_IDS, GROUP_IDS, LABEL_IDS, readGroup, type ColorId, type GroupBy, type LabelId } from "@/lib/domain/heatmap-choices";
import { COLORS } from "@/lib/domain/heatmap-colors";
import { GROUPS, tagPrefixes } from "@/lib/domain/heatmap-groups";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { ListAddressState } from "../use-list-address";

const COLOR_OPTIONS = COLOR_IDS.map((id) => ({ value: id, label: COLORS[id].label }));
const LABEL_OPTIONS = LABEL_IDS.map((id) => ({ value: id, label: HEATMAP.labels[id] }));
/** The rows of one label once; which of them, the switch beside says. */
const LABELS = [...new Map(GROUP_IDS.filter((id) => id !== "tag").map((id) => [GROUPS[id].label, id]))].map(([label, value]) => ({
  label,
  value,
}));

/** By what the nodes are grouped, coloured and labelled, and the way back to the list. */
export function Controls({ rows, address }: { rows: readonly NodeRow[]; address: ListAddressState }) {
  const { group, color, label } = address;
  const tags = useMemo(() => tagOptions(rows, group), [rows, group]);
  const twins = GROUP_IDS.filter(
    (id) => !group.startsWith("tag") && GROUPS[id].label === GROUPS[group as (typeof GROUP_IDS)[number]].label,
  );
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
          value={"measure" in GROUPS[twins[0] ?? "cpu"] && group.startsWith("used-") ? "usage" : "capacity"}
          onChoose={(measure) => address.set({ group: twins.find((id) => measureOf(id) === measure) ?? group })}
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
      <Button size="small" className="ms-auto" onClick={() => address.set({ view: "list" })}>
        {HEATMAP.asList}
      </Button>
    </div>
  );
}

function measureOf(id: (typeof GROUP_IDS)[number]): "capacity" | "usage" | null {
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
