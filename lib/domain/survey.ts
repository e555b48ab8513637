/** What is asked of a node once a minute: how full it is, what its services use, which virtual machines it runs, and what of it is broken. */
import { z } from "zod";
import { Inventory } from "./inventory";
import { FREE_SPACE, type SurveyedId, type Values } from "./metrics";
import { freeShare } from "./partitions";
import { leftBytes } from "./vm-memory";

/** An earlier version did not ask. */
const names = z.array(z.string()).nullable().default(null);

type Service = Inventory["services"][number];
/** What an inspection found so is so no longer when a survey names it neither among those that are up nor among those that failed. */
const STANDING: readonly string[] = ["active", "failed"];

/** A disk that fails is known within a minute; that it does not any more, an inspection says. */
const withFailing = (disks: Inventory["disks"], failing: Survey["disksFailing"] | undefined): Inventory["disks"] =>
  disks.map((disk) => (failing?.includes(disk.name) ? { ...disk, health: "failing" } : disk));

/** As it is kept: what an earlier version knew of virtual machines is less, and counts as no answer. */
export const Survey = z.object({
  partitions: Inventory.shape.partitions,
  /** Those that run, with the CPU time they have used since they started, seconds. */
  services: z.array(z.object({ name: z.string(), cpuSeconds: z.number().nullable(), memoryBytes: z.number().nullable() })),
  /** How long the machine had been running when its services were asked, seconds. */
  upSeconds: z.number().min(0).optional(),
  /** By service, the share of one core that it used since the survey before; the worker reckons it. */
  cpuShares: z.record(z.string(), z.number()).optional(),
  /** Services that are up and not among those: what has ended well, and what lies in a slice of its own. */
  alsoUp: z.array(z.string()).optional(),
  /** null: systemd did not answer. */
  failedServices: z.array(z.string()).nullable(),
  /** null: no hypervisor answered. */
  vms: Inventory.shape.vms.nullable().catch(null),
  /** Network cards that should be up (an address, a bond, a bridge or a VLAN hangs on them) and have no carrier; null: none should be. */
  linksDown: names,
  /** Disks that fail by their own word or the kernel's; null: no disk tells. */
  disksFailing: names,
  /** Each with its kind before its name; null: no pool is known. */
  poolsDegraded: names,
});
export type Survey = z.infer<typeof Survey>;

export type Surveyed = Pick<Values, SurveyedId>;
type FreeSpace = Pick<Values, keyof typeof FREE_SPACE>;

/** An older survey says nothing of now: two that are missed change nothing yet. */
const FRESH_SECONDS = 180;

/** Everything a survey of this age brings to a sample. `memoryBytes` is the memory of the machine. */
export function surveyedValues(newest: Survey | null, memoryBytes: number | null, ageSeconds = 0): Surveyed {
  const survey = ageSeconds <= FRESH_SECONDS ? newest : null;
  return {
    ...freeSpace(survey?.partitions ?? []),
    vmMemoryAvailable: survey?.vms && memoryBytes !== null ? leftBytes(memoryBytes, survey.vms) : null,
    linksDown: survey?.linksDown?.length ?? null,
    disksFailing: survey?.disksFailing?.length ?? null,
    poolsDegraded: survey?.poolsDegraded?.length ?? null,
    servicesDown: survey?.failedServices?.length ?? null,
  };
}

/** The share of each watched partition that is free. */
export function freeSpace(partitions: Survey["partitions"]): FreeSpace {
  const free = (mount: string): number | null => {
    const partition = partitions.find((one) => one.mount === mount);
    return partition ? freeShare(partition) : null;
  };
  return {
    freeRoot: free(FREE_SPACE.freeRoot),
    freeLog: free(FREE_SPACE.freeLog),
    freeData: free(FREE_SPACE.freeData),
    freeContainers: free(FREE_SPACE.freeContainers),
  };
}

/**
 * The inventory with what a newer survey knows better: how full the file systems are, what the services use and which of them failed,
 * which disks fail, and the virtual machines: they start, stop and move. What else is there at all, an inspection says.
 */
export function withSurvey(inventory: Inventory, { partitions, services, alsoUp, failedServices, disksFailing, vms }: Survey): Inventory {
  const used = new Map(services.map((service) => [service.name, service]));
  const isDown = ({ name, state }: Service) => alsoUp !== undefined && !alsoUp.includes(name) && STANDING.includes(state);
  return {
    ...inventory,
    partitions: partitions.length > 0 ? partitions : inventory.partitions,
    services: inventory.services.map((service) => {
      if (failedServices?.includes(service.name)) return { ...service, state: "failed", subState: "failed" };
      const now = used.get(service.name);
      if (!now && isDown(service)) return { ...service, state: "inactive", subState: "dead", cpuSeconds: null, memoryBytes: null };
      if (!now) return service;
      const { cpuSeconds, memoryBytes } = now;
      return { ...service, state: "active", subState: service.state === "active" ? service.subState : "running", cpuSeconds, memoryBytes };
    }),
    disks: withFailing(inventory.disks, disksFailing),
    vms: vms ?? inventory.vms,
  };
}
