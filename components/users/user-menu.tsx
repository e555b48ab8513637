"use client";

import type { ReactNode } from "react";
import { useConsole } from "@/components/shell/console-context";
import { Menu, MenuItem } from "@/components/ui/menu";
import { userRefusal, type UserChange } from "@/lib/domain/users";
import { FACTOR } from "@/lib/messages/account";
import { USERS } from "@/lib/messages/users";
import type { UserRow } from "@/lib/services/users/list";

export type UserAsk = "role" | "password" | "sessions" | "factor" | "disable" | "enable" | "remove";

type UserMenuProps = {
  trigger: ReactNode;
  user: UserRow;
  /** Who can sign in now. */ admins: number;
  onAsk: (what: UserAsk, user: UserRow) => void;
};

/** What the server would refuse says so here, in the same words. */
export function UserMenu({ trigger, user, admins, onAsk }: UserMenuProps) {
  const { user: own } = useConsole();
  const why = (change: UserChange) => {
    const refusal = userRefusal(change, user, { actorId: own.id, admins });
    return refusal ? [refusal.reason, refusal.hint].filter(Boolean).join(" ") : undefined;
  };
  const item = (what: UserAsk, label: string, disabledReason?: string, danger = false) => (
    <MenuItem danger={danger} disabledReason={disabledReason} onSelect={() => onAsk(what, user)}>
      {label}
    </MenuItem>
  );
  // Any other role: whether there may be one at all is what is asked.
  const otherRole = user.role === "viewer" ? "operator" : "viewer";
  return (
    <Menu defaultOpen align="end" trigger={trigger}>
      {item("role", USERS.changeRole, why({ what: "role", role: otherRole }))}
      {item("sessions", USERS.sessions)}
      {item("password", USERS.resetPassword, why({ what: "password-link" }))}
      {item("factor", USERS.resetFactor, why({ what: "factor-reset" }) ?? (user.factor ? undefined : FACTOR.none.reason))}
      {user.disabled ? item("enable", USERS.enable) : item("disable", USERS.disable, why({ what: "disable" }))}
      {item("remove", USERS.remove, why({ what: "remove" }), true)}
    </Menu>
  );
}
