/** What an alarm is evaluated on, whatever it watches: the one way from what is kept of a node, or of the region, to a state. */
import { FINEST } from "../levels";
import type { AlarmState } from "./choices";
import type { AlarmRule } from "./config";
import { datapoints, samplesFrom } from "./datapoints";
import { evaluate, type Evaluation } from "./evaluate";
import { ALARM_METRICS, type AlarmMetricId } from "./metrics";
import { factSeries, seriesOf, type FactSpan, type MeasuredId, type NodeSamples, type SampleSeries, type Stretch } from "./series";

/** Of one node; of the region there are facts alone. */
export type Sources = Pick<Stretch, "intervalSeconds" | "newest" | "unwatched"> & {
  /** Unpacked once for all alarms of the node. The chunks reach back to samplesFrom(rule, at) of the longest rule. */
  samples: NodeSamples;
  /** What a metric without samples was, from when to when. */
  facts: (of: Pick<AlarmRule, "metric" | "parameter">) => readonly FactSpan[];
};

const isMeasured = (metric: AlarmMetricId): metric is MeasuredId => ALARM_METRICS[metric].source !== "fact";

/** For an evaluation at one moment, and for a test on the past from samplesFrom(rule, its begin) on. */
export function seriesFor({ metric, parameter, statistic }: AlarmRule, sources: Sources, from: number, to: number): SampleSeries {
  if (!isMeasured(metric)) return factSeries(sources.facts({ metric, parameter }), { from, to, step: FINEST.step });
  const { samples, intervalSeconds, newest, unwatched = [] } = sources;
  return seriesOf(samples, metric, statistic, { from, to, intervalSeconds, newest, unwatched });
}

/** `at` is a round of schedule.ts, seconds since 1970. */
export const evaluateAt = (at: number, rule: AlarmRule, state: AlarmState, sources: Sources): Evaluation =>
  evaluate(datapoints(seriesFor(rule, sources, samplesFrom(rule, at), at), rule, at), rule, state);
