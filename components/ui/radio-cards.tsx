import { useId } from "react";
import type { ReactNode } from "react";
import { FieldError, RequiredMark } from "./field";

export type RadioCard = { value: string; label: string; description?: ReactNode };

type RadioCardsProps = {
  legend: ReactNode;
  name: string;
  options: readonly RadioCard[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  error?: string | null | undefined;
  required?: boolean;
};

/** A choice whose options need a sentence each. Uncontrolled with `defaultValue`, controlled with `value` and `onValueChange`. */
export function RadioCards({ legend, name, options, value, defaultValue, onValueChange, error, required = false }: RadioCardsProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="grid min-w-0 gap-1.5">
      <legend className="mb-1 font-medium">
        {legend}
        {required && <RequiredMark />}
      </legend>
      <div className="grid gap-2 sm:grid-flow-col sm:auto-cols-fr">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex gap-2.5 rounded-md border border-control bg-page px-3 py-2 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              required={required}
              aria-labelledby={`${id}-${option.value}`}
              aria-describedby={option.description ? `${id}-${option.value}-text` : undefined}
              className="mt-0.5 size-4 outline-none"
              {...(value === undefined ? { defaultChecked: option.value === defaultValue } : { checked: option.value === value })}
              {...(onValueChange ? { onChange: () => onValueChange(option.value) } : {})}
            />
            <span className="min-w-0">
              <span id={`${id}-${option.value}`} className="font-medium">
                {option.label}
              </span>
              {option.description && (
                <span id={`${id}-${option.value}-text`} className="block text-sm text-muted">
                  {option.description}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
