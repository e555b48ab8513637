/**
 * Every setting of the region, one row each: where it stands, what it is called, what it does, in which unit, and from when on a change
 * holds. Pages, inputs, events, the palette and the README read this table. Bounds and defaults are the schema's (settings.ts), which
 * judges every value; a test compares the two.
 */
import type { RegionSettings } from "./settings";
import type { RegionPage } from "./settings-pages";

type GroupRow = { page: RegionPage; title: string; help: string };

/** What is saved together. */
export const SETTING_GROUPS = {
  requirements: {
    page: "nodes",
    title: "Requirements for nodes",
    help: "A server with less is Inadequate and can not join. A node that has joined stays in its status, but is not activated again.",
  },
  approval: { page: "nodes", title: "Approval", help: "What is asked before a candidate becomes a node." },
  deadlines: {
    page: "nodes",
    title: "Deadlines",
    help: "A node that stays in a status for longer is Failed, with the step at which it stood.",
  },
  drain: { page: "maintenance", title: "Draining a node", help: "How virtual machines leave a node that is to be serviced." },
  force: { page: "maintenance", title: "Force Maintenance", help: "The last resort: workloads stop." },
  lost: { page: "fencing", title: "When a node is lost", help: "How long a node may be silent, and who must miss it before it is Failed." },
  fence: { page: "fencing", title: "Cutting its power", help: "What is done to a lost node, and what holds a fence back." },
  recovery: { page: "fencing", title: "Recovery", help: "When a fenced node that answers again may come back." },
  sampling: { page: "monitoring", title: "Sampling", help: "How often each node is asked what it is doing." },
  measurements: {
    page: "monitoring",
    title: "How long measurements are kept",
    help: "Every sample for days, averages for months and years. A value takes about one byte in PostgreSQL.",
  },
  records: {
    page: "monitoring",
    title: "How long records are kept",
    help: "What changed stays in the event log for ever; this is what is kept beside it.",
  },
  unasked: { page: "notifications", title: "Without an alarm", help: "What every mailbox is told by itself." },
} as const satisfies Record<string, GroupRow>;
export type SettingGroup = keyof typeof SETTING_GROUPS;

/** From when on a changed setting holds. */
export const TAKES_EFFECT = {
  seconds: "Holds within seconds.",
  sample: "Holds for each node from its next sample on.",
  inspection: "Holds for each node from its next inspection on.",
  decision: "Holds at the next Join or Accept.",
  status: "Holds for nodes that enter the status from now on; those in it keep their deadline.",
  drain: "Holds from the next drain on; one that runs goes on as it began.",
  move: "Holds from the next virtual machine that is moved.",
  dialog: "Holds from the next time that Force Maintenance is opened.",
  attempt: "Holds from the next attempt on a node on.",
  hour: "Holds within the hour: what is past its time is deleted then.",
  minute: "Holds within a minute.",
} as const;
export type TakesEffect = keyof typeof TAKES_EFFECT;

type Keys<Settings> = {
  [Key in keyof Settings & string]: Settings[Key] extends Record<string, unknown> ? `${Key}.${keyof Settings[Key] & string}` : Key;
}[keyof Settings & string];
/** "requirements.memoryGiB": where a setting stands in RegionSettings. */
export type SettingPath = Keys<RegionSettings>;
export type SettingValue = number | boolean | string | string[];

/** How a value is shown and typed. A share is stored from 0 to 1 and typed as per cent. */
type Form =
  | { unit: string; step?: number; share?: true }
  | { choices: readonly { value: number | string; label: string; help?: string }[] }
  | { switch: true }
  /** One word, and words that are separated by spaces. */
  | { text: true }
  | { words: true };
