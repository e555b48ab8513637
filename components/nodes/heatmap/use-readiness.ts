"use client";

import { useMemo } from "react";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { readinessOf, type Readiness } from "@/lib/domain/readiness";
import type { NodeRow } from "@/lib/services/nodes/read";

/** Whether a node can be taken out. New answers only when the region is another. */
export function useReadiness(all: readonly NodeRow[], { settings, region }: ConsoleFacts): (row: NodeRow) => Readiness {
  return useMemo(() => readinessOf(all, { now: new Date(), settings, region }), [all, settings, region]);
}
