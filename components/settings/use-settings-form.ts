"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "@/components/ui/toast";
import { saveSettings } from "@/lib/actions/settings";
import type { SettingPath, SettingValue } from "@/lib/domain/settings-table";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import type { Refusal } from "@/lib/outcome";
import type { Danger } from "@/lib/services/settings/change";
import type { GroupView } from "@/lib/services/settings/read";

type Typed = Partial<Record<SettingPath, string | boolean>>;
type Seen = Partial<Record<SettingPath, SettingValue>>;

/** What is typed and differs from what is set, and what was set when that began. */
type Draft = { typed: Typed; seen: Seen | null };
const NOTHING: Draft = { typed: {}, seen: null };
const draftOf = (typed: Typed, seen: Seen | null): Draft => (Object.keys(typed).length === 0 ? NOTHING : { typed, seen });

/**
 * What somebody types into one group. Only what differs from what is set is kept, beside what was set when the typing began: by that the
 * server knows whether somebody else was faster. What others change shows by itself wherever nothing was typed.
 */
export function useSettingsForm({ id, title, settings }: GroupView) {
  const router = useRouter();
  const [{ typed, seen }, setDraft] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const [reading, startReading] = useTransition();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [dangers, setDangers] = useState<Danger[]>([]);
  const now: Seen = Object.fromEntries(settings.map(({ path, value }) => [path, value]));

  const type = (path: SettingPath, value: string | boolean) => {
    const isSet = settings.find((setting) => setting.path === path)?.typed === value;
    setDraft((draft) => {
      const { [path]: _, ...others } = draft.typed;
      return draftOf(isSet ? others : { ...others, [path]: value }, draft.seen ?? now);
    });
  };
  const discard = () => {
    setDraft(NOTHING);
    setRefusal(null);
  };
  const save = async (confirmed: string[] = []) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await saveSettings({ group: id, seen: seen ?? now, typed, confirmed }).catch((): Refusal => SETTINGS_FORM.unreached);
    setBusy(false);
    setDangers(outcome.ok ? outcome.value.dangers : []);
    if (!outcome.ok) {
      setRefusal(outcome);
      // From now on it is known what the other has set: to save again is to put one's own over it.
      if (outcome.code === "stale") setDraft((draft) => draftOf(draft.typed, null));
      router.refresh();
      return;
    }
    if (outcome.value.dangers.length) return;
    // What was saved gives way to what is read, at one moment: between the two the field would show the old value.
    startReading(() => {
      setDraft((draft) => draftOf(without(draft.typed, typed), null));
      router.refresh();
    });
    toast.success(SETTINGS_FORM.saved(title));
  };
  return {
    typed,
    type,
    discard,
    busy: busy || reading,
    refusal,
    dangers,
    save: () => void save(),
    confirm: () => void save(dangers.map(({ id: danger }) => danger)),
    decline: () => setDangers([]),
  };
}

/** What was typed since, too, is not sent yet. */
const without = (typed: Typed, sent: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).filter(([path, value]) => sent[path as SettingPath] !== value)); // its own keys
