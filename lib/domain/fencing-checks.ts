/** The looks at a node that has become silent, who takes them, and how many of them miss it. */
import type { Check } from "./fencing-records";

/** Two looks of one observer fail together: what is between the console and the node is the same for both. */
export const CHECKS = {
  kept: { label: "Samples on the kept connection", observer: "console" },
  fresh: { label: "A fresh connection to its SSH service", observer: "console" },
  neighbour: { label: "Another node's view", observer: "neighbour" },
  bmc: { label: "Its BMC", observer: "bmc" },
} as const satisfies Record<Check["what"], { label: string; observer: string }>;

/** The looks that failed. */
export const missing = (checks: readonly Check[]): Check[] => checks.filter(({ says }) => says === "gone" || says === "down");

/** The first look that says that the host itself is there, whatever its services do. */
export const sighting = (checks: readonly Check[]): Check | undefined => checks.find(({ says }) => says === "there" || says === "down");

/** Who of the independent observers did not find the host at all. */
export const observersThatMiss = (checks: readonly Check[]): string[] => [
  ...new Set(checks.filter(({ says }) => says === "gone").map(({ what }) => CHECKS[what].observer)),
];
