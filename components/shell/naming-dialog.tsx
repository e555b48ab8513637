"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FIELDS } from "@/lib/messages/mission";
import { refusalAt, type Outcome, type Refusal } from "@/lib/outcome";
import { FormDialog } from "./form-dialog";
import { useMade } from "./use-made";

type NamingDialogProps<Made> = {
  title: string;
  submit: string;
  nameHelp: string;
  /** What to say when the server does not answer. */
  unreached: Refusal;
  /** `name` is what was typed, without the blanks around it. */
  onSubmit: (name: string, form: FormData) => Promise<Outcome<Made>>;
  /** It was made. */
  onDone: (made: Made, name: string) => void;
  onClose: () => void;
  /** What is asked beside the name. */
  children: ReactNode | ((refusal: Refusal | null) => ReactNode);
};

/** Asks for the name of something new, and for a choice. */
export function NamingDialog<Made>({ title, submit, nameHelp, unreached, onSubmit, onDone, onClose, children }: NamingDialogProps<Made>) {
  const { busy, refusal, send } = useMade(unreached);
  const make = async (form: FormData) => {
    const name = String(form.get("name")).trim();
    const made = await send(() => onSubmit(name, form));
    if (made !== null) onDone(made, name);
  };
  return (
    <FormDialog
      title={title}
      size="small"
      submit={submit}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => void make(form)}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <Field label={FIELDS.name} required help={nameHelp} error={refusalAt("name", refusal)}>
          {(control) => <Input {...control} name="name" autoComplete="off" maxLength={60} />}
        </Field>
        {typeof children === "function" ? children(refusal) : children}
      </div>
    </FormDialog>
  );
}
