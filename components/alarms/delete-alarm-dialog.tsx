"use client";

import { useAsked } from "@/components/shell/use-asked";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { deleteAlarm } from "@/lib/actions/alarms";
import { ALARMS, DELETE_ALARM } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";

type DeleteAlarmDialogProps = { alarm: AlarmView; onClose: () => void; onDeleted: (() => void) | undefined };

export function DeleteAlarmDialog({ alarm: { id, name, version, words }, onClose, onDeleted }: DeleteAlarmDialogProps) {
  const { busy, refusal, send } = useAsked(onClose, ALARMS.unreached);
  const remove = async () => {
    const outcome = await deleteAlarm({ alarmId: id, version });
    if (outcome.ok) onDeleted?.();
    return outcome;
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={DELETE_ALARM.title(name)}
      size="small"
      busy={busy}
      refusal={refusal}
      footer={
        <>
          <DialogCancel />
          <Button variant="danger" busy={busy} onClick={() => void send(remove, DELETE_ALARM.done(name))}>
            {DELETE_ALARM.action}
          </Button>
        </>
      }
    >
      <div className="grid gap-2">
        <p className="font-medium">{words}</p>
        <p>{DELETE_ALARM.help}</p>
      </div>
    </Dialog>
  );
}
