"use client";

import { ListChecks } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import { ALL_OPERATIONS, closeDrawer, openDrawer, useDrawerAddress } from "./drawer-address";
import { useRunning } from "./use-running";

const OperationsDrawer = onDemand(() => import("./operations-drawer").then((module) => module.OperationsDrawer));

/** Opens the operations of the region over the page, and says how many run. `o` does the same where single keys are allowed. */
export function OperationsButton() {
  const shown = useDrawerAddress();
  const running = useRunning();
  // Open already when the page came: then the page keeps the focus.
  const [cameOpen, setCameOpen] = useState(shown !== null);
  if (cameOpen && shown === null) setCameOpen(false);
  // From the address itself: a second quick press closes what the first one opens.
  const toggle = () => (new URLSearchParams(location.search).has("drawer") ? closeDrawer() : openDrawer(ALL_OPERATIONS));
  useEffect(() => {
    const listen = (event: Event) => {
      if (event instanceof CustomEvent && event.detail === "operations") toggle();
    };
    addEventListener("regent:shortcut", listen);
    return () => removeEventListener("regent:shortcut", listen);
  });
  return (
    <>
      <Button aria-expanded={shown !== null} className="relative max-sm:min-w-8 max-sm:px-1.5" onClick={toggle}>
        <ListChecks aria-hidden size={16} className="sm:hidden" />
        <span className="max-sm:sr-only">{OPERATIONS_DRAWER.title}</span>
        {running > 0 && (
          <>
            {/* Over the corner: nothing in the header moves when work begins or ends. */}
            <span
              data-tone="progress"
              className="absolute -end-1.5 -top-2 min-w-5 rounded-full bg-(--tone) px-1.5 text-xs leading-5 text-(--on-tone)"
            >
              {running}
            </span>
            <span className="sr-only">{OPERATIONS_DRAWER.running}</span>
          </>
        )}
      </Button>
      {shown !== null && <OperationsDrawer shown={shown} takesFocus={!cameOpen} onClose={closeDrawer} />}
    </>
  );
}
