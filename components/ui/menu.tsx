"use client";

import { clsx } from "clsx";
import * as Radix from "radix-ui/dropdown-menu";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { usePortal } from "./portal";

const CONTENT =
  "z-50 max-h-(--radix-dropdown-menu-content-available-height) w-max max-w-[min(22rem,calc(100vw-16px))] min-w-44 overflow-y-auto";
const SURFACE = "rounded-lg bg-raised p-1 shadow-float forced-colors:border";

type MenuProps = { trigger: ReactNode; align?: "start" | "end"; defaultOpen?: boolean; children: ReactNode };

/** `trigger` is one button without an id of its own, which is the menu's to give. Not modal: nothing locks the page's scrolling, which would need an injected style sheet. */
export function Menu({ trigger, align = "start", defaultOpen = false, children }: MenuProps) {
  const [open, setOpen] = useState(defaultOpen);
  const portal = usePortal(open);
  return (
    <Radix.Root modal={false} open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={portal}>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} loop className={clsx(CONTENT, SURFACE)}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type MenuItemProps = {
  children: ReactNode;
  onSelect?: () => void;
  /** Why it cannot be chosen now: shown as a second line and heard as the description. The item stays focusable. */
  disabledReason?: string | undefined;
  /** A second line for an item that can be chosen. */
  hint?: ReactNode;
  glyph?: ReactNode;
  danger?: boolean;
};

/** The second line stands beside the item, not in it: the item is named by its label and described by the line. */
export function MenuItem({ children, onSelect, disabledReason, hint, glyph, danger = false }: MenuItemProps) {
  const id = useId();
  const refused = disabledReason !== undefined;
  const second = disabledReason ?? hint;
  const select = (event: Event) => (refused ? event.preventDefault() : onSelect?.());
  return (
    <div role="none" className="relative rounded-md has-data-highlighted:bg-hover">
      <Radix.Item
        aria-disabled={refused || undefined}
        aria-describedby={second ? id : undefined}
        onSelect={select}
        className={clsx(ITEM, "after:absolute after:inset-0", itemColour(refused, danger))}
      >
        {glyph && <span className="mt-0.5 text-muted [&>svg]:size-4">{glyph}</span>}
        {children}
      </Radix.Item>
      {second && (
        <p id={id} className={clsx("-mt-1.5 pe-2 pb-1.5 text-xs text-muted", glyph ? "ps-8" : "ps-2")}>
          {second}
        </p>
      )}
    </div>
  );
}

const ITEM =
  "flex min-h-8 gap-2 rounded-md px-2 py-1.5 no-underline outline-none " + "focus-visible:outline-2 focus-visible:-outline-offset-2";

const itemColour = (refused: boolean, danger: boolean): string => {
  if (refused) return "cursor-default text-muted";
  return danger ? "cursor-pointer text-danger" : "cursor-pointer text-ink";
};

/** A place to go: `children` is one link. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <Radix.Item asChild className={clsx(ITEM, "data-highlighted:bg-hover aria-[current=page]:font-medium")}>
      {children}
    </Radix.Item>
  );
}
