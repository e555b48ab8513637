/** A stay of a node out of service, as its record keeps it: what was planned, where each virtual machine is, how it ended. */
import { z } from "zod";
import type { Placement } from "./placement";

/** What becomes of a virtual machine of a node that is drained. `over`: nothing more will be done about it by itself. */
export const VM_STATES = {
  waiting: { label: "Waiting", over: false },
  moving: { label: "Moving", over: false },
  moved: { label: "Moved", over: true },
  failed: { label: "Could not move", over: true },
  stopped: { label: "Stopped", over: true },
  gone: { label: "No longer runs here", over: true },
  returning: { label: "Moving back", over: false },
  returned: { label: "Back", over: true },
} as const satisfies Record<string, { label: string; over: boolean }>;
export type VmState = keyof typeof VM_STATES;
// The keys of a constant object are exactly its own literal keys.
export const isVmState = (text: string): text is VmState => Object.hasOwn(VM_STATES, text);

export const OUTCOMES = { returned: "Returned to service", cancelled: "Cancelled", removed: "Removed", fenced: "Fenced" } as const;

/** What was shown when the administrator agreed. The virtual machines themselves have rows of their own. */
export const StoredPlan = z.object({
  targets: z.array(
    z.object({ id: z.uuid(), name: z.string(), vms: z.number(), movedBytes: z.number(), beforeBytes: z.number(), afterBytes: z.number(), memoryBytes: z.number() }),
  ).default([]),
  stopped: z.array(z.string()).default([]),
}); // prettier-ignore
export type StoredPlan = z.infer<typeof StoredPlan>;

export const storedPlan = ({ targets, stopped }: Placement): StoredPlan => ({
  targets: targets.map((target) => ({ ...target })),
  stopped: stopped.map(({ name }) => name),
});

/** After a forced one: what was not done that a drain does, and how to repair it. */
export const Housekeeping = z.array(z.object({ skipped: z.string(), repair: z.string() }));
export type Housekeeping = z.infer<typeof Housekeeping>;

/** What activation is asked to do beside it. */
export const ActivateRequest = z.object({ bringBack: z.boolean().default(false) });

/** What a removal is asked to do, and what the administrator has said of its data. */
export const RemoveRequest = z.object({
  checkOnly: z.boolean().default(false),
  recordOnly: z.boolean().default(false),
  acknowledged: z.boolean().default(false),
  reason: z.string().default(""),
});

export const FORCE_EXPIRES_MS = 5 * 60_000;
export const FORCE_REASON_MIN = 10;
export const LOST_REASON_MIN = 10;
