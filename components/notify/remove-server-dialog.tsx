"use client";

import { useAsked } from "@/components/shell/use-asked";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { removeMailServer } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";

export function RemoveServerDialog({ host, onClose }: { host: string; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, NOTIFY_PAGE.unreached);
  return (
    <Dialog
      open
      onClose={onClose}
      title={NOTIFY_PAGE.removeServerTitle(host)}
      size="small"
      busy={busy}
      refusal={refusal}
      footer={
        <>
          <DialogCancel />
          <Button variant="danger" busy={busy} onClick={() => void send(() => removeMailServer({}), NOTIFY.removed)}>
            {NOTIFY.remove}
          </Button>
        </>
      }
    >
      <p>{NOTIFY_PAGE.removeServerHelp}</p>
    </Dialog>
  );
}
