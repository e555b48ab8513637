import { clsx } from "clsx";
import type { ComponentProps } from "react";

export function Textarea({ mono = false, className, ...rest }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      rows={3}
      {...(mono ? { spellCheck: false } : {})}
      {...rest}
      className={clsx("control block resize-y", mono && "font-mono text-sm", className)}
    />
  );
}
