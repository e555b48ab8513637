import { clsx } from "clsx";
import type { ComponentProps } from "react";

const LOOK =
  "inline-grid min-h-5 min-w-5 place-items-center rounded-sm border border-line bg-panel px-1.5 font-sans text-xs whitespace-nowrap text-muted";

/** A key as it stands on the keyboard. */
export function Kbd({ className, ...rest }: ComponentProps<"kbd">) {
  return <kbd {...rest} className={clsx(LOOK, className)} />;
}
