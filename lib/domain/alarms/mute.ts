/**
 * When nobody is told of an alarm, although it is evaluated as always: while its node is serviced, in windows of time, and by hand. Facts
 * and a moment go in; whether, why and until when comes out.
 */
import { z } from "zod";
import { NODE_STATUSES, type NodeStatus } from "../status";
import { DAY_MS, isTimeZone, momentOf, wallAt } from "../zone-time";

/** In the order of Date's days. */
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const LONGEST_MINUTES = 7 * DAY_MINUTES;

const MOMENT = "Give a moment with its day, its time and its offset.";
const DATE = "Give a day as in 2026-11-26, or none.";
const DURATION = "A window lasts 1 minute to 7 days.";

const Once = z
  .strictObject({
    kind: z.literal("once"),
    from: z.iso.datetime({ offset: true, error: MOMENT }),
    to: z.iso.datetime({ offset: true, error: MOMENT }),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { error: "The end has to be after the beginning.", path: ["to"] });

/** Begins on these days at a time on the wall, and lasts so many minutes of a clock that is never put forward or back. */
const Weekly = z
  .strictObject({
    kind: z.literal("weekly"),
    days: z
      .array(z.enum(WEEKDAYS, { error: "Choose days of the week." }))
      .min(1, "Choose at least one day of the week.")
      .refine((days) => new Set(days).size === days.length, "A day of the week is chosen twice."),
    /** "02:30". */
    start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give the time as in 02:30."),
    minutes: z.number({ error: DURATION }).int(DURATION).min(1, DURATION).max(LONGEST_MINUTES, DURATION),
    timeZone: z.string().refine(isTimeZone, { error: "Choose a time zone as in Europe/Berlin." }),
    /** The first and the last day on which it begins; null: ever since, and for ever. */
    firstDay: z.iso.date(DATE).nullable(),
    lastDay: z.iso.date(DATE).nullable(),
  })
  .refine(({ firstDay, lastDay }) => firstDay === null || lastDay === null || firstDay <= lastDay, {
    error: "The last day can not be before the first.",
    path: ["lastDay"],
  });
type Weekly = z.infer<typeof Weekly>;

export const MuteTimes = z.discriminatedUnion("kind", [Once, Weekly], { error: "Choose whether the window is once or weekly." });
export type MuteTimes = z.infer<typeof MuteTimes>;

export type MuteFacts = {
  /** The alarm's node, and the status that it had before this one; null: an alarm of the region. */
  node: { status: NodeStatus; before: NodeStatus | null } | null;
  /** By hand. */
  mutedUntil: Date | null;
  /** Those that hold for the alarm, for its node, for a tag of it, and for all. */
  windows: readonly { name: string; times: MuteTimes }[];
};

/** `until` null: until something happens, and not until a time. */
export type Mute = { muted: true; why: string; until: Date | null } | { muted: false; why: null; until: null };

/** Maintenance goes before all else, for it has no end that anybody knows; of the others the one that lasts longest. */
export function muteAt(at: Date, { node, mutedUntil, windows }: MuteFacts): Mute {
  const serviced = node && servicing(node);
  if (serviced) return { muted: true, why: serviced, until: null };
  const reasons = windows.flatMap(({ name, times }) => {
    const until = endOf(times, at.getTime());
    return until === null ? [] : [{ why: `In the mute window “${name}”.`, until }];
  });
  if (mutedUntil && at < mutedUntil) reasons.push({ why: "Muted by an administrator.", until: mutedUntil.getTime() });
  const [longest] = reasons.toSorted((a, b) => b.until - a.until);
  return longest ? { muted: true, why: longest.why, until: new Date(longest.until) } : { muted: false, why: null, until: null };
}

/**
 * Those windows that a moment is in, each as the time until its end. For a region it is asked once, and not once for each node: the
 * clocks of time zones are slow.
 */
export const openAt = <Window extends { times: MuteTimes }>(windows: readonly Window[], at: Date): Window[] =>
  windows.flatMap((window) => {
    const end = endOf(window.times, at.getTime());
    return end === null ? [] : [{ ...window, times: { kind: "once", from: at.toISOString(), to: new Date(end).toISOString() } }];
  });

/** What a node passes on its way back from maintenance. One that fails or is fenced there is a case for an alarm. */
const WAY_BACK: readonly NodeStatus[] = ["Activating", "Unfencing"];

function servicing({ status, before }: NonNullable<MuteFacts["node"]>): string | null {
  if (status === "EnteringMaintenance" || status === "InMaintenance") return `The node is ${NODE_STATUSES[status].label}.`;
  return before === "InMaintenance" && WAY_BACK.includes(status) ? "The node is on its way back from maintenance." : null;
}

/** The end of the window that a moment is in, ms since 1970; null: it is in none. */
function endOf(times: MuteTimes, at: number): number | null {
  if (times.kind === "weekly") return endOfWeekly(times, at);
  const [from, to] = [Date.parse(times.from), Date.parse(times.to)];
  return from <= at && at < to ? to : null;
}

/** Windows of several days may overlap: the one that began last ends last. */
function endOfWeekly({ days, start, minutes, timeZone, firstDay, lastDay }: Weekly, at: number): number | null {
  const today = Math.floor(wallAt(at, timeZone) / DAY_MS) * DAY_MS;
  const earliest = today - (Math.ceil(minutes / DAY_MINUTES) + 1) * DAY_MS;
  for (let day = today; day >= earliest; day -= DAY_MS) {
    const written = new Date(day).toISOString().slice(0, 10);
    const weekday = WEEKDAYS[new Date(day).getUTCDay()];
    if (!weekday || !days.includes(weekday) || (firstDay && written < firstDay) || (lastDay && written > lastDay)) continue;
    const from = momentOf(Date.parse(`${written}T${start}Z`), timeZone);
    const to = from + minutes * MINUTE_MS;
    if (from <= at && at < to) return to;
  }
  return null;
}

const AND = new Intl.ListFormat("en-GB");

/** "1 d 12 h", "2 h 30 min". */
function lasting(minutes: number): string {
  const parts = [
    [Math.floor(minutes / DAY_MINUTES), "d"],
    [Math.floor((minutes % DAY_MINUTES) / 60), "h"],
    [minutes % 60, "min"],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(" ");
}

/** "Monday and Thursday from 02:00 for 2 h (Europe/Berlin)". */
export function weeklyWords({ days, start, minutes, timeZone }: Weekly): string {
  const inOrder = WEEKDAYS.filter((day) => days.includes(day));
  // The week begins on Monday.
  const named = [...inOrder.filter((day) => day !== "Sunday"), ...inOrder.filter((day) => day === "Sunday")];
  return `${named.length === WEEKDAYS.length ? "Every day" : AND.format(named)} from ${start} for ${lasting(minutes)} (${timeZone})`;
}
