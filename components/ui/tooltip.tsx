"use client";

import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from "react";
import { onDemand } from "./on-demand";
import type { TooltipShownProps } from "./tooltip-shown";

const DELAY_MS = 400;

// Extra words for eyes: when they can not be fetched there are none, and nothing is said about it.
const TooltipShown = onDemand<TooltipShownProps>(() =>
  import("./tooltip-shown").then(
    (module) => module.TooltipShown,
    () => () => null,
  ),
);

type TooltipProps = { text: ReactNode; children: ReactNode };

/**
 * Extra words for one focusable child, on hover, focus and touch, for eyes alone: the child's own name says them too. Escape takes
 * them away, and the pointer may go over them.
 */
export function Tooltip({ text, children }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const turn = (to: boolean, afterMs = 0) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(to), afterMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const hover = {
    onPointerEnter: () => turn(true, open ? 0 : DELAY_MS),
    // A finger leaves as soon as it is lifted; what it opened stays until it touches something else.
    onPointerLeave: ({ pointerType }: PointerEvent) => pointerType !== "touch" && turn(false, DELAY_MS / 2),
  };
  return (
    <>
      {/* It listens to what is done to its child, and is nothing to press itself. */}
      <span
        ref={anchor}
        role="presentation"
        className="inline-flex min-w-0"
        onFocus={() => turn(true)}
        onBlur={() => turn(false)}
        {...hover}
      >
        {children}
      </span>
      {open && (
        <TooltipShown anchor={anchor} hover={hover} onClose={() => turn(false)}>
          {text}
        </TooltipShown>
      )}
    </>
  );
}
