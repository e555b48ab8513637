"use client";

import { CopyButton } from "@/components/ui/copy-text";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { FACTOR } from "@/lib/messages/account";

/** The one time that recovery codes are shown. */
export function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog
      open
      once
      onClose={onClose}
      title={FACTOR.codesTitle}
      size="small"
      footer={
        <>
          <CopyButton text={() => codes.join("\n")}>Copy</CopyButton>
          <DialogCancel variant="primary">{FACTOR.kept}</DialogCancel>
        </>
      }
    >
      <div className="grid gap-3">
        <p>{FACTOR.codesHelp}</p>
        <ul aria-label={FACTOR.codesTitle} className="grid gap-1 rounded-md bg-panel p-3 font-mono text-sm sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
