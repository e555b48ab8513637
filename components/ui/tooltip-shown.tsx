"use client";

import * as Radix from "radix-ui/popover";
import type { ComponentProps, ReactNode, RefObject } from "react";
import { usePortal } from "./portal";

export type TooltipShownProps = {
  anchor: RefObject<HTMLElement | null>;
  hover: Pick<ComponentProps<"div">, "onPointerEnter" | "onPointerLeave">;
  onClose: () => void;
  children: ReactNode;
};

const stay = (event: Event): void => event.preventDefault();

/** The words beside their anchor, where there is room. The focus stays where it is. */
export function TooltipShown({ anchor, hover, onClose, children }: TooltipShownProps) {
  const portal = usePortal(true);
  // The library asks for something to measure; it asks only once this is drawn.
  const measured = anchor as RefObject<HTMLElement>;
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Anchor virtualRef={measured} />
      <Radix.Portal container={portal}>
        <Radix.Content
          role="tooltip"
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={stay}
          onCloseAutoFocus={stay}
          className="z-50 max-w-72 rounded-md bg-raised px-2.5 py-1.5 text-sm text-ink shadow-float forced-colors:border"
          {...hover}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
