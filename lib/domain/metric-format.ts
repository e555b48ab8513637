import type { Metric } from "./metrics";
import { formatBytes, formatDisk, formatPercent, formatRate } from "./units";

/** How a measured value is written, by its unit. Shares are from 0 to 1. */
export const FORMATS: Record<Metric["unit"], (value: number) => string> = {
  share: formatPercent,
  "bit/s": formatRate,
  "byte/s": (value) => `${formatDisk(value)}/s`,
  load: (value) => value.toFixed(2),
  byte: formatBytes,
  count: String,
};
