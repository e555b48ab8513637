import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

export type SelectOption = { value: string; label: string; description?: string };

type SelectProps = Omit<ComponentProps<"select">, "children"> & { options: readonly SelectOption[]; placeholder?: string };

/** The browser's own list: right on touch screens, for type-ahead and for screen readers. Descriptions stand below it. */
export function Select({ options, placeholder, className, id, "aria-describedby": describedBy, ...rest }: SelectProps) {
  const described = options.filter((option) => option.description);
  const listId = id && described.length > 0 ? `${id}-options` : undefined;
  return (
    <div className="grid gap-1.5">
      <div className="relative">
        <select
          {...rest}
          id={id}
          aria-describedby={[describedBy, listId].filter(Boolean).join(" ") || undefined}
          className={clsx("control appearance-none pe-8", className)}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden size={14} className="pointer-events-none absolute inset-y-0 end-2.5 my-auto text-muted" />
      </div>
      {described.length > 0 && (
        <ul id={listId} className="grid gap-0.5 text-sm text-muted">
          {described.map((option) => (
            <li key={option.value}>
              <span className="font-medium text-ink">{option.label}</span> {option.description}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
