"use client";

import { useContext, useState } from "react";
import { useAsked } from "@/components/shell/use-asked";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
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
  const wrong = refusalAt("until", refusal);
  return (
    <Dialog
      open
      onClose={onClose}
      title={MUTE.title(name)}
      description={MUTE.help}
      busy={busy}
      refusal={refusal?.field ? null : refusal}
      form={{
        onSubmit: (event) => {
          event.preventDefault();
          const note = String(new FormData(event.currentTarget).get("note") ?? "");
          const until =
            choice === "custom" ? (momentOf(event.currentTarget, "until", zone) ?? "") : muteEnd(choice, new Date(), zone).toISOString();
          void send(() => muteAlarm({ alarmId: id, version, until, note }), MUTE.done(name));
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant="primary" busy={busy}>
            {MUTE.submit}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <div className="grid gap-1.5">
          <RadioCards
            legend={MUTE.until}
            name="choice"
            options={MUTE_CHOICES.map((value) => ({ value, label: MUTE.choices[value] }))}
            value={choice}
            onValueChange={(value) => isMuteChoice(value) && setChoice(value)}
          />
          {choice !== "custom" && wrong && <FieldError id="mute-until">{wrong}</FieldError>}
        </div>
        {choice === "custom" && <MomentField name="until" label={MUTE.moment} help={MUTE.zone(zoneName)} error={wrong} />}
        <Field label={MUTE.note} help={MUTE.noteHelp} error={refusalAt("note", refusal)}>
          {(control) => <Textarea {...control} name="note" rows={2} maxLength={500} />}
        </Field>
      </div>
    </Dialog>
  );
}
