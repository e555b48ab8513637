/** The file systems of a node: those whose free space an administrator watches, and the others. */
import type { Inventory } from "./inventory";

type Partition = Inventory["partitions"][number];

/** Full ones stop a node: its system, its logs, its data, its containers. In this order. */
export const WATCHED_MOUNTS: readonly string[] = ["/", "/var/log", "/mnt/data", "/mnt/containers"];

/** What is left for users, as `df` counts it: what is reserved for root is neither used nor free. Null where there is no room at all. */
export function freeShare({ usedBytes, availableBytes }: Pick<Partition, "usedBytes" | "availableBytes">): number | null {
  const usable = usedBytes + availableBytes;
  return usable > 0 ? availableBytes / usable : null;
}

/** The watched ones, null where the node has none of its own, then the others in their order. */
export function partitionRows(partitions: readonly Partition[]): { mount: string; partition: Partition | null }[] {
  const watched = WATCHED_MOUNTS.map((mount) => ({ mount, partition: partitions.find((one) => one.mount === mount) ?? null }));
  const others = partitions.filter(({ mount }) => !WATCHED_MOUNTS.includes(mount));
  return [...watched, ...others.map((partition) => ({ mount: partition.mount, partition }))];
}
