"use client";

import { clsx } from "clsx";
import { useState } from "react";
import type { ComponentProps } from "react";

/** Pasting and password managers work; the caller chooses `autoComplete`. */
export function PasswordInput({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input
        {...rest}
        type={shown ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
        className={clsx("control pe-16", shown && "font-mono text-sm", className)}
      />
      <button
        type="button"
        aria-controls={rest.id}
        aria-label={shown ? "Hide password" : "Show password"}
        className="absolute inset-y-1 end-1 min-h-6 w-12 rounded-sm text-xs font-medium text-muted hover:bg-hover hover:text-ink"
        onClick={() => setShown(!shown)}
      >
        {shown ? "Hide" : "Show"}
      </button>
    </div>
  );
}
