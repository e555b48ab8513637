/** How what was measured is kept: fine for days, coarser for months, coarse for years. One row is one table of PostgreSQL. */
import type { RegionSettings } from "./settings";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Level = {
  table: "sample_10s" | "sample_1m" | "sample_5m" | "sample_1h";
  /** Seconds between two points. */
  step: number;
  /** Seconds in one row: so many points are packed together. */
  chunk: number;
  /** Seconds in one partition: what is past its time is dropped with its table. */
  partition: number;
  /** What is kept of each point: the value itself, or average, least and most of the finer level's. */
  statistics: 1 | 3;
  days: (retention: RegionSettings["retention"]) => number;
};

/** From fine to coarse; each but the first is made of the one before it. Every chunk is a whole number of the chunks before. */
export const LEVELS = [
  { table: "sample_10s", step: 10, chunk: 10 * MINUTE, partition: DAY, statistics: 1, days: ({ sampleDays }) => sampleDays },
  { table: "sample_1m", step: MINUTE, chunk: HOUR, partition: DAY, statistics: 3, days: ({ minuteDays }) => minuteDays },
  {
    table: "sample_5m",
    step: 5 * MINUTE,
    chunk: 6 * HOUR,
    partition: 7 * DAY,
    statistics: 3,
    days: ({ fiveMinuteDays }) => fiveMinuteDays,
  },
  { table: "sample_1h", step: HOUR, chunk: 2 * DAY, partition: 56 * DAY, statistics: 3, days: ({ hourDays }) => hourDays },
] as const satisfies readonly Level[];

export const [FINEST] = LEVELS;

export const pointsOf = ({ chunk, step }: Level): number => chunk / step;

/** The last moment before `at` at which a chunk (or partition) of `seconds` begins. Seconds since 1970. */
export const beginOf = (at: number, seconds: number): number => Math.floor(at / seconds) * seconds;
