"use client";

import { useMemo, useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { AlarmRule, AlarmScope } from "@/lib/domain/alarms/config";
import { ALARM_PAGE } from "@/lib/messages/alarms-page";
import type { SubjectView } from "@/lib/services/alarms/read";
import { AlarmPreview } from "./alarm-preview";

type AlarmChartProps = { rule: AlarmRule; scope: AlarmScope; subjects: readonly SubjectView[] };

/** What was measured against the threshold, of one of those that are watched: the first is the one that is worst. */
export function AlarmChart({ rule, scope, subjects }: AlarmChartProps) {
  const nodes = subjects.flatMap(({ nodeId, node }) => (nodeId && node ? [{ value: nodeId, label: node }] : []));
  const [chosen, setChosen] = useState<string | null>(null);
  const nodeId = chosen ?? nodes[0]?.value;
  const shown = useMemo((): AlarmScope => (nodeId ? { kind: "node", nodeId } : scope), [nodeId, scope]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <AlarmPreview rule={rule} scope={shown} />
      {nodes.length > 1 && (
        <div className="max-w-64">
          <Field label={ALARM_PAGE.chart}>
            {(control) => <Select {...control} options={nodes} value={nodeId ?? ""} onChange={(event) => setChosen(event.target.value)} />}
          </Field>
        </div>
      )}
    </div>
  );
}
