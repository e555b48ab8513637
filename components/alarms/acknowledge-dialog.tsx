"use client";

import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
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
    <FormDialog
      title={ACKNOWLEDGE.title(alarm.name)}
      description={ACKNOWLEDGE.help(subject.node)}
      size="small"
      submit={ACKNOWLEDGE.action}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => {
        const note = String(form.get("note") ?? "");
        void send(() => acknowledgeAlarm({ subjectId: subject.id, seq: subject.seq, note }), ACKNOWLEDGE.done(alarm.name));
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <p className="wrap-anywhere">{subject.reason}</p>
        <Field label={ACKNOWLEDGE.note} help={ACKNOWLEDGE.noteHelp} error={refusalAt("note", refusal)}>
          {(control) => <Textarea {...control} name="note" rows={2} maxLength={500} />}
        </Field>
      </div>
    </FormDialog>
  );
}
