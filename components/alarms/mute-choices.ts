import type { Zone } from "@/components/ui/time-zone";

export const MUTE_CHOICES = ["hour", "four", "morning", "custom"] as const;
export type MuteChoice = (typeof MUTE_CHOICES)[number];
export const isMuteChoice = (word: string): word is MuteChoice => (MUTE_CHOICES as readonly string[]).includes(word);

const HOUR_MS = 3_600_000;
const MORNING = 8;

/** When a mute that begins now ends. Tomorrow morning is the reader's, whatever his clock does in the night. */
export function muteEnd(choice: Exclude<MuteChoice, "custom">, now: Date, zone: Zone): Date {
  if (choice === "hour") return new Date(now.getTime() + HOUR_MS);
  if (choice === "four") return new Date(now.getTime() + 4 * HOUR_MS);
  if (zone === "utc") return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1, MORNING));
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING);
}
