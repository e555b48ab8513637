"use client";

import { useAsked } from "@/components/shell/use-asked";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { acknowledgeAlarm } from "@/lib/actions/alarms";
import { ACKNOWLEDGE, ALARMS } from "@/lib/messages/alarms-page";
import { refusalAt } from "@/lib/outcome";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";

type AcknowledgeDialogProps = { alarm: AlarmView; subject: SubjectView; onClose: () => void };

/** Says that somebody is on it. The state that was seen is named: another one that came meanwhile is not acknowledged with it. */
export function AcknowledgeDialog({ alarm, subject, onClose }: AcknowledgeDialogProps) {
  const { busy, refusal, send } = useAsked(onClose, ALARMS.unreached);
  return (
    <Dialog
      open
      onClose={onClose}
      title={ACKNOWLEDGE.title(alarm.name)}
      description={ACKNOWLEDGE.help(subject.node)}
      size="small"
      busy={busy}
      refusal={refusal?.field ? null : refusal}
      form={{
        onSubmit: (event) => {
          event.preventDefault();
          const note = String(new FormData(event.currentTarget).get("note") ?? "");
          void send(() => acknowledgeAlarm({ subjectId: subject.id, seq: subject.seq, note }), ACKNOWLEDGE.done(alarm.name));
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant="primary" busy={busy}>
            {ACKNOWLEDGE.action}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p className="wrap-anywhere">{subject.reason}</p>
        <Field label={ACKNOWLEDGE.note} help={ACKNOWLEDGE.noteHelp} error={refusalAt("note", refusal)}>
          {(control) => <Textarea {...control} name="note" rows={2} maxLength={500} />}
        </Field>
      </div>
    </Dialog>
  );
}
