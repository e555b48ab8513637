"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import type { Danger } from "@/lib/services/settings/change";

type DangerDialogProps = { title: string; dangers: readonly Danger[]; busy: boolean; onConfirm: () => void; onClose: () => void };

/** What a change does that can not be taken back, or that makes the region less safe, before it is done. */
export function DangerDialog({ title, dangers, busy, onConfirm, onClose }: DangerDialogProps) {
  const footer = (
    <>
      <DialogCancel />
      <Button variant="danger" busy={busy} onClick={onConfirm}>
        {SETTINGS_FORM.confirm}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={SETTINGS_FORM.confirmTitle(title)} busy={busy} footer={footer}>
      <ul className="grid list-disc gap-2 ps-5">
        {dangers.map(({ id, sentence }) => (
          <li key={id}>{sentence}</li>
        ))}
      </ul>
    </Dialog>
  );
}
