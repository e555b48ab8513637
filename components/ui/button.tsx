"use client";

import { LoaderCircle } from "lucide-react";
import { useId } from "react";
import type { ComponentProps, MouseEvent } from "react";
import { buttonClass } from "./button-class";
import type { ButtonSize, ButtonVariant } from "./button-class";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Why it cannot be pressed now. The button stays focusable, so that the reason can be found and heard. */
  disabledReason?: string | undefined;
  /** Id of the element that shows `disabledReason`, when the caller shows it; otherwise the button shows it beside itself. */
  reasonId?: string | undefined;
  /** Pressed and waiting for the answer: further presses do nothing. */
  busy?: boolean;
};

/** Never uses HTML `disabled`, which would take the button and its reason away from the keyboard. */
export function Button(props: ButtonProps) {
  const { variant, size, disabledReason, reasonId, busy = false, className, children, onClick, ...rest } = props;
  const ownId = useId();
  const refused = disabledReason !== undefined;
  const describedBy = [rest["aria-describedby"], refused ? (reasonId ?? ownId) : undefined].filter(Boolean).join(" ");
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (refused || busy) return event.preventDefault();
    onClick?.(event);
  };
  const button = (
    <button
      type="button"
      {...rest}
      className={buttonClass(variant, size, className, refused)}
      aria-disabled={refused || busy || rest["aria-disabled"]}
      aria-busy={busy || undefined}
      aria-describedby={describedBy || undefined}
      onClick={press}
    >
      {busy && <LoaderCircle aria-hidden size={14} className="animate-turn" />}
      {children}
    </button>
  );
  if (reasonId || !("disabledReason" in props)) return button;
  // Also around a button that may be refused later: one that is made anew loses the focus.
  return (
    <span className={refused ? "inline-flex flex-wrap items-center gap-x-2 gap-y-1" : "contents"}>
      {button}
      {refused && (
        <span id={ownId} className="text-sm text-muted">
          {disabledReason}
        </span>
      )}
    </span>
  );
}
