import { CircleAlert } from "lucide-react";
import { useId } from "react";
import type { ReactNode } from "react";

/** What the control inside a field must carry. Spread it: `{(control) => <Input {...control} name="ip" />}`. */
export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

type FieldProps = {
  label: ReactNode;
  help?: ReactNode;
  /** What is wrong with the value and what would be right. */
  error?: string | null | undefined;
  required?: boolean;
  /** Stands at the end of the label's line, e.g. a link. */
  aside?: ReactNode;
  children: (control: FieldControl) => ReactNode;
};

export function Field({ label, help, error, required = false, aside, children }: FieldProps) {
  const id = useId();
  const described = [error ? `${id}-error` : null, help ? `${id}-help` : null].filter(Boolean).join(" ");
  return (
    <div className="grid min-w-0 gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
          {required && <RequiredMark />}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {help && (
        <div id={`${id}-help`} className="text-sm text-muted">
          {help}
        </div>
      )}
    </div>
  );
}

/** The star is for the eye; the control itself says "required". */
export function RequiredMark() {
  return (
    <span aria-hidden className="ms-0.5 text-danger">
      *
    </span>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} data-field-error className="flex gap-1.5 text-sm text-danger">
      <CircleAlert aria-hidden size={14} className="mt-0.5" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
