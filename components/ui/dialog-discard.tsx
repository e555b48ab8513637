"use client";

import { useEffect, useRef } from "react";
import { Button } from "./button";

/** Takes the footer's place until it is answered. */
export function DialogDiscard({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    keep.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end gap-2">
      <span className="me-auto font-medium">Discard what you typed?</span>
      <Button ref={keep} onClick={onKeep}>
        Keep editing
      </Button>
      <Button variant="danger" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}
