/** How often a node is sampled, unless the region's settings say otherwise. */
export const SAMPLE_SECONDS = 10;
/** A node that has not answered for this long is stale: its values stay, marked as old. */
export const STALE_SECONDS = 60;
/** What they may say. Longer, and each would be stale before the next. */
export const SAMPLE_INTERVALS = [10, 20, 30] as const;

/** How long what was measured is kept, in days: every sample, and its averages over a minute, five minutes and an hour (lib/domain/levels.ts). From fine to coarse. */
export const KEPT_DAYS = {
  sampleDays: { least: 2, most: 3650, usual: 2 },
  minuteDays: { least: 2, most: 3650, usual: 14 },
  fiveMinuteDays: { least: 8, most: 3650, usual: 62 },
  hourDays: { least: 8, most: 36_500, usual: 750 },
} as const;
export type KeptId = keyof typeof KEPT_DAYS;
