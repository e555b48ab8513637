"use client";

import { ChevronDown } from "lucide-react";
import { Suspense, useState, type ReactElement, type ReactNode } from "react";
import { Button } from "./button";

type OnAskProps = {
  label: ReactNode;
  haspopup?: "menu" | "dialog";
  /** Gets the button as its trigger, and is open when it comes. */
  children: (trigger: ReactElement) => ReactNode;
};

/** A button whose menu or panel is fetched when it is first pressed: most visits never need it. */
export function OnAsk({ label, haspopup = "dialog", children }: OnAskProps) {
  const [asked, setAsked] = useState(false);
  const trigger = (
    <Button size="small" aria-haspopup={haspopup} onClick={() => setAsked(true)}>
      {label} <ChevronDown aria-hidden size={14} />
    </Button>
  );
  return asked ? <Suspense fallback={trigger}>{children(trigger)}</Suspense> : trigger;
}
