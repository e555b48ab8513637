/** A period that is shorter than the time between two samples has no datapoint most of the time: such an alarm would be guessing. */
import type { AlarmRule } from "./config";
import { PERIODS } from "./choices";
import { ALARM_METRICS } from "./metrics";

type Timed = Pick<AlarmRule, "metric" | "periodSeconds">;

/** Only what is made of samples depends on how often there is one. */
export const isTooShort = ({ metric, periodSeconds }: Timed, intervalSeconds: number): boolean =>
  ALARM_METRICS[metric].source !== "fact" && periodSeconds < intervalSeconds;

/** "1 minute" of 60, and "20 seconds" of what is no period of an alarm. */
export const intervalWords = (seconds: number): string => (PERIODS as Readonly<Record<number, string>>)[seconds] ?? `${seconds} seconds`;
