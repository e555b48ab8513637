"use client";

import { useAsked } from "@/components/shell/use-asked";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { removeTarget } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TargetView } from "@/lib/services/notify/read";

/** Where alarms still tell it, the first press names them and the second one removes it all the same. */
export function RemoveTargetDialog({ target: { id, name }, onClose }: { target: TargetView; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, NOTIFY_PAGE.unreached);
  const anyway = refusal?.code === "in-use";
  return (
    <Dialog
      open
      onClose={onClose}
      title={NOTIFY_PAGE.removeTitle(name)}
      size="small"
      busy={busy}
      refusal={refusal}
      footer={
        <>
          <DialogCancel />
          <Button
            variant="danger"
            busy={busy}
            onClick={() => void send(() => removeTarget({ targetId: id, anyway }), NOTIFY.deleted(name))}
          >
            {anyway ? NOTIFY_PAGE.removeAnyway : NOTIFY.remove}
          </Button>
        </>
      }
    >
      <p>{NOTIFY_PAGE.removeHelp}</p>
    </Dialog>
  );
}
