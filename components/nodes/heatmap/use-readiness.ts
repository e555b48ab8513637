"use client";

import { useMemo } from "react";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { memoryHeadroom } from "@/lib/domain/headroom";
import { maintenanceReadiness, type Readiness } from "@/lib/domain/readiness";
import type { NodeRow } from "@/lib/services/nodes/read";

/** Answers for each node of the region whether it can be taken out, once asked. A new answer only when the region is another. */
export function useReadiness(all: readonly NodeRow[], { settings, region }: ConsoleFacts): (row: NodeRow) => Readiness {
  return useMemo(() => {
    const known = new Map<NodeRow, Readiness>();
    let headroom: ReturnType<typeof memoryHeadroom> | undefined;
    return (row) => {
      const had = known.get(row);
      if (had) return had;
      headroom ??= memoryHeadroom(all);
      const readiness = maintenanceReadiness(row, headroom, { now: new Date(), settings, region });
      known.set(row, readiness);
      return readiness;
    };
  }, [all, settings, region]);
}
