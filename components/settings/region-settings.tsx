import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { KeyValues } from "@/components/ui/key-values";
import { SectionHead } from "@/components/ui/section-head";
import { permissionRefusal } from "@/lib/domain/permissions";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import type { GroupView } from "@/lib/services/settings/read";
import { FollowChanges } from "./follow-changes";
import { SettingsGroup } from "./settings-group";

type RegionSettingsProps = {
  groups: readonly GroupView[];
  /** Whether they may be changed, or only seen. */
  manage: boolean;
  /** What is to be known before the first group. */
  children?: ReactNode;
};

/** The groups of a page: forms for whoever may change them, and for everybody else what is set and why they can not. */
export function RegionSettings({ groups, manage, children }: RegionSettingsProps) {
  const { reason, hint } = permissionRefusal("settings.manage");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <FollowChanges />
      {children}
      {!manage && (
        <Callout title={SETTINGS_FORM.readOnly}>
          {reason} {hint}
        </Callout>
      )}
      {groups.map((group) => (manage ? <SettingsGroup key={group.id} group={group} /> : <ReadOnlyGroup key={group.id} group={group} />))}
    </div>
  );
}

function ReadOnlyGroup({ group: { title, help, settings } }: { group: GroupView }) {
  return (
    <section aria-label={title} className="grid gap-3 border-t border-line pt-4 first:border-t-0 first:pt-0">
      <SectionHead title={title}>{help}</SectionHead>
      <KeyValues items={settings.map((setting) => ({ label: setting.label, value: <Shown {...setting} /> }))} />
    </section>
  );
}

/** What is set, with its default where that is another. */
function Shown({ shown, byDefault }: GroupView["settings"][number]) {
  if (shown === byDefault.shown) return shown;
  return (
    <>
      {shown} <span className="text-muted">{SETTINGS_FORM.byDefault(byDefault.shown)}</span>
    </>
  );
}
