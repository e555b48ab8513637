"use client";

import { clsx } from "clsx";
import { useEffect, useId, useRef } from "react";
import type { ComponentProps, ReactNode } from "react";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "ref"> & {
  label: ReactNode;
  /** Keeps the label for screen readers only, as in a table's selection column. */
  labelHidden?: boolean;
  description?: ReactNode;
  indeterminate?: boolean;
};

export function Checkbox({ label, labelHidden = false, description, indeterminate = false, className, ...rest }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <label className={clsx("inline-flex min-h-6 gap-2", labelHidden && "size-6 justify-center", className)}>
      <input
        aria-describedby={description ? id : undefined}
        {...rest}
        ref={box}
        type="checkbox"
        className={clsx("size-4 shrink-0", labelHidden ? "my-auto" : "mt-0.5")}
      />
      <span className={labelHidden ? "sr-only" : "min-w-0"}>
        {label}
        {description && (
          <span id={id} className="block text-sm text-muted">
            {description}
          </span>
        )}
      </span>
    </label>
  );
}
