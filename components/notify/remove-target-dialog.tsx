"use client";

import { RemovalDialog } from "@/components/shell/removal-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { removeTarget } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TargetView } from "@/lib/services/notify/read";

/** Where alarms still tell it, the first press names them and the second one removes it all the same. */
export function RemoveTargetDialog({ target: { id, name }, onClose }: { target: TargetView; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, NOTIFY_PAGE.unreached);
  const anyway = refusal?.code === "in-use";
  return (
    <RemovalDialog
      title={NOTIFY_PAGE.removeTitle(name)}
      label={anyway ? NOTIFY_PAGE.removeAnyway : NOTIFY.remove}
      busy={busy}
      refusal={refusal}
      onRemove={() => void send(() => removeTarget({ targetId: id, anyway }), NOTIFY.deleted(name))}
      onClose={onClose}
    >
      {NOTIFY_PAGE.removeHelp}
    </RemovalDialog>
  );
}
