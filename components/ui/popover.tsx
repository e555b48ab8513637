"use client";

import * as Radix from "radix-ui/popover";
import { createContext, useContext, useState } from "react";
import type { ReactNode } from "react";
import { usePortal } from "./portal";

const CloseContext = createContext<() => void>(() => {});

/** Closes the panel in which it is called. */
export const usePopoverClose = (): (() => void) => useContext(CloseContext);

type PopoverProps = { trigger: ReactNode; label: string; align?: "start" | "end"; defaultOpen?: boolean; children: ReactNode };

/** A small panel beside its button, for more than a menu may hold. Escape and a click elsewhere close it. */
export function Popover({ trigger, label, align = "start", defaultOpen = false, children }: PopoverProps) {
  const [open, setOpen] = useState(defaultOpen);
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
          <CloseContext value={() => setOpen(false)}>{children}</CloseContext>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A link or button in the panel that also closes it. */
export const PopoverClose = ({ children }: { children: ReactNode }) => <Radix.Close asChild>{children}</Radix.Close>;
