/**
 * The clock on the wall in a time zone, by the zones that the runtime knows (IANA's, with their summer times). A wall time is written as
 * if it were UTC: 02:30 in Berlin is the number that 02:30 UTC has. All are milliseconds since 1970.
 */
export const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs as much as a hundred uses of it. Throws for what is no time zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const made = new Intl.DateTimeFormat("en-US", { ...fields, timeZone: zone, hourCycle: "h23" });
  formats.set(zone, made);
  return made;
}

/** A name as in Europe/Berlin or UTC; an offset such as +02:00 has no summer time and is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false; // the runtime does not know it
  }
}

/** What the wall shows at a moment, to the second. */
export function wallAt(at: number, zone: string): number {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) fields[type] = value;
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(fields[type]);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
}

/**
 * When the wall shows this: the first time, where it does twice in autumn. Where it never does in spring, as much later as the clock is put
 * forward, which is what the clock of the day before would have shown. So do calendars (RFC 5545).
 */
export function momentOf(wall: number, zone: string): number {
  // No zone is put twice within two days.
  const [before, after] = [wall - DAY_MS, wall + DAY_MS].map((near) => wall - (wallAt(near, zone) - near)) as [number, number]; // one of each
  return [before, after].find((at) => wallAt(at, zone) === wall) ?? before;
}
