import { z } from "zod";
import { BULK_COMMANDS } from "./bulk";
import { Converged, HostKey, Role, Trust } from "./requests";
import { CONVERGED_MACS_MAX, SEVERAL_MAX } from "./several";

const OnNodes = z.strictObject({
  command: z.enum(BULK_COMMANDS),
  /** Of a rejection. */
  reason: z.string().optional(),
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
  /** The operation whose failed nodes these are. */
  retryOf: z.string().optional(),
});

const Server = z.strictObject({ ip: z.string(), user: z.string(), role: Role, macs: Converged.max(CONVERGED_MACS_MAX) });
export const TrustedServer = Server.extend({ hostKey: HostKey, trust: Trust });
export type TrustedServer = z.infer<typeof TrustedServer>;

/**
 * What work on many does to each of them, as its operation keeps it. Servers stand in the order of its lines. Apart from bulk.ts, which
 * browsers load too.
 */
export const BulkRequest = z.discriminatedUnion("command", [
  OnNodes,
  z.strictObject({ command: z.literal("look"), servers: z.array(Server).min(1).max(SEVERAL_MAX) }),
  z.strictObject({ command: z.literal("add"), servers: z.array(TrustedServer).min(1).max(SEVERAL_MAX) }),
]);
export type BulkRequest = z.infer<typeof BulkRequest>;
export type NodesRequest = z.infer<typeof OnNodes>;
export type ServersRequest = Exclude<BulkRequest, NodesRequest>;
