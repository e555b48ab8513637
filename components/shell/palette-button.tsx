"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { onDemand } from "@/components/ui/on-demand";
import { PALETTE } from "@/lib/messages/console";
import { takeEarlyKey } from "./early-key";
import { isPaletteKey, usePaletteKey } from "./platform";
import { callShortcut, onShortcut } from "./shortcuts";

const Palette = onDemand(() => import("./palette").then((module) => module.Palette));

/** The way into the command palette, which is loaded when it is first wanted. A field's look from 1280 px, an icon below. */
export function PaletteButton() {
  const [open, setOpen] = useState(false);
  const key = usePaletteKey();
  useEffect(() => {
    const early = takeEarlyKey();
    if (early && isPaletteKey(early)) setOpen(true);
    return onShortcut((call) => call === "palette" && setOpen(true));
  }, []);
  return (
    <>
      <Button
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => callShortcut("palette")}
        className="justify-start text-muted max-xl:size-8 max-xl:justify-center max-xl:p-0 xl:w-44 2xl:w-64"
      >
        <Search aria-hidden size={14} />
        <span className="font-normal max-xl:sr-only">{PALETTE.label}…</span>
        <Kbd className="ms-auto max-2xl:hidden">{key}</Kbd>
      </Button>
      {open && <Palette onClose={() => setOpen(false)} />}
    </>
  );
}
