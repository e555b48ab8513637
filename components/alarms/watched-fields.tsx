"use client";

import { Field, FieldError } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { ALARM_METRIC_IDS, ALARM_METRICS, type AlarmMetricId } from "@/lib/domain/alarms/metrics";
import { NODE_STATUS_IDS, NODE_STATUSES, type NodeStatus } from "@/lib/domain/status";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import { withMetric } from "./form-state";
import type { FieldsProps } from "./form-section";
import { NodeField } from "./node-field";
import { TagField } from "./tag-field";

const METRICS = ALARM_METRIC_IDS.map((value) => ({ value, label: ALARM_METRICS[value].label }));
const STATUSES = NODE_STATUS_IDS.filter((id) => NODE_STATUSES[id].joined).map((value) => ({ value, label: NODE_STATUSES[value].label }));
const SCOPES = ["node", "tag", "all"] as const;

/** Which metric of whom. */
export function WatchedFields({ typed, set, errorAt }: FieldsProps) {
  return (
    <>
      <Field label={ALARM_FORM.metric} error={errorAt("rule.metric")}>
        {(control) => (
          <Select
            {...control}
            options={METRICS}
            value={typed.metric}
            // The options are the metrics.
            onChange={(event) => set(withMetric(typed, event.target.value as AlarmMetricId))}
          />
        )}
      </Field>
      {typed.metric === "status" && (
        <Field label={ALARM_FORM.parameter} error={errorAt("rule.parameter")}>
          {(control) => (
            <Select
              {...control}
              options={STATUSES}
              value={typed.parameter}
              // The options are statuses.
              onChange={(event) => set({ parameter: event.target.value as NodeStatus })}
            />
          )}
        </Field>
      )}
      {typed.scope === "region" ? (
        <p className="text-muted">{ALARM_FORM.region}</p>
      ) : (
        <>
          <RadioCards
            legend={ALARM_FORM.scope}
            name="scope"
            options={SCOPES.map((value) => ({ value, label: ALARM_FORM.scopes[value] }))}
            value={typed.scope}
            // The options are these three.
            onValueChange={(value) => set({ scope: value as (typeof SCOPES)[number] })}
          />
          {typed.scope !== "node" && <p className="-mt-2 text-sm text-muted">{ALARM_FORM.scopeHelp}</p>}
          {typed.scope === "node" && (
            <NodeField node={typed.node} onNode={(node) => set({ node })} error={errorAt("scope.nodeId", "scope")} />
          )}
          {typed.scope === "tag" && <TagField tag={typed.tag} onTag={(tag) => set({ tag })} error={errorAt("scope.tag", "scope")} />}
          {typed.scope === "all" && errorAt("scope") && <FieldError id="scope-error">{errorAt("scope")}</FieldError>}
        </>
      )}
    </>
  );
}
