/** What may be asked of the history of a node, and what is answered. Times are seconds since 1970. */
import { z } from "zod";
import type { History } from "./history";
import type { TrendId } from "./metrics";
import type { Severity } from "./events";
import type { NodeStatus } from "./status";
import { DAY_SECONDS, LONGEST_SECONDS, SHORTEST_SECONDS } from "./time-range";

/** Usually as many as a chart has pixels, and a day in steps of two minutes, which begins in the middle of one. */
const POINTS = { least: 60, most: 2000, usual: 750 } as const;
const TIME = "Give from and to in whole seconds since 1970.";
const SPAN = `Ask for a span of ${SHORTEST_SECONDS} seconds to ${LONGEST_SECONDS / DAY_SECONDS} days, from before to.`;
const NUMBER_OF_POINTS = `Ask for ${POINTS.least} to ${POINTS.most} points.`;

const seconds = z.coerce.number({ error: TIME }).int(TIME).min(0, TIME).max(1e11, TIME);

/** The parameters of the address; each fault is a sentence. */
export const HistoryRequest = z
  .object({
    from: seconds,
    to: seconds,
    points: z.coerce
      .number({ error: NUMBER_OF_POINTS })
      .int(NUMBER_OF_POINTS)
      .min(POINTS.least, NUMBER_OF_POINTS)
      .max(POINTS.most, NUMBER_OF_POINTS)
      .default(POINTS.usual),
    /** "1": with the median of the region. */
    median: z.enum(["0", "1"], { error: "Give median as 0 or 1." }).default("0"),
  })
  .refine(({ from, to }) => to - from >= SHORTEST_SECONDS && to - from <= LONGEST_SECONDS, { error: SPAN });

/** Something that happened to the node; `at` in seconds since 1970. */
export type Mark = { id: string; at: number; kind: string; severity: Severity; message: string };

/** In which status a node was; null: there was no record of it yet. */
export type Span = { from: number; to: number; status: NodeStatus | null };

export type HistoryAnswer = History & {
  median: Record<TrendId, (number | null)[]> | null;
  /** The newest of the span, oldest first; and how many there are in all. */
  marks: Mark[];
  marksInAll: number;
  statuses: Span[];
  /** When it joined the region; null: never. */
  joined: number | null;
};
