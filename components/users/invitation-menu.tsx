"use client";

import type { ReactNode } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { USERS } from "@/lib/messages/users";

export function InvitationMenu({ trigger, onAsk }: { trigger: ReactNode; onAsk: (what: "again" | "revoke") => void }) {
  return (
    <Menu defaultOpen align="end" trigger={trigger}>
      <MenuItem onSelect={() => onAsk("again")}>{USERS.inviteAgain}</MenuItem>
      <MenuItem danger onSelect={() => onAsk("revoke")}>
        {USERS.revoke}
      </MenuItem>
    </Menu>
  );
}
