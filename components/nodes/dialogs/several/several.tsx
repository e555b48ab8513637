"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Steps } from "@/components/ui/steps";
import { SEVERAL } from "@/lib/messages/several";
import { SeveralKeys } from "./keys";
import { SeveralServers } from "./servers";
import { useSeveral } from "./use-several";

/** Many servers at once: what was pasted, then the host keys of those that can be added, then one operation for those that are trusted. */
export function SeveralDialog({ onClose }: { onClose: () => void }) {
  const wizard = useSeveral(onClose);
  const { page, sending, refused, blocked } = wizard;
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={SEVERAL.title}
      header={<Steps steps={SEVERAL.steps} current={page} />}
      page={page}
      busy={sending}
      dirty={wizard.dirty}
      refusal={refused?.field === "password" ? null : refused}
      form={{ onSubmit: wizard.submit }}
      footer={
        <>
          {page === 1 && (
            <Button onClick={wizard.back} className="me-auto">
              Back
            </Button>
          )}
          <DialogCancel />
          <Button type="submit" variant="primary" busy={sending} disabledReason={blocked}>
            {page === 0 ? SEVERAL.look : SEVERAL.finish}
          </Button>
        </>
      }
    >
      {page === 0 ? <SeveralServers wizard={wizard} /> : <SeveralKeys wizard={wizard} />}
    </Dialog>
  );
}
