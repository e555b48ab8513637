"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import type { Refusal } from "@/lib/outcome";

type RemovalDialogProps = {
  title: string;
  /** Of the button that does it. */
  label: string;
  busy: boolean;
  refusal: Refusal | null;
  onRemove: () => void;
  onClose: () => void;
  /** What goes with it, and what stays. */
  children: ReactNode;
};

/** The question before something is removed for good, without anything to type. */
export function RemovalDialog({ title, label, busy, refusal, onRemove, onClose, children }: RemovalDialogProps) {
  const footer = (
    <>
      <DialogCancel />
      <Button variant="danger" busy={busy} onClick={onRemove}>
        {label}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={title} size="small" busy={busy} refusal={refusal} footer={footer}>
      <p>{children}</p>
    </Dialog>
  );
}
