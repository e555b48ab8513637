import { z } from "zod";
import { BULK_COMMANDS } from "./bulk";

/** What work on many nodes does to each of them, as its operation keeps it. Apart from bulk.ts, which browsers load too. */
export const BulkRequest = z.strictObject({
  command: z.enum(BULK_COMMANDS),
  /** Of a rejection. */
  reason: z.string().optional(),
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
  /** The operation whose failed nodes these are. */
  retryOf: z.string().optional(),
});
export type BulkRequest = z.infer<typeof BulkRequest>;
