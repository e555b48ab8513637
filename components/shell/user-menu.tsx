"use client";

import { ChevronDown, CircleUser } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import type { ShellUser } from "./user-panel";

const UserPanel = onDemand(() => import("./user-panel").then((module) => module.UserPanel));

/** `signOut` is a form or a button; it is given by the page, which knows how. */
export function UserMenu({ user, signOut }: { user: ShellUser; signOut?: ReactNode }) {
  return (
    <OnAsk
      haspopup="dialog"
      button={
        <Button aria-label={`Account: ${user.name}, ${user.role}`} className="max-w-44 max-sm:size-8 max-sm:p-0">
          <CircleUser aria-hidden size={16} className="sm:hidden" />
          <span className="truncate max-sm:hidden">{user.name}</span>
          <ChevronDown aria-hidden size={14} className="text-muted max-sm:hidden" />
        </Button>
      }
    >
      {(trigger) => <UserPanel trigger={trigger} user={user} signOut={signOut} />}
    </OnAsk>
  );
}
