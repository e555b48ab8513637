/** What an administrator may set for the region. Stored as JSON; whatever is absent has its default. */
import { z } from "zod";
import { KEPT_DAYS, SAMPLE_INTERVALS, SAMPLE_SECONDS, type KeptId } from "./sample-times";

const minutes = (byDefault: number) => z.number().min(0.1).max(1440).default(byDefault);

export const Requirements = z.object({
  /** Logical CPUs. */
  threads: z.number().int().min(1).max(65_536).default(4),
  /** GiB; fractions are allowed, so that a small test machine can be made adequate. */
  memoryGiB: z.number().min(0.1).max(65_536).default(8),
  /** All disks together, decimal GB. */
  diskGB: z.number().min(0).max(100_000_000).default(20),
  /** Of each converged link. */
  linkSpeedMbps: z.number().int().min(0).max(10_000_000).default(1000),
  /** Whether a Worker without hardware virtualisation is inadequate; otherwise it is only remarked. */
  virtualisation: z.boolean().default(false),
  architectures: z.array(z.string().min(1).max(32)).min(1).max(16).default(["x86_64", "aarch64"]),
  minKernel: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,4}){0,2}$/, "Write a kernel version as in 5.10.")
    .default("5.10"),
});
export type Requirements = z.infer<typeof Requirements>;

export const Deadlines = z.object({
  approvedMinutes: minutes(5),
  startingMinutes: minutes(20),
  activatingMinutes: minutes(10),
  unfencingMinutes: minutes(10),
  enteringMaintenanceMinutes: minutes(15),
  enteringMaintenanceMinutesPerVm: z.number().min(0).max(60).default(1),
});

export const Drain = z.object({
  /** Of a target's memory, kept free for what no plan knows of. */
  reservePercent: z.number().int().min(0).max(50).default(10),
  /** VMs of one node that move at the same time. */
  concurrency: z.number().int().min(1).max(16).default(2),
  /** How often one VM is tried before an administrator is asked. */
  tries: z.number().int().min(1).max(10).default(3),
});

const keptDays = (id: KeptId) => z.number().int().min(KEPT_DAYS[id].least).max(KEPT_DAYS[id].most).default(KEPT_DAYS[id].usual);

export const Retention = z.object({
  /** Finished operations, with their steps and lines. What they changed stays in the event log for ever. */
  operationDays: z.number().int().min(1).max(3650).default(90),
  /** What alarms did. What changed stays in the event log for ever. */
  alarmDays: z.number().int().min(14).max(3650).default(365),
  /** What was told, and what became of it. */
  deliveryDays: z.number().int().min(1).max(3650).default(90),
  /** The inventories that inspections and joins have read: the newest one is the node's own, the others are a megabyte each. */
  inspectionResultDays: z.number().int().min(1).max(3650).default(1),
  sampleDays: keptDays("sampleDays"),
  minuteDays: keptDays("minuteDays"),
  fiveMinuteDays: keptDays("fiveMinuteDays"),
  hourDays: keptDays("hourDays"),
});

export const Sampling = z.object({ intervalSeconds: z.literal(SAMPLE_INTERVALS).default(SAMPLE_SECONDS) });

/** What is told without an alarm. */
export const Notify = z.object({
  /** The sign of life of every day, and its hour, UTC. */
  daily: z.boolean().default(true),
  dailyAt: z.number().int().min(0).max(23).default(8),
  /** How long a node may be in maintenance before somebody is reminded, and again each day. */
  maintenanceReminderHours: z.number().min(1).max(8760).default(24),
});

const seconds = (byDefault: number) => z.number().min(1).max(86_400).default(byDefault);

/** When a node counts as lost, and what holds a fence back. See lib/domain/fencing.ts. */
export const Fencing = z.object({
  /** Off: Regent says that a fence is due, and an Admin begins it. */
  automatic: z.boolean().default(true),
  /** How long a node may be silent, and how much longer for each virtual machine that it runs. */
  graceSeconds: seconds(60),
  graceSecondsPerVm: z.number().min(0).max(60).default(0.5),
  /** How many of the checks must fail, and in how many rounds in a row. */
  failedChecks: z.number().int().min(2).max(4).default(2),
  failedRounds: z.number().int().min(1).max(100).default(3),
  /** No fence so soon after Regent began to watch the region: at its start, and after an outage of its database. */
  quietAfterStartSeconds: seconds(300),
  /** Between two attempts on one node; twice as long after each one that failed. */
  quietPerNodeSeconds: seconds(180),
  /** From this share of silent nodes on, in a region of at least so many, it is the console that is cut off. */
  isolatedShare: z.number().min(0.1).max(1).default(0.5),
  isolatedFrom: z.number().int().min(2).max(1000).default(3),
  /** How long a node is given to shut down by itself before its power is cut. */
  softOffSeconds: seconds(30),
  /** How long a BMC may be silent before an attempt counts as failed; it may be for seconds after its own power came. */
  bmcPatienceSeconds: seconds(45),
  /** Samples in a row before a fenced node counts as recovered, and how far its clock may be off. */
  recoveryBeats: z.number().int().min(1).max(100).default(3),
  clockSkewSeconds: seconds(5),
});
export type Fencing = z.infer<typeof Fencing>;

export const RegionSettings = z.object({
  requirements: Requirements.prefault({}),
  deadlines: Deadlines.prefault({}),
  /** How old the last inspection may be when a candidate is joined or accepted. The join inspects again in any case. */
  inspectionFreshnessMinutes: z.number().int().min(1).max(525_600).default(1440),
  /** Off: candidates are accepted without an administrator, and the event says so. */
  requireManualApproval: z.boolean().default(true),
  /** On: a Worker is refused until the region has a Control node. Off: it is only remarked. */
  requireControlFirst: z.boolean().default(false),
  /** How long Force Maintenance waits before it can be confirmed. */
  safetyTimerSeconds: z.number().int().min(10).max(300).default(30),
  /** What happens when a drain takes too long: wait for an administrator, or go back to where the node came from. */
  drainDeadline: z.enum(["ask", "rollback"]).default("ask"),
  drain: Drain.prefault({}),
  /** How long what has ended is kept. */
  retention: Retention.prefault({}),
  sampling: Sampling.prefault({}),
  notify: Notify.prefault({}),
  fencing: Fencing.prefault({}),
});
export type RegionSettings = z.infer<typeof RegionSettings>;

export const DEFAULT_SETTINGS: RegionSettings = RegionSettings.parse({});
