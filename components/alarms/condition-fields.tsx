"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  MISSING_DATA,
  OPERATORS,
  PERIOD_SECONDS,
  PERIODS,
  STATISTICS,
  type MissingData,
  type Operator,
  type PeriodSeconds,
  type Statistic,
} from "@/lib/domain/alarms/choices";
import { ALARM_METRICS } from "@/lib/domain/alarms/metrics";
import { NODE_STATUSES } from "@/lib/domain/status";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import { isFlag, measureOf, type Typed } from "./form-state";
import type { FieldsProps } from "./form-section";

const options = <Key extends string>(labels: Record<Key, string | { label: string }>) =>
  (Object.entries(labels) as [Key, string | { label: string }][]).map(([value, label]) => ({
    // the keys of a constant object
    value,
    label: typeof label === "string" ? label : label.label,
  }));
const PERIOD_OPTIONS = PERIOD_SECONDS.map((seconds) => ({ value: String(seconds), label: PERIODS[seconds] }));

/** Of which datapoints, compared with what, how many of them. A choice makes the condition somebody's own. */
export function ConditionFields({ typed, set, errorAt }: FieldsProps) {
  const own = (change: Partial<Typed>) => set({ ...change, ownRule: true });
  const flag = isFlag(typed.metric);
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {!flag && (
          <Field label={ALARM_FORM.statistic} error={errorAt("rule.statistic")}>
            {(control) => (
              <Select
                {...control}
                options={options(STATISTICS)}
                value={typed.statistic}
                // The options are the statistics, here and below those of their own tables.
                onChange={(event) => own({ statistic: event.target.value as Statistic })}
              />
            )}
          </Field>
        )}
        <Field label={ALARM_FORM.period} error={errorAt("rule.periodSeconds")}>
          {(control) => (
            <Select
              {...control}
              options={PERIOD_OPTIONS}
              value={String(typed.periodSeconds)}
              onChange={(event) => own({ periodSeconds: Number(event.target.value) as PeriodSeconds })}
            />
          )}
        </Field>
      </div>
      {flag ? <p>{flagWords(typed)}</p> : <Threshold typed={typed} own={own} errorAt={errorAt} />}
      <div className="grid gap-1">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Count
            label={ALARM_FORM.datapoints}
            value={typed.datapoints}
            error={errorAt("rule.datapointsToAlarm")}
            onType={(datapoints) => own({ datapoints })}
          />
          <Count
            label={ALARM_FORM.outOf}
            value={typed.outOf}
            error={errorAt("rule.evaluationPeriods")}
            onType={(outOf) => own({ outOf })}
          />
        </div>
        <p className="text-sm text-muted">{ALARM_FORM.datapointsHelp(typed.datapoints, typed.outOf)}</p>
      </div>
      <Field label={ALARM_FORM.missing} help={MISSING_DATA[typed.missing].help} error={errorAt("rule.treatMissingData")}>
        {(control) => (
          <Select
            {...control}
            options={options(MISSING_DATA)}
            value={typed.missing}
            onChange={(event) => own({ missing: event.target.value as MissingData })}
          />
        )}
      </Field>
    </>
  );
}

const flagWords = ({ metric, parameter }: Typed): string =>
  metric === "status" ? ALARM_FORM.flags.status(NODE_STATUSES[parameter].label) : ALARM_FORM.flags.maintenanceReady;

type OwnProps = { typed: Typed; own: (change: Partial<Typed>) => void; errorAt: FieldsProps["errorAt"] };

function Threshold({ typed, own, errorAt }: OwnProps) {
  const { suffix } = measureOf(typed);
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label={ALARM_FORM.whenever(ALARM_METRICS[typed.metric].label)} error={errorAt("rule.operator")}>
        {(control) => (
          <Select
            {...control}
            options={options(OPERATORS)}
            value={typed.operator}
            onChange={(event) => own({ operator: event.target.value as Operator })}
          />
        )}
      </Field>
      <Field label={ALARM_FORM.thresholdIn(suffix)} required error={errorAt("rule.threshold")}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            className="tabular-nums"
            value={typed.threshold}
            onChange={(event) => own({ threshold: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

type CountProps = { label: string; value: string; error: string | null; onType: (value: string) => void };

const Count = ({ label, value, error, onType }: CountProps) => (
  <Field label={label} required error={error}>
    {(control) => (
      <Input {...control} inputMode="numeric" autoComplete="off" value={value} onChange={(event) => onType(event.target.value)} />
    )}
  </Field>
);