export type SettingRow = Form & { group: SettingGroup; label: string; help: string; effect: TakesEffect };

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${String(hour).padStart(2, "0")}:00 UTC` }));

// One row a line: this is the table people read.
// prettier-ignore
export const SETTINGS = {
  "requirements.threads": { group: "requirements", label: "vCPUs", unit: "logical CPUs", effect: "inspection", help: "The least number of logical CPUs; with more, smaller servers become Inadequate." },
  "requirements.memoryGiB": { group: "requirements", label: "Memory", unit: "GiB", effect: "inspection", help: "The least memory; 5 % less is enough, because firmware and kernel keep a part of what is installed." },
  "requirements.diskGB": { group: "requirements", label: "Storage", unit: "GB", effect: "inspection", help: "The least capacity of all disks together." },
  "requirements.linkSpeedMbps": { group: "requirements", label: "Link speed", unit: "Mb/s", step: 1000, effect: "inspection", help: "The least speed of the fastest link, and at a join of each converged link." },
  "requirements.virtualisation": { group: "requirements", label: "Hardware virtualisation for Workers", switch: true, effect: "inspection", help: "On: a Worker whose CPU does not offer it is Inadequate. Off: it is only remarked." },
  "requirements.architectures": { group: "requirements", label: "Architectures", words: true, effect: "inspection", help: "As the kernel names them, separated by spaces; servers of any other are Inadequate." },
  "requirements.minKernel": { group: "requirements", label: "Kernel", text: true, effect: "inspection", help: "The oldest kernel that may join; servers with an older one are Inadequate." },

  "requireManualApproval": { group: "approval", label: "Require manual approval", switch: true, effect: "seconds", help: "On: an administrator accepts or joins each candidate. Off: Regent accepts each candidate that can be accepted, as what it was added as, and the event says so." },
  "requireControlFirst": { group: "approval", label: "Require a Control node first", switch: true, effect: "decision", help: "On: a Worker is refused until the region has a Control node. Off: it is only remarked." },
  "inspectionFreshnessMinutes": { group: "approval", label: "Age of an inspection", unit: "minutes", step: 60, effect: "decision", help: "How old the last inspection may be at a Join or Accept; older ones have to be repeated first." },

  "deadlines.approvedMinutes": { group: "deadlines", label: "Approved", unit: "minutes", effect: "status", help: "How long a node may be Approved; a shorter time fails slow servers sooner." },
  "deadlines.startingMinutes": { group: "deadlines", label: "Starting", unit: "minutes", effect: "status", help: "How long a node may be Starting, while packages are installed; a shorter time fails slow mirrors sooner." },
  "deadlines.activatingMinutes": { group: "deadlines", label: "Activating", unit: "minutes", effect: "status", help: "How long a node may be Activating, while its services are checked." },
  "deadlines.unfencingMinutes": { group: "deadlines", label: "Unfencing", unit: "minutes", effect: "status", help: "How long a node may be Unfencing, while it is checked after a fence." },

  "drain.concurrency": { group: "drain", label: "Moves at a time", unit: "VMs", effect: "drain", help: "How many virtual machines of one node move at the same time; more load the network more." },
  "drain.tries": { group: "drain", label: "Tries", unit: "times", effect: "drain", help: "How often one virtual machine is tried before an administrator is asked." },
  "drain.reservePercent": { group: "drain", label: "Memory kept free", unit: "%", effect: "move", help: "Of each target's memory, for what no plan knows of; with more, fewer machines find a place." },
  "deadlines.enteringMaintenanceMinutes": { group: "drain", label: "Time for a drain", unit: "minutes", effect: "status", help: "How long a node may be Entering maintenance." },
  "deadlines.enteringMaintenanceMinutesPerVm": { group: "drain", label: "More for each VM", unit: "minutes", effect: "status", help: "So much more time for each virtual machine that has to move." },
  "drainDeadline": { group: "drain", label: "When it takes too long", effect: "seconds", help: "What becomes of a node whose drain is not done in time.", choices: [
    { value: "ask", label: "Stay and ask", help: "The drain stands until an administrator extends, cancels or forces it." },
    { value: "rollback", label: "Go back", help: "The node goes back to the status that it came from." },
  ] },

  "safetyTimerSeconds": { group: "force", label: "Safety timer", unit: "seconds", effect: "dialog", help: "How long Force Maintenance waits before it can be confirmed; the server refuses whoever is earlier." },

  "fencing.graceSeconds": { group: "lost", label: "Silence", unit: "seconds", effect: "seconds", help: "How long a node may be silent before it is looked at from several sides; shorter finds a lost node sooner, and a busy one too." },
  "fencing.graceSecondsPerVm": { group: "lost", label: "More for each VM", unit: "seconds", step: 0.5, effect: "seconds", help: "So much longer for each virtual machine that it runs." },
  "fencing.failedChecks": { group: "lost", label: "Checks that must fail", unit: "checks", effect: "seconds", help: "How many of the looks at a silent node must miss it; fewer fence sooner and may be wrong." },
  "fencing.failedRounds": { group: "lost", label: "Rounds in a row", unit: "rounds", effect: "seconds", help: "In how many rounds of looks in a row they must miss it." },
  "fencing.isolatedShare": { group: "lost", label: "Console cut off from", unit: "%", share: true, step: 5, effect: "seconds", help: "When so large a part of the nodes is silent, it is the console that is cut off, and nothing is done." },
  "fencing.isolatedFrom": { group: "lost", label: "Console cut off, at least", unit: "nodes", effect: "seconds", help: "And when at least so many nodes are silent." },

  "fencing.automatic": { group: "fence", label: "Fence automatically", switch: true, effect: "seconds", help: "On: a lost node's power is cut by itself. Off: Regent says that a fence is due, and an Admin begins it." },
  "fencing.quietAfterStartSeconds": { group: "fence", label: "Quiet after the start", unit: "seconds", step: 30, effect: "seconds", help: "No fence so soon after Regent began to watch the region: at its start, and after an outage of its database." },
  "fencing.quietPerNodeSeconds": { group: "fence", label: "Between two attempts", unit: "seconds", step: 30, effect: "seconds", help: "Between two attempts on one node; twice as long after each one that failed." },
  "fencing.softOffSeconds": { group: "fence", label: "Time to shut down", unit: "seconds", effect: "attempt", help: "How long a node is given to shut down by itself before its power is cut." },
  "fencing.bmcPatienceSeconds": { group: "fence", label: "Patience with a BMC", unit: "seconds", effect: "attempt", help: "How long a BMC may be silent before an attempt counts as failed." },

  "fencing.recoveryBeats": { group: "recovery", label: "Samples in a row", unit: "samples", effect: "seconds", help: "How many samples in a row a fenced node must answer before it counts as recovered." },
  "fencing.clockSkewSeconds": { group: "recovery", label: "Clock", unit: "seconds", effect: "seconds", help: "How far its clock may be off; a node whose clock is off further stays Fenced." },

  "sampling.intervalSeconds": { group: "sampling", label: "Interval", effect: "sample", help: "The time between two samples of a node; with a longer one, charts and alarms see less, and PostgreSQL writes less.", choices: [
    { value: 10, label: "10 seconds" }, { value: 20, label: "20 seconds" }, { value: 30, label: "30 seconds" },
  ] },

  "retention.sampleDays": { group: "measurements", label: "Every sample", unit: "days", effect: "hour", help: "The finest that charts show, and what alarms with a short period are tested on." },
  "retention.minuteDays": { group: "measurements", label: "Minutes", unit: "days", effect: "hour", help: "Average, least and most of each minute." },
  "retention.fiveMinuteDays": { group: "measurements", label: "Five minutes", unit: "days", effect: "hour", help: "Average, least and most of each five minutes." },
  "retention.hourDays": { group: "measurements", label: "Hours", unit: "days", step: 30, effect: "hour", help: "Average, least and most of each hour." },

  "retention.operationDays": { group: "records", label: "Operations", unit: "days", effect: "hour", help: "Finished operations, with their steps and lines." },
  "retention.alarmDays": { group: "records", label: "History of alarms", unit: "days", effect: "hour", help: "Each change of an alarm's state, with its reason." },
  "retention.deliveryDays": { group: "records", label: "Deliveries", unit: "days", effect: "hour", help: "What was told to whom, and what became of it." },
  "retention.inspectionResultDays": { group: "records", label: "Old inventories", unit: "days", effect: "hour", help: "What inspections and joins have read; the newest one is the node's own and stays, each other is up to a megabyte." },

  "notify.daily": { group: "unasked", label: "Sign of life", switch: true, effect: "minute", help: "On: a mail every day, so that silence means something." },
  "notify.dailyAt": { group: "unasked", label: "Its hour", effect: "minute", help: "When the sign of life is sent.", choices: HOURS },
  "notify.maintenanceReminderHours": { group: "unasked", label: "Reminder of maintenance", unit: "hours", effect: "minute", help: "How long a node may be in maintenance before every mailbox is reminded, and again each day." },
} as const satisfies Record<SettingPath, SettingRow>;

// The keys of a constant object are exactly its own literal keys.
export const SETTING_PATHS = Object.keys(SETTINGS) as SettingPath[];

export const rowOf = (path: SettingPath): SettingRow => SETTINGS[path];
export const pathsOf = (group: SettingGroup): SettingPath[] => SETTING_PATHS.filter((path) => SETTINGS[path].group === group);
export const groupsOf = (page: RegionPage): SettingGroup[] =>
  (Object.keys(SETTING_GROUPS) as SettingGroup[]).filter((group) => SETTING_GROUPS[group].page === page); // its own keys

const [PER_CENT, DIGITS] = [100, 12];
/** Without the noise of a float: 0.55 is 55 and not 55.00000000000001. */
const exact = (value: number): number => Number(value.toPrecision(DIGITS));

/** What stands in the field for a stored value. */
export function typedOf(path: SettingPath, value: SettingValue): string | boolean {
  const row = rowOf(path);
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.join(" ");
  return "share" in row && typeof value === "number" ? String(exact(value * PER_CENT)) : String(value);
}

/** What is meant by what stands in the field; not judged yet. A number that is none is NaN. */
export function meantBy(path: SettingPath, typed: string | boolean): SettingValue {
  const row = rowOf(path);
  if (typeof typed === "boolean" || "switch" in row) return typed;
  const text = typed.trim();
  if ("words" in row) return text.split(/[\s,]+/).filter(Boolean);
  if ("text" in row) return text;
  if ("choices" in row) return row.choices.find(({ value }) => String(value) === text)?.value ?? text;
  const number = text === "" ? Number.NaN : Number(text);
  return row.share ? exact(number / PER_CENT) : number;
}

const GROUPED = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 });

/** "16 GiB", "50 %", "on", "Stay and ask". */
export function worded(path: SettingPath, value: SettingValue): string {
  const row = rowOf(path);
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.join(" ");
  if ("choices" in row) return row.choices.find((choice) => choice.value === value)?.label ?? String(value);
  return typeof value === "number" && "unit" in row ? `${numbered(row, value)} ${row.unit}` : String(value);
}

const numbered = ({ share }: { share?: true }, value: number): string => GROUPED.format(share ? exact(value * PER_CENT) : value);

/** "0.1 to 65,536 GiB"; empty where there is no unit. */
export function rangeWords(path: SettingPath, least: number, most: number): string {
  const row = rowOf(path);
  return "unit" in row ? `${numbered(row, least)} to ${numbered(row, most)} ${row.unit}` : "";
}

/** "Memory from 8 GiB to 16 GiB". */
export const changeWords = (path: SettingPath, before: SettingValue, after: SettingValue): string =>
  `${rowOf(path).label} from ${worded(path, before)} to ${worded(path, after)}`;

export const sameValue = (a: SettingValue | undefined, b: SettingValue | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
