"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { Popover, PopoverClose } from "@/components/ui/popover";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { DensityChoice } from "./density-choice";

export type ShellUser = { name: string; /** As people call it: "Operator". */ role: string };

/** Who is signed in, how the console looks to them, and the way out. */
export function UserPanel({ trigger, user, signOut }: { trigger: ReactNode; user: ShellUser; signOut: ReactNode }) {
  return (
    <Popover label="Account" align="end" trigger={trigger} defaultOpen>
      <p className="font-medium wrap-anywhere">{user.name}</p>
      <p className="text-sm text-muted">{user.role}</p>
      <div className="my-3 border-t border-line" />
      <div className="grid gap-3">
        <ThemeToggle />
        <DensityChoice />
      </div>
      <div className="my-3 border-t border-line" />
      <div className="grid gap-2">
        <PopoverClose>
          <Link href="/settings/account" className={buttonClass("secondary", "medium", "w-full")}>
            Account
          </Link>
        </PopoverClose>
        <PopoverClose>
          <Link href="/settings/appearance" className={buttonClass("secondary", "medium", "w-full")}>
            Settings
          </Link>
        </PopoverClose>
      </div>
      {signOut && (
        <>
          <div className="my-3 border-t border-line" />
          {signOut}
        </>
      )}
    </Popover>
  );
}
