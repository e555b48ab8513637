"use client";

import { cloneElement, useState, type ReactElement, type ReactNode } from "react";
import type { ButtonProps } from "./button";

type OnAskProps = {
  /** One button, which opens what it is for. */
  button: ReactElement<ButtonProps>;
  haspopup: "menu" | "dialog";
  /** Gets the button as its trigger, and is open when it comes; see onDemand. */
  children: (trigger: ReactElement) => ReactNode;
};

/** A button whose menu or panel is fetched when it is first pressed: most visits never need it. */
export function OnAsk({ button, haspopup, children }: OnAskProps) {
  const [asked, setAsked] = useState(false);
  const trigger = cloneElement(button, { "aria-haspopup": haspopup, onClick: () => setAsked(true) });
  return asked ? children(trigger) : trigger;
}
