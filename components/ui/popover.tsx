"use client";

import * as Radix from "radix-ui/popover";
import { useState } from "react";
import type { ReactNode } from "react";
import { usePortal } from "./portal";

type PopoverProps = { trigger: ReactNode; label: string; align?: "start" | "end"; children: ReactNode };

/** A small panel beside its button, for more than a menu may hold. Escape and a click elsewhere close it. */
export function Popover({ trigger, label, align = "start", children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const portal = usePortal(open);
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={portal}>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-popover-content-available-height) w-64 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-raised p-3 shadow-float outline-none forced-colors:border"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
