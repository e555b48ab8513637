import type { ReactNode } from "react";
import type { Typed } from "./form-state";

export type FieldsProps = {
  typed: Typed;
  set: (change: Partial<Typed>) => void;
  /** What is wrong at the first of these fields that something is wrong with. */
  errorAt: (...fields: string[]) => string | null;
};

/** A headed part of the form. */
export function FormSection({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0 border-t border-line pt-4">
      <legend className="float-start w-full text-lg font-semibold">{title}</legend>
      <div className="clear-both grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
        {help && <p className="-mt-2 text-muted">{help}</p>}
        {children}
      </div>
    </fieldset>
  );
}
