/** The looks at a node that has become silent, who takes them, and how many of them miss it. */
import { z } from "zod";

/** Two looks of one observer fail together: what is between the console and the node is the same for both. */
export const CHECKS = {
  kept: { label: "Samples on the kept connection", observer: "console" },
  fresh: { label: "A fresh connection to its SSH service", observer: "console" },
  neighbour: { label: "Another node's view", observer: "neighbour" },
  bmc: { label: "Its BMC", observer: "bmc" },
} as const satisfies Record<string, { label: string; observer: string }>;

export type CheckName = keyof typeof CHECKS;

export const Check = z.strictObject({
  what: z.enum(["kept", "fresh", "neighbour", "bmc"]),
  /** gone: it was looked for and not found. down: the host is there, but its SSH service is not. unknown: nothing can be said. */
  says: z.enum(["gone", "down", "there", "unknown"]),
  at: z.iso.datetime(),
  /** One sentence, with its full stop. */
  detail: z.string().max(500),
  /** Who looked: a worker, or the node that was asked. */
  by: z.string().max(200),
});
export type Check = z.infer<typeof Check>;
export const Checks = z.array(Check).max(16);

/** The looks that failed. */
export const missing = (checks: readonly Check[]): Check[] => checks.filter(({ says }) => says === "gone" || says === "down");

/** The first look that says that the host itself is there, whatever its services do. */
export const sighting = (checks: readonly Check[]): Check | undefined => checks.find(({ says }) => says === "there" || says === "down");

/** Who of the independent observers did not find the host at all. */
export const observersThatMiss = (checks: readonly Check[]): string[] => [
  ...new Set(checks.filter(({ says }) => says === "gone").map(({ what }) => CHECKS[what].observer)),
];
