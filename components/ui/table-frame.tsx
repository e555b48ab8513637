"use client";

import { clsx } from "clsx";
import { useLayoutEffect, useRef, type ReactNode } from "react";

/**
 * The scrolling frame of a table, reachable by keyboard. The header sticks to the frame, so a long table needs a bounded
 * height: pass e.g. `max-h-[70dvh]` or let it fill a flex column with `min-h-0 flex-1`. A line that goes leaves the focus to it.
 */
export function TableFrame({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const frame = useRef<HTMLElement>(null);
  const focused = useRef<Element>(null);
  useLayoutEffect(() => {
    if (!focused.current || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) frame.current?.focus();
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only hears where the focus is
    <section
      ref={frame}
      aria-label={label}
      tabIndex={0}
      className={clsx("table-frame overflow-auto rounded-md border border-line", className)}
      onFocus={({ target }) => (focused.current = target)}
      // Not told of what is taken out of the page: what has the focus then is remembered.
      onBlur={() => (focused.current = null)}
    >
      {children}
    </section>
  );
}
