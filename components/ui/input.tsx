import { clsx } from "clsx";
import type { ComponentProps } from "react";

type InputProps = ComponentProps<"input"> & {
  /** For addresses, fingerprints and identifiers. */
  mono?: boolean;
};

export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input type="text" {...(mono ? MACHINE_TEXT : {})} {...rest} className={clsx("control", mono && "font-mono text-sm", className)} />
  );
}

/** Machine text is neither corrected nor capitalised by the browser. */
const MACHINE_TEXT = { spellCheck: false, autoCapitalize: "none", autoCorrect: "off" } as const;
