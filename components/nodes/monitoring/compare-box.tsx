"use client";

import { useEffect, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { MONITORING } from "@/lib/messages/monitoring";

/** Whether the region's median stands beside the node's lines. */
export function CompareBox({ compare, onCompare }: { compare: boolean; onCompare: (compare: boolean) => void }) {
  // The address is drawn a moment after it was changed; a box answers at once.
  const [ticked, setTicked] = useState(compare);
  useEffect(() => setTicked(compare), [compare]);
  return (
    <Checkbox
      className="no-print"
      label={MONITORING.compare}
      checked={ticked}
      onChange={({ target }) => {
        setTicked(target.checked);
        onCompare(target.checked);
      }}
    />
  );
}
