"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldError, type FieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { formatBytes } from "@/lib/domain/units";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import type { SettingView } from "@/lib/services/settings/read";
import { focusSetting } from "./focus-setting";

type SettingFieldProps = {
  setting: SettingView;
  nodes: number;
  /** As it stands in the field. */
  shown: string | boolean;
  changed: boolean;
  error: string | null;
  onType: (value: string | boolean) => void;
};

/** One setting: its control in the administrator's unit, what it does, its default where it differs, and from when on a change holds. */
export function SettingField({ setting, nodes, shown, changed, error, onType }: SettingFieldProps) {
  const { path, label, help, control } = setting;
  const below = <Below setting={setting} nodes={nodes} shown={shown} changed={changed} onType={onType} />;
  if (control.kind === "switch")
    return (
      <div className="grid content-start gap-1" id={path}>
        <Checkbox
          label={<span className="font-medium">{label}</span>}
          description={help}
          checked={shown === true}
          aria-invalid={error ? true : undefined}
          {...(error && { "aria-describedby": `${path}-error` })}
          onChange={({ target }) => onType(target.checked)}
        />
        {error && <FieldError id={`${path}-error`}>{error}</FieldError>}
        <div className="ps-6">{below}</div>
      </div>
    );
  return (
    <div className="grid content-start gap-1" id={path}>
      <Field label={label} help={help} error={error}>
        {(field) => <Control field={field} setting={setting} shown={String(shown)} onType={onType} />}
      </Field>
      {below}
    </div>
  );
}

type ControlProps = { field: FieldControl; setting: SettingView; shown: string; onType: (value: string) => void };

function Control({ field, setting: { path, control }, shown, onType }: ControlProps) {
  const common = { ...field, name: path, value: shown, autoComplete: "off" };
  if (control.kind === "choice")
    return (
      <Select
        {...common}
        options={control.choices.map(({ help, ...choice }) => (help === null ? choice : { ...choice, description: help }))}
        onChange={({ target }) => onType(target.value)}
      />
    );
  if (control.kind !== "number") return <Input {...common} mono onChange={({ target }) => onType(target.value)} />;
  const unit = `${field.id}-unit`;
  return (
    <span className="flex items-center gap-2">
      <Input
        {...common}
        aria-describedby={[unit, field["aria-describedby"]].filter(Boolean).join(" ")}
        type="number"
        inputMode="decimal"
        step={control.step}
        min={control.least}
        max={control.most}
        className="max-w-40 text-end tabular-nums"
        onChange={({ target }) => onType(target.value)}
        // Whoever scrolls the page over it does not mean to change it.
        onWheel={({ currentTarget }) => currentTarget.blur()}
      />
      <span id={unit} className="text-muted">
        {control.unit}
      </span>
    </span>
  );
}

function Below({ setting, nodes, shown, changed, onType }: Omit<SettingFieldProps, "error">) {
  const { path, label, byDefault, bytes, effect } = setting;
  const size = bytes === null || typeof shown === "boolean" ? Number.NaN : bytes * Number(shown);
  return (
    <>
      {size > 0 && <p className="text-sm text-muted">{SETTINGS_FORM.costs(formatBytes(size), nodes)}</p>}
      {changed && <p className="text-sm font-medium">{effect}</p>}
      {shown !== byDefault.typed && (
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          {SETTINGS_FORM.byDefault(byDefault.shown)}
          <Button
            size="small"
            aria-label={SETTINGS_FORM.backOf(label)}
            onClick={() => {
              onType(byDefault.typed);
              // The button goes with what it takes back.
              focusSetting(path);
            }}
          >
            {SETTINGS_FORM.back}
          </Button>
        </p>
      )}
    </>
  );
}
