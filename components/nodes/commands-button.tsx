"use client";

import type { ReactElement } from "react";
import type { ButtonProps } from "@/components/ui/button";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import type { CommandsProps } from "./command-menu";

const CommandMenu = onDemand(() => import("./command-menu").then((module) => module.CommandMenu));

/** A button with the menu of every command: a plain button until it is pressed, so that a thousand rows cost no menu. */
export function CommandsButton({ button, ...menu }: CommandsProps & { button: ReactElement<ButtonProps>; align?: "start" | "end" }) {
  return (
    <OnAsk haspopup="menu" button={button}>
      {(trigger) => <CommandMenu {...menu} trigger={trigger} />}
    </OnAsk>
  );
}
