"use client";

import { useEffect, useRef } from "react";
import { useRefusedField } from "@/components/shell/use-refused-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { onDemand } from "@/components/ui/on-demand";
import { SectionHead } from "@/components/ui/section-head";
import { SETTING_PATHS } from "@/lib/domain/settings-table";
import { formatBytes } from "@/lib/domain/units";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import { refusalAt } from "@/lib/outcome";
import type { GroupView } from "@/lib/services/settings/read";
import { focusSetting } from "./focus-setting";
import { SettingField } from "./setting-field";
import { useSettingsForm } from "./use-settings-form";

const DangerDialog = onDemand(() => import("./danger-dialog").then((module) => module.DangerDialog));

/** What is saved together. What is typed stays after every refusal. */
export function SettingsGroup({ group }: { group: GroupView }) {
  const { typed, type, discard, busy, refusal, dangers, save, confirm, decline } = useSettingsForm(group);
  const form = useRef<HTMLFormElement>(null);
  useRefusedField(form, refusal);
  useNamedInAddress(form);
  const untouched = Object.keys(typed).length === 0;
  const shownOf = ({ path, typed: is }: GroupView["settings"][number]) => typed[path] ?? is;
  const bytes = group.settings.reduce((sum, setting) => sum + (setting.bytes ?? 0) * Number(shownOf(setting)), 0);
  return (
    <form
      ref={form}
      noValidate
      aria-label={group.title}
      className="grid max-w-6xl gap-4 border-t border-line pt-4 first:border-t-0 first:pt-0"
      onSubmit={(event) => {
        event.preventDefault();
        if (!untouched && !busy) save();
      }}
    >
      <SectionHead title={group.title}>
        {group.help} {bytes > 0 && SETTINGS_FORM.costsAll(formatBytes(bytes))}
      </SectionHead>
      {refusal && (
        <Callout kind="danger" role="alert" title={refusal.field ? SETTINGS_FORM.refused : refusal.reason}>
          {refusal.field ? refusal.reason : refusal.hint}
        </Callout>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-5 md:grid-cols-2 xl:grid-cols-3">
        {group.settings.map((setting) => (
          <SettingField
            key={setting.path}
            setting={setting}
            nodes={group.nodes}
            shown={shownOf(setting)}
            changed={setting.path in typed}
            error={refusalAt(setting.path, refusal)}
            onType={(value) => type(setting.path, value)}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={busy} disabledReason={untouched ? SETTINGS_FORM.nothing : undefined}>
          {SETTINGS_FORM.save}
        </Button>
        {!untouched && (
          <Button
            onClick={() => {
              // The button goes with what it discards.
              form.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
              discard();
            }}
          >
            {SETTINGS_FORM.discard}
          </Button>
        )}
      </div>
      {dangers.length > 0 && <DangerDialog title={group.title} dangers={dangers} busy={busy} onConfirm={confirm} onClose={decline} />}
    </form>
  );
}

/** The address of a setting, as the palette has it, leads to its field. */
function useNamedInAddress(form: React.RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const named = SETTING_PATHS.find((path) => location.hash === `#${path}`);
    if (named && form.current?.contains(document.getElementById(named))) focusSetting(named);
  }, [form]);
}
