/**
 * What is told when. A note waits until its target may be told again, notes of an alarm that flaps wait for each other, and a delivery
 * that failed is tried again. Times are milliseconds of the database's clock.
 */

/** A target is told at most once in so long. */
export const BETWEEN_SECONDS = 60;
/** So many changes of one alarm on one node within so long are flapping. */
export const FLAPS = 4;
export const FLAP_MS = 5 * 60_000;
/** After this a delivery is given up. */
export const DEAD_AFTER_MS = 24 * 3_600_000;
/** Longer than any attempt may take: whoever holds a delivery for so long is dead. */
export const LEASE_SECONDS = 150;
/** In one delivery; the rest follows with the next one. */
export const MOST_NOTES = 1000;

/** `about` is the alarm and its node; what is no change of an alarm has none. `at` is when it was written. */
export type Waiting = { id: string; about: string | null; seq: number; at: number };
/** A change that went out already. */
export type Told = { about: string; seq: number; at: number };

/**
 * Which of the notes that wait go into the next delivery, in their order. The fourth change of an alarm on a node within five minutes,
 * and what follows it, wait until five minutes have passed since that one; then they go together, so that nobody is told every change
 * and nobody waits longer.
 */
export function ready(waiting: readonly Waiting[], told: readonly Told[], now: number): string[] {
  const held = new Set<string>();
  const toldOf = byAbout(told);
  for (const [about, notes] of byAbout(waiting)) {
    const changes = [...(toldOf.get(about) ?? []), ...notes];
    const first = notes.findIndex((note) => flaps(note, changes));
    const opens = notes[first];
    // One of the future was written before the clock was set back.
    if (opens && Math.abs(now - opens.at) < FLAP_MS) for (const { id } of notes.slice(first)) held.add(id);
  }
  return waiting.map(({ id }) => id).filter((id) => !held.has(id));
}

const flaps = ({ seq, at }: Waiting, changes: readonly { seq: number; at: number }[]): boolean =>
  changes.filter((change) => change.seq <= seq && change.at <= at && at - change.at < FLAP_MS).length >= FLAPS;

function byAbout<Change extends Told | Waiting>(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const note of changes) {
    if (note.about === null) continue;
    const group = groups.get(note.about);
    if (group) group.push(note);
    else groups.set(note.about, [note]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.seq - b.seq);
  return groups;
}

const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 5 * 60_000;
/** What was refused for good may still be put right at the far side; to ask often would be held against the sender. */
const REFUSED_RETRY_MS = 15 * 60_000;
/** A fifth more or less, so that many do not come at once. */
const SPREAD = 0.2;
export const LONGEST_RETRY_SECONDS = ((1 + SPREAD) * REFUSED_RETRY_MS) / 1000;

/**
 * How long until the next attempt: 5 s, twice as long each time, 5 minutes at most; a quarter of an hour after a refusal for good.
 * @param random from 0 to 1
 */
export function retryMs(attempts: number, lasting: boolean, random: number): number {
  const base = lasting ? REFUSED_RETRY_MS : Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LAST_RETRY_MS);
  return Math.round(base * (1 - SPREAD + 2 * SPREAD * random));
}

/** What becomes of a delivery whose attempt failed. */
export const isDead = (createdAt: number, now: number): boolean => now - createdAt >= DEAD_AFTER_MS;

/** The last time at or before `now` at which it was this hour, UTC. */
export function lastHour(now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  return new Date(today <= now.getTime() ? today : today - 24 * 3_600_000);
}

/** "7", "7 to 18", "7, 9 to 12": every number is named. */
export function ranges(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`)).join(", ");
}
