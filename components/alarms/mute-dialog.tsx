"use client";

import { useContext, useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { Field } from "@/components/ui/field";
import { MomentField, momentOf, useZoneName } from "@/components/ui/moment-field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { muteAlarm } from "@/lib/actions/alarms";
import { ALARMS, MUTE } from "@/lib/messages/alarms-page";
import { refusalAt } from "@/lib/outcome";
import type { AlarmView } from "@/lib/services/alarms/read";
import { isMuteChoice, MUTE_CHOICES, muteEnd, type MuteChoice } from "./mute-choices";

export function MuteDialog({ alarm: { id, name, version }, onClose }: { alarm: AlarmView; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, ALARMS.unreached);
  const zone = useContext(TimeZoneContext);
  const zoneName = useZoneName();
  const [choice, setChoice] = useState<MuteChoice>("hour");
  return (
    <FormDialog
      title={MUTE.title(name)}
      description={MUTE.help}
      submit={MUTE.submit}
      busy={busy}
      refusal={refusal}
      onSubmit={(form, element) => {
        const note = String(form.get("note") ?? "");
        const until = choice === "custom" ? (momentOf(element, "until", zone) ?? "") : muteEnd(choice, new Date(), zone).toISOString();
        void send(() => muteAlarm({ alarmId: id, version, until, note }), MUTE.done(name));
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <RadioCards
          legend={MUTE.until}
          name="choice"
          options={MUTE_CHOICES.map((value) => ({ value, label: MUTE.choices[value] }))}
          value={choice}
          onValueChange={(value) => isMuteChoice(value) && setChoice(value)}
        />
        {choice === "custom" && (
          <MomentField name="until" label={MUTE.moment} help={MUTE.zone(zoneName)} error={refusalAt("until", refusal)} />
        )}
        <Field label={MUTE.note} help={MUTE.noteHelp} error={refusalAt("note", refusal)}>
          {(control) => <Textarea {...control} name="note" rows={2} maxLength={500} />}
        </Field>
      </div>
    </FormDialog>
  );
}
