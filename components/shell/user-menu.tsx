"use client";

import { ChevronDown, CircleUser } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Popover, PopoverClose } from "@/components/ui/popover";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { DensityChoice } from "./density-choice";

export type ShellUser = { name: string; /** As people call it: "Operator". */ role: string };

/** `signOut` is a form or a button; it is given by the page, which knows how. */
export function UserMenu({ user, signOut }: { user: ShellUser; signOut?: ReactNode }) {
  return (
    <Popover
      label="Account"
      align="end"
      trigger={
        <Button aria-label={`Account: ${user.name}, ${user.role}`} className="max-w-44 max-sm:size-8 max-sm:p-0">
          <CircleUser aria-hidden size={16} className="sm:hidden" />
          <span className="truncate max-sm:hidden">{user.name}</span>
          <ChevronDown aria-hidden size={14} className="text-muted max-sm:hidden" />
        </Button>
      }
    >
      <p className="font-medium wrap-anywhere">{user.name}</p>
      <p className="text-sm text-muted">{user.role}</p>
      <div className="my-3 border-t border-line" />
      <div className="grid gap-3">
        <ThemeToggle />
        <DensityChoice />
      </div>
      <div className="my-3 border-t border-line" />
      <PopoverClose>
        <Link href="/settings/appearance" className={buttonClass("secondary", "medium", "w-full")}>
          Settings
        </Link>
      </PopoverClose>
      {signOut && (
        <>
          <div className="my-3 border-t border-line" />
          {signOut}
        </>
      )}
    </Popover>
  );
}
