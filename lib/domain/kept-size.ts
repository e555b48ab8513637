/** How much room what is measured takes: about one byte a value, index and all. */
import { LEVELS } from "./levels";
import { METRIC_COUNT } from "./metrics";
import type { SettingPath } from "./settings-table";

const DAY_SECONDS = 86_400;

/** The setting of each level, from fine to coarse. */
export const LEVEL_PATHS = [
  "retention.sampleDays",
  "retention.minuteDays",
  "retention.fiveMinuteDays",
  "retention.hourDays",
] as const satisfies readonly SettingPath[];

/** Of one node and one day, in bytes; null: this setting keeps no measurements. */
export function bytesPerDay(path: SettingPath, intervalSeconds: number): number | null {
  const level = LEVELS[LEVEL_PATHS.findIndex((known) => known === path)];
  if (!level) return null;
  const step = level.statistics === 1 ? intervalSeconds : level.step;
  return (DAY_SECONDS / step) * level.statistics * METRIC_COUNT;
}
