import { ipv4Number } from "./address";
import type { NodeRole } from "./roles";
import type { NodeStatus } from "./status";

type Measured = { last: number | null };

/** What is asked of a node by filters, sorting and export. The rows of the list have it. Times are ISO 8601, sizes bytes. */
export type RowFacts = {
  name: string;
  ip: string;
  role: NodeRole;
  status: NodeStatus;
  candidate: boolean;
  vcpus: number | null;
  memoryBytes: number | null;
  /** Given to virtual machines, and what is left for more; null where no hypervisor runs. */
  vmMemoryTotalBytes: number | null;
  vmMemoryAvailableBytes: number | null;
  storageBytes: number | null;
  bootedAt: string | null;
  inspectedAt: string | null;
  hostKeyChanged: boolean;
  tags: readonly string[];
  /** Every address that a search may name: of the access and of the converged links. */
  macs: readonly string[];
  /** Shares from 0 to 1, network in bits per second. */
  metrics: { cpu: Measured; memory: Measured; networkRx: Measured; networkTx: Measured; sampledAt: string } | null;
  operation: object | null;
};

/** From the last restart to the last look, as the column shows it: what was true when the machine was seen. */
export const uptimeMs = (row: Pick<RowFacts, "bootedAt" | "inspectedAt" | "metrics">): number | null =>
  row.bootedAt === null ? null : Math.max(0, Date.parse(seenAt(row) ?? row.bootedAt) - Date.parse(row.bootedAt));

/** When the machine was last seen: by a sample, or by an inspection. Both are UTC, so that their texts compare. */
export const seenAt = ({ inspectedAt, metrics }: Pick<RowFacts, "inspectedAt" | "metrics">): string | null =>
  metrics && (inspectedAt === null || metrics.sampledAt > inspectedAt) ? metrics.sampledAt : inspectedAt;

/** Made once for each row: a row that does not change keeps its identity. */
export function once<Of extends object, Made>(make: (of: Of) => Made & ({} | null)): (of: Of) => Made {
  const known = new WeakMap<Of, Made>();
  return (of) => {
    const had = known.get(of);
    if (had !== undefined) return had;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}

/** The access address as a number, for order and networks. */
export const ipNumber = once((row: RowFacts) => ipv4Number(row.ip));
