"use client";

import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FIELDS } from "@/lib/messages/mission";
import { refusalAt, type Outcome, type Refusal } from "@/lib/outcome";

type NamingDialogProps<Made> = {
  title: string;
  submit: string;
  nameHelp: string;
  /** `name` is what was typed, without the blanks around it. */
  onSubmit: (name: string, form: FormData) => Promise<Outcome<Made>>;
  /** It was made. */
  onDone: (made: Made, name: string) => void;
  onClose: () => void;
  /** What is asked beside the name. */
  children: ReactNode | ((refusal: Refusal | null) => ReactNode);
};

/** Asks for the name of something new, and for a choice. What is typed stays after a refusal, which stands at its field or above the buttons. */
export function NamingDialog<Made>({ title, submit, nameHelp, onSubmit, onDone, onClose, children }: NamingDialogProps<Made>) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async (form: FormData) => {
    setBusy(true);
    setRefusal(null);
    const name = String(form.get("name")).trim();
    const outcome = await onSubmit(name, form);
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome);
    onDone(outcome.value, name);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      size="small"
      busy={busy}
      refusal={refusal && !refusal.field ? refusal : null}
      form={{
        onSubmit: (event) => {
          event.preventDefault();
          void send(new FormData(event.currentTarget));
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant="primary" busy={busy}>
            {submit}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={FIELDS.name} required help={nameHelp} error={refusalAt("name", refusal)}>
          {(control) => <Input {...control} name="name" autoComplete="off" maxLength={60} />}
        </Field>
        {typeof children === "function" ? children(refusal) : children}
      </div>
    </Dialog>
  );
}
