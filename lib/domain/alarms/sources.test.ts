import { describe, expect, it } from "vitest";
import { FINEST, pointsOf } from "../levels";
import { encodeValue, METRIC_IDS, type Values } from "../metrics";
import { writeChunk } from "../rollup";
import { backtest } from "./backtest";
import { samplesFrom } from "./datapoints";
import { ALARM_METRICS, type AlarmMetricId } from "./metrics";
import { ruleOf } from "./rule.sample";
import { unpackSamples } from "./series";
import { evaluateAt, seriesFor, type Sources } from "./sources";

/** Ten minutes from 600 on: CPU rises in the sixth, and the node is silent in the last two. */
const valuesAt = (point: number): Partial<Values> => (point < 48 ? { cpu: point < 30 ? 0.5 : 0.9, networkRx: 0, networkTx: 0 } : {});
const chunk = {
  start: 600,
  data: writeChunk(
    METRIC_IDS.map((id) => {
      const average = Uint16Array.from({ length: pointsOf(FINEST) }, (_, point) => encodeValue(id, valuesAt(point)[id] ?? null));
      return { average, least: average, most: average };
    }),
    FINEST,
  ),
};
const sources: Sources = {
  samples: unpackSamples([chunk], FINEST),
  intervalSeconds: 10,
  newest: 1070,
  facts: ({ metric, parameter }) => (metric === "status" && parameter === "Failed" ? [{ from: 1130, to: 1200, value: 1 }] : []),
};
const usual = (metric: AlarmMetricId, parameter: "Failed" | null = null) =>
  ruleOf(1, 1, { metric, parameter, ...ALARM_METRICS[metric].defaults });
const at = (moment: number, metric: AlarmMetricId, parameter: "Failed" | null = null) =>
  evaluateAt(moment, usual(metric, parameter), "INSUFFICIENT_DATA", sources).state;

describe("an evaluation", () => {
  it("goes by samples", () => {
    expect([900, 1020, 1080].map((moment) => at(moment, "cpu"))).toEqual(["OK", "OK", "ALARM"]);
    expect(at(1080, "memory")).toBe("INSUFFICIENT_DATA");
  });
  it("goes by what is made of samples", () => {
    expect(at(960, "throughput")).toBe("OK");
    expect([1080, 1140, 1200].map((moment) => at(moment, "heartbeatAge"))).toEqual(["OK", "OK", "ALARM"]);
  });
  it("takes a node that was never heard of for silent", () =>
    expect(evaluateAt(1200, usual("heartbeatAge"), "OK", { ...sources, samples: unpackSamples([], FINEST), newest: null }).state).toBe(
      "ALARM",
    ));
  it("goes by facts, with their parameter", () => {
    expect([1080, 1140, 1200].map((moment) => at(moment, "status", "Failed"))).toEqual(["INSUFFICIENT_DATA", "ALARM", "ALARM"]);
    expect(at(1140, "maintenanceReady")).toBe("INSUFFICIENT_DATA");
  });
  it("is tested on the past with the same series", () => {
    const rule = usual("cpu");
    const series = seriesFor(rule, sources, samplesFrom(rule, 900), 1200);
    expect(backtest(series, rule, 900, 1200, "OK").episodes).toEqual([{ from: 1080, to: null }]);
  });
});
