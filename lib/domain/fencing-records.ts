/** What is kept of looks at a node and of an attempt to fence it, as JSON in its row. */
import { z } from "zod";

export const Check = z.strictObject({
  what: z.enum(["kept", "fresh", "neighbour", "bmc"]),
  /** gone: it was looked for and not found. down: the host is there, but its SSH service is not. unknown: nothing can be said. */
  says: z.enum(["gone", "down", "there", "unknown"]),
  at: z.iso.datetime(),
  /** One sentence, with its full stop. */
  detail: z.string().max(500),
  /** Who looked: the console, or the node that was asked. */
  by: z.string().max(200),
});
export type Check = z.infer<typeof Check>;
export const Checks = z.array(Check).max(16);

export const Evidence = z.strictObject({
  what: z.enum(["heartbeat", "fresh", "neighbour", "power", "soft", "cut", "off", "silent", "word"]),
  at: z.iso.datetime(),
  /** yes: it is so. no: it is not. unknown: it could not be found out. */
  outcome: z.enum(["yes", "no", "unknown"]),
  detail: z.string().max(500),
  by: z.string().max(200),
});
export type Evidence = z.infer<typeof Evidence>;
export const EvidenceList = z.array(Evidence).max(32);

/** A virtual machine that was there, and what is known to have become of it. */
export const VmFate = z.strictObject({ name: z.string().max(255), wasRunning: z.boolean(), fate: z.string().max(200) });
export type VmFate = z.infer<typeof VmFate>;
export const VmFates = z.array(VmFate);
