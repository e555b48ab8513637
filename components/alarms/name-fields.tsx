"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ALARM_SEVERITIES, type AlarmSeverity } from "@/lib/domain/alarms/choices";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import type { FieldsProps } from "./form-section";
import { nameOf } from "./form-state";

const SEVERITIES = Object.entries(ALARM_SEVERITIES).map(([value, label]) => ({ value, label }));

export function NameFields({ typed, set, errorAt }: FieldsProps) {
  return (
    <>
      <Field label={ALARM_FORM.name} help={ALARM_FORM.nameHelp} required error={errorAt("name")}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={255}
            value={nameOf(typed)}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={ALARM_FORM.severity} error={errorAt("severity")}>
        {(control) => (
          <Select
            {...control}
            options={SEVERITIES}
            value={typed.severity}
            // The options are the severities.
            onChange={(event) => set({ severity: event.target.value as AlarmSeverity })}
          />
        )}
      </Field>
      <Field label={ALARM_FORM.description} help={ALARM_FORM.descriptionHelp} error={errorAt("description")}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={1024}
            value={typed.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
