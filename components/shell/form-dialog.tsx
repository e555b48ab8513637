"use client";

import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel, type DialogProps } from "@/components/ui/dialog";
import type { Refusal } from "@/lib/outcome";
import { useRefusedField } from "./use-refused-field";

type FormDialogProps = Pick<DialogProps, "title" | "description" | "size" | "page" | "busy" | "onClose" | "children"> & {
  /** Of the button that sends it. */
  submit: string;
  /** It takes something away. */
  danger?: boolean;
  /** Why it can not be sent now. */
  disabledReason?: string | undefined;
  /** Stands above the buttons, unless the field that it is about says it. */
  refusal: Refusal | null;
  onSubmit: (form: FormData, element: HTMLFormElement) => void;
};

/** An open dialog with something to fill in, Cancel, and the button that sends it. What is typed stays after a refusal. */
export function FormDialog({ submit, danger, busy, disabledReason, refusal, onSubmit, ...dialog }: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <Dialog
      {...dialog}
      open
      busy={busy}
      refusal={useRefusedField(form, refusal)}
      form={{
        ref: form,
        onSubmit: (event) => {
          event.preventDefault();
          onSubmit(new FormData(event.currentTarget), event.currentTarget);
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant={danger ? "danger" : "primary"} busy={busy} disabledReason={disabledReason}>
            {submit}
          </Button>
        </>
      }
    />
  );
}
