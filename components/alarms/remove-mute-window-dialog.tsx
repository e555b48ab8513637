"use client";

import { RemovalDialog } from "@/components/shell/removal-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { removeMuteWindow } from "@/lib/actions/alarms";
import { ALARMS } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import type { MuteWindowView } from "@/lib/services/alarms/mute-list";

export function RemoveMuteWindowDialog({ window: { id, name }, onClose }: { window: MuteWindowView; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, ALARMS.unreached);
  return (
    <RemovalDialog
      title={MUTE_WINDOWS.removeTitle(name)}
      label={MUTE_WINDOWS.remove}
      busy={busy}
      refusal={refusal}
      onRemove={() => void send(() => removeMuteWindow({ windowId: id }), MUTE_WINDOWS.removed(name))}
      onClose={onClose}
    >
      {MUTE_WINDOWS.removeHelp}
    </RemovalDialog>
  );
}
