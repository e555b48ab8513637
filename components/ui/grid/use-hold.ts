"use client";

import { useEffect, useRef } from "react";

/** Whether the rows are pointed at or have the focus, told once for each change. */
export function useHold(onHold: (held: boolean) => void) {
  const by = useRef({ pointer: false, focus: false });
  const told = useRef(false);
  // The grid may go from under the pointer, which then leaves nothing.
  useEffect(() => () => void (told.current && onHold(false)), [onHold]);
  const set = (change: Partial<typeof by.current>) => {
    Object.assign(by.current, change);
    const held = by.current.pointer || by.current.focus;
    if (held !== told.current) onHold(held);
    told.current = held;
  };
  return {
    focus: (focus: boolean) => set({ focus }),
    pointer: { onPointerEnter: () => set({ pointer: true }), onPointerLeave: () => set({ pointer: false }) },
  };
}
