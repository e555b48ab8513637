"use client";

import * as Radix from "radix-ui/tooltip";
import { useState } from "react";
import type { ReactNode } from "react";
import { usePortal } from "./portal";

const DELAY_MS = 400;

type TooltipProps = { text: ReactNode; side?: "top" | "bottom" | "left" | "right"; children: ReactNode };

/** Extra words for one focusable child, on hover and on focus. Nothing a person needs may stand only here. */
export function Tooltip({ text, side = "bottom", children }: TooltipProps) {
  const [open, setOpen] = useState(false);
  const portal = usePortal(open);
  return (
    <Radix.Provider delayDuration={DELAY_MS}>
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal container={portal}>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md bg-raised px-2.5 py-1.5 text-sm text-ink shadow-float forced-colors:border"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
