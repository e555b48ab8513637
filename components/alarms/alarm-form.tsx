"use client";

import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { requestKey } from "@/components/shell/request-key";
import { useRefusedField } from "@/components/shell/use-refused-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import { changeAlarm, createAlarm } from "@/lib/actions/alarms";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import { ALARMS } from "@/lib/messages/alarms-page";
import { refusalAt, type Refusal } from "@/lib/outcome";
import type { Recipient } from "@/lib/services/alarms/recipients";
import { useAlarmsRefused } from "./use-alarms-refused";
import { AlarmPreview } from "./alarm-preview";
import { ConditionFields } from "./condition-fields";
import { FormSection } from "./form-section";
import { formOf, ruleOf, scopeOf, type Typed } from "./form-state";
import { NameFields } from "./name-fields";
import { SendTest } from "./send-test";
import { NotifyFields } from "./notify-fields";
import { WatchedFields } from "./watched-fields";

type AlarmFormProps = {
  first: Typed;
  recipients: Recipient[];
  /** What is edited, in the version that was seen; null: a new one is made. */
  edited: { id: string; version: number } | null;
};

/** All that an alarm is made of, beside what it would have done. What is typed stays after every refusal. */
export function AlarmForm({ first, recipients, edited }: AlarmFormProps) {
  const router = useRouter();
  const [typed, setTyped] = useState(first);
  const { busy, refusal, send } = useSend(edited);
  const refused = useAlarmsRefused();
  const form = useRef<HTMLFormElement>(null);
  const set = (change: Partial<Typed>) => setTyped((now) => ({ ...now, ...change }));
  const errorAt = (...fields: string[]) => fields.map((field) => refusalAt(field, refusal)).find((error) => error !== null) ?? null;
  const rule = useMemo(() => ruleOf(typed), [typed]);
  const scope = useMemo(() => scopeOf(typed), [typed]);
  useRefusedField(form, refusal);
  const fields = { typed, set, errorAt };
  return (
    <form
      ref={form}
      noValidate
      className="grid max-w-[110rem] grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault();
        if (!refused) void send(typed);
      }}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {refusal && (
          <Callout kind="danger" role="alert" title={refusal.field ? ALARM_FORM.refused : refusal.reason}>
            {refusal.field ? refusal.reason : refusal.hint}
          </Callout>
        )}
        <FormSection title={ALARM_FORM.watched}>
          <WatchedFields {...fields} />
        </FormSection>
        <FormSection title={ALARM_FORM.condition}>
          <ConditionFields {...fields} />
        </FormSection>
      </div>
      <div className="lg:sticky lg:top-[calc(var(--header-height)+1rem)] lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <AlarmPreview rule={rule} scope={scope} onThreshold={(threshold) => set({ threshold: String(threshold), ownRule: true })} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <FormSection title={ALARM_FORM.notify} help={ALARM_FORM.notifyHelp}>
          <NotifyFields {...fields} recipients={recipients} />
        </FormSection>
        <FormSection title={ALARM_FORM.about}>
          <NameFields {...fields} />
        </FormSection>
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line pt-4">
          <SendTest typed={typed} refused={refused} />
          <Button onClick={() => router.back()}>{ALARM_FORM.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy} disabledReason={refused}>
            {edited ? ALARM_FORM.save : ALARM_FORM.submit}
          </Button>
        </div>
      </div>
    </form>
  );
}

function useSend(edited: AlarmFormProps["edited"]) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const key = useRef(requestKey());
  const save = async (typed: Typed) => {
    const form = formOf(typed);
    if (!edited) return createAlarm(form, key.current);
    const changed = await changeAlarm({ alarmId: edited.id, version: edited.version, form });
    return changed.ok ? { ok: true as const, value: { alarmId: edited.id } } : changed;
  };
  const send = async (typed: Typed) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await save(typed).catch((): Refusal => ALARMS.unreached);
    setBusy(false);
    // The next press is a new request: this one has been answered.
    if (outcome !== ALARMS.unreached) key.current = requestKey();
    if (!outcome.ok) return setRefusal(outcome);
    const { name } = formOf(typed);
    toast.success(edited ? ALARM_FORM.saved(name) : ALARM_FORM.created(name));
    router.push(`/alarms/${outcome.value.alarmId}`);
  };
  return { busy, refusal, send };
}
