"use client";

import type { ReactNode } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TargetView } from "@/lib/services/notify/read";

export type TargetAsk = "change" | "test" | "enable" | "remove" | "deliveries";
type TargetMenuProps = { trigger: ReactNode; target: TargetView; onAsk: (what: TargetAsk, target: TargetView) => void };

export function TargetMenu({ trigger, target, onAsk }: TargetMenuProps) {
  const item = (what: TargetAsk, label: string, more: { danger?: boolean; disabledReason?: string | undefined } = {}) => (
    <MenuItem {...more} onSelect={() => onAsk(what, target)}>
      {label}
    </MenuItem>
  );
  return (
    <Menu defaultOpen align="end" trigger={trigger}>
      {item("test", NOTIFY_PAGE.testOne, { disabledReason: target.enabled ? undefined : NOTIFY.isOff(target.name).reason })}
      {item("deliveries", NOTIFY_PAGE.showDeliveries)}
      {item("change", NOTIFY_PAGE.change)}
      {item("enable", target.enabled ? NOTIFY_PAGE.disable : NOTIFY_PAGE.enable)}
      {item("remove", NOTIFY.remove, { danger: true })}
    </Menu>
  );
}
