"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Steps } from "@/components/ui/steps";
import { DIALOGS } from "@/lib/messages/mission";
import { SEVERAL } from "@/lib/messages/several";
import { AddInfo } from "./add-info";
import { MacFields } from "../mac-fields";
import { useAddCandidate } from "./use-add-candidate";

const { title, steps, next, submit } = DIALOGS.add;

/** Refusals of these stand at their field; all others above the buttons. */
const FIELDS_OF_PAGE = [["ip", "user", "password", "role"], ["macs"]];

export function AddDialog({ onClose }: { onClose: () => void }) {
  const wizard = useAddCandidate(onClose);
  const { page, inspection, busy, refusal, blocked } = wizard;
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      header={<Steps steps={steps} current={page} />}
      page={page}
      busy={wizard.sending}
      dirty={wizard.dirty}
      refusal={refusal && !FIELDS_OF_PAGE[page]?.includes(refusal.field?.split(".")[0] ?? "") ? refusal : null}
      form={{ onSubmit: wizard.submit }}
      footer={
        <>
          {page === 1 ? (
            <Button onClick={wizard.back} className="me-auto">
              Back
            </Button>
          ) : (
            <Button onClick={wizard.several} className="me-auto">
              {SEVERAL.open}
            </Button>
          )}
          <DialogCancel />
          <Button type="submit" variant="primary" busy={busy} disabledReason={blocked}>
            {page === 0 ? next : submit}
          </Button>
        </>
      }
    >
      {page === 0 ? (
        <AddInfo wizard={wizard} />
      ) : (
        <MacFields
          macs={wizard.macs}
          onChange={wizard.setMacs}
          links={inspection?.links ?? []}
          error={refusal?.field?.startsWith("macs") ? refusal.reason : null}
        />
      )}
    </Dialog>
  );
}
