import { clsx } from "clsx";
import type { ComponentProps } from "react";

type ChipProps = ComponentProps<"button"> & { pressed: boolean; count?: number };

/** A filter that is on or off, with how many it would show. */
export function Chip({ pressed, count, className, children, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-pressed={pressed}
      className={clsx(
        "inline-flex min-h-7 items-center gap-1.5 rounded-full border px-3 text-sm transition-colors",
        pressed ? "border-accent bg-selected font-medium" : "border-control hover:border-ink hover:bg-hover",
        className,
      )}
    >
      {children}
      {count !== undefined && <span className="text-muted">{count.toLocaleString("en-GB")}</span>}
    </button>
  );
}
