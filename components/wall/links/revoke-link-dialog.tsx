"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { revokeWallLink } from "@/lib/actions/wall";
import { WALL_LINKS } from "@/lib/messages/wall";
import type { Refusal } from "@/lib/outcome";
import type { WallLinkRow } from "@/lib/services/wall/list";

/** A revoked link does not come back, so it is asked first. */
export function RevokeLinkDialog({ link, onClose }: { link: WallLinkRow; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const revoke = async () => {
    setBusy(true);
    const outcome = await revokeWallLink({ linkId: link.id }).catch(() => WALL_LINKS.unreached);
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome);
    toast.success(WALL_LINKS.revoked(link.name));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={WALL_LINKS.revokeTitle(link.name)}
      size="small"
      busy={busy}
      refusal={refusal}
      footer={
        <>
          <DialogCancel />
          <Button variant="danger" busy={busy} onClick={() => void revoke()}>
            {WALL_LINKS.revoke}
          </Button>
        </>
      }
    >
      <p>{WALL_LINKS.revokeHelp}</p>
    </Dialog>
  );
}
