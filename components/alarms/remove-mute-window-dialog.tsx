"use client";

import { useAsked } from "@/components/shell/use-asked";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { removeMuteWindow } from "@/lib/actions/alarms";
import { ALARMS } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import type { MuteWindowView } from "@/lib/services/alarms/mute-list";

export function RemoveMuteWindowDialog({ window: { id, name }, onClose }: { window: MuteWindowView; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, ALARMS.unreached);
  return (
    <Dialog
      open
      onClose={onClose}
      title={MUTE_WINDOWS.removeTitle(name)}
      size="small"
      busy={busy}
      refusal={refusal}
      footer={
        <>
          <DialogCancel />
          <Button
            variant="danger"
            busy={busy}
            onClick={() => void send(() => removeMuteWindow({ windowId: id }), MUTE_WINDOWS.removed(name))}
          >
            {MUTE_WINDOWS.remove}
          </Button>
        </>
      }
    >
      <p>{MUTE_WINDOWS.removeHelp}</p>
    </Dialog>
  );
}
