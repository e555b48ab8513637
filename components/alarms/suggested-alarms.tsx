"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { requestKey } from "@/components/shell/request-key";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { createAlarm } from "@/lib/actions/alarms";
import { ruleWords } from "@/lib/domain/alarms/reason";
import { suggestedForm, type Suggestion } from "@/lib/domain/alarms/suggested";
import { ALARMS } from "@/lib/messages/alarms-page";
import { SUGGESTIONS } from "@/lib/messages/suggested-alarms";
import type { Refusal } from "@/lib/outcome";
import type { Recipient } from "@/lib/services/alarms/recipients";
import { useAlarmsRefused } from "./use-alarms-refused";
import { SeverityMark } from "./alarm-state";

type SuggestedAlarmsProps = { suggestions: readonly Suggestion[]; recipients: readonly Recipient[] };

/** Ready alarms, each of which is made as it stands. */
export function SuggestedAlarms({ suggestions, recipients }: SuggestedAlarmsProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [recipient, setRecipient] = useState("");
  const chosen = suggestions.filter(({ name }) => !left.has(name));
  const { add, done, failed } = useAdd(chosen, recipient ? [recipient] : []);
  const refused = useAlarmsRefused();
  const toggle = (name: string) =>
    setLeft((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ul className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-3 min-[160rem]:grid-cols-5">
        {suggestions.map((suggestion) => (
          <li key={suggestion.name} className="grid">
            <Card suggestion={suggestion} chosen={!left.has(suggestion.name)} onToggle={() => toggle(suggestion.name)} />
          </li>
        ))}
      </ul>
      {failed.length > 0 && (
        <Callout kind="danger" role="alert" title={SUGGESTIONS.refused(failed.length)}>
          <ul>
            {failed.map(({ name, refusal }) => (
              <li key={name}>
                {name}: {refusal.reason} {refusal.hint}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        {recipients.length > 0 && (
          <div className="w-96 max-w-full">
            <Field label={SUGGESTIONS.tell} help={SUGGESTIONS.tellHelp}>
              {(control) => (
                <Select
                  {...control}
                  placeholder={SUGGESTIONS.nobody}
                  options={recipients.map(({ id, name }) => ({ value: id, label: name }))}
                  value={recipient}
                  onChange={(event) => setRecipient(event.target.value)}
                />
              )}
            </Field>
          </div>
        )}
        <div className={recipients.length > 0 ? "pt-6" : undefined}>
          <Button
            variant="primary"
            busy={done !== null}
            disabledReason={refused ?? (chosen.length === 0 ? SUGGESTIONS.none : undefined)}
            onClick={() => void add()}
          >
            {done === null ? SUGGESTIONS.add(chosen.length) : SUGGESTIONS.adding(done, chosen.length)}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Card({ suggestion, chosen, onToggle }: { suggestion: Suggestion; chosen: boolean; onToggle: () => void }) {
  const id = useId();
  const { name, severity, why } = suggestion;
  return (
    <label className="flex gap-2.5 rounded-md border border-control bg-page px-3 py-2.5 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="checkbox"
        checked={chosen}
        onChange={onToggle}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-why`}
        className="mt-0.5 size-4 shrink-0 outline-none"
      />
      <span className="grid min-w-0 flex-1 content-start gap-0.5">
        <span className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span id={`${id}-name`} className="font-medium">
            {name}
          </span>
          <span className="text-sm text-muted">
            <SeverityMark severity={severity} />
          </span>
        </span>
        <span className="text-sm">{ruleWords(suggestedForm(suggestion, []).rule)}</span>
        <span id={`${id}-why`} className="text-sm text-muted">
          {why}
        </span>
      </span>
    </label>
  );
}

/** One after the other: each is an alarm of its own, and one that is refused does not keep the others. */
function useAdd(chosen: readonly Suggestion[], recipients: readonly string[]) {
  const router = useRouter();
  const [done, setDone] = useState<number | null>(null);
  const [failed, setFailed] = useState<{ name: string; refusal: Refusal }[]>([]);
  const add = async () => {
    const refused: typeof failed = [];
    setFailed([]);
    for (const [index, suggestion] of chosen.entries()) {
      setDone(index);
      const outcome = await createAlarm(suggestedForm(suggestion, recipients), requestKey()).catch((): Refusal => ALARMS.unreached);
      if (!outcome.ok) refused.push({ name: suggestion.name, refusal: outcome });
    }
    setDone(null);
    setFailed(refused);
    if (refused.length < chosen.length) toast.success(SUGGESTIONS.added(chosen.length - refused.length));
    router.refresh();
  };
  return { add, done, failed };
}
