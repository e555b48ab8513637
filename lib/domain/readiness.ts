/**
 * Maintenance readiness: can this node be taken out right now, and if not why. What it is called; region-readiness.ts finds it out, and
 * the browser, which only shows it, does not load that.
 */
export const READINESS = {
  ready: { label: "Can be taken out" },
  noRoom: { label: "No room for its VMs" },
  refused: { label: "Can not be taken out" },
  unknown: { label: "Not known" },
  apart: { label: "Not in service" },
} as const satisfies Record<string, { label: string }>;

export type ReadinessId = keyof typeof READINESS;
export type Readiness = { id: ReadinessId; /** A sentence. */ reason: string };

/** As it travels: those of all nodes. */
export type RegionReadiness = { nodes: readonly (Readiness & { nodeId: string })[] };

/** Active nodes whose virtual machines would have no place: how many, and why for the first of them. */
export type Unplaced = { count: number; name: string; reason: string };
