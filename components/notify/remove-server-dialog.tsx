"use client";

import { RemovalDialog } from "@/components/shell/removal-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { removeMailServer } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";

export function RemoveServerDialog({ host, onClose }: { host: string; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, NOTIFY_PAGE.unreached);
  return (
    <RemovalDialog
      title={NOTIFY_PAGE.removeServerTitle(host)}
      label={NOTIFY.remove}
      busy={busy}
      refusal={refusal}
      onRemove={() => void send(() => removeMailServer({}), NOTIFY.removed)}
      onClose={onClose}
    >
      {NOTIFY_PAGE.removeServerHelp}
    </RemovalDialog>
  );
}
