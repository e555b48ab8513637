import type { Inventory } from "./inventory";

/**
 * The share of one CPU core that a service has used on average since the server started, from 0; null where nothing is known.
 * The time since the service itself started is not told, so one that was restarted has used more than this while it ran.
 */
export function averageShare(
  { cpuSeconds }: Pick<Inventory["services"][number], "cpuSeconds">,
  { bootedAt, clock }: Pick<Inventory, "bootedAt" | "clock">,
): number | null {
  const upSeconds = clock - bootedAt;
  return cpuSeconds === null || upSeconds <= 0 ? null : cpuSeconds / upSeconds;
}
