/** What the services of a node use of its processors. */
import type { Inventory } from "./inventory";
import type { Survey } from "./survey";

type Service = Inventory["services"][number];

/** With the share of one CPU core that it uses, from 0: between the newest two surveys, and on average since the server started. Null: not known. */
export type UsedService = Service & { cpuNow: number | null; cpuAverage: number | null };

/** A share over less is mostly the way of the answer, and over more it says nothing of now. Seconds. */
const APART = { least: 1, most: 180 } as const;

type Counted = Pick<Survey, "services" | "upSeconds">;

/**
 * By service, the share of one core that it used between two surveys. By the machine's own uptime, which no change of its clock moves.
 * What began, or began anew, in between is left out.
 */
export function cpuShares(before: Counted, now: Counted): Record<string, number> {
  const seconds = (now.upSeconds ?? 0) - (before.upSeconds ?? 0);
  if (before.upSeconds === undefined || seconds < APART.least || seconds > APART.most) return {};
  const from = new Map(before.services.map(({ name, cpuSeconds }) => [name, cpuSeconds]));
  const shares = now.services.flatMap(({ name, cpuSeconds }) => {
    const known = from.get(name) ?? null;
    return known === null || cpuSeconds === null || cpuSeconds < known ? [] : [[name, (cpuSeconds - known) / seconds] as const];
  });
  return Object.fromEntries(shares);
}

/**
 * The services with what they use. The time since a service itself started is not told, so one that was restarted has used more than
 * its average while it ran. Its CPU time is as old as what told it: the survey, or the inspection where no survey names the service.
 */
export function usedServices(
  services: readonly Service[],
  { bootedAt, clock }: Pick<Inventory, "bootedAt" | "clock">,
  survey: Survey | null,
): UsedService[] {
  const surveyed = new Set(survey?.services.map(({ name }) => name));
  return services.map((service) => {
    const { name, cpuSeconds } = service;
    const upSeconds = surveyed.has(name) ? (survey?.upSeconds ?? 0) : clock - bootedAt;
    return {
      ...service,
      cpuNow: survey?.cpuShares?.[name] ?? null,
      cpuAverage: cpuSeconds === null || upSeconds <= 0 ? null : cpuSeconds / upSeconds,
    };
  });
}
