import { describe, expect, it } from "vitest";
import { AlarmForm } from "@/lib/domain/alarms/config";
import { ALARM_METRIC_IDS, ALARM_METRICS } from "@/lib/domain/alarms/metrics";
import { blank, formOf, isTestable, nameOf, numberOf, ruleOf, withMetric } from "./form-state";

const NODE = { id: "7f3c1e08-0000-4000-8000-000000000000", name: "compute-west-05" };

describe("the form of an alarm", () => {
  it.each(ALARM_METRIC_IDS)("sends what the server takes for %s without a key pressed", (metric) => {
    expect(AlarmForm.safeParse(formOf(blank(metric, NODE))).error?.issues).toBeUndefined();
    expect(ruleOf(blank(metric, NODE)).threshold).toBeCloseTo(ALARM_METRICS[metric].defaults.threshold, 9);
  });

  it("brings a metric's own condition until somebody chose one", () => {
    const fresh = withMetric(blank("cpu", NODE), "freeLog");
    expect([fresh.operator, fresh.threshold, fresh.statistic]).toEqual(["LessThanThreshold", "10", "Minimum"]);
    const chosen = withMetric({ ...blank("cpu", NODE), threshold: "71", ownRule: true }, "memory");
    expect(chosen.threshold).toBe("71");
    // 71 % is no threshold for seconds.
    expect(withMetric(chosen, "heartbeatAge").threshold).toBe("60");
  });

  it("watches the region where the metric is the region's, and a node again afterwards", () => {
    const region = withMetric(blank("cpu", NODE), "regionHeadroom");
    expect(region.scope).toBe("region");
    expect(withMetric(region, "cpu").scope).toBe("node");
    expect(withMetric({ ...region, node: null }, "cpu").scope).toBe("all");
  });

  it("is named by what it watches until somebody names it", () => {
    expect(nameOf(blank("cpu", NODE))).toBe("High Used CPU on compute-west-05");
    expect(nameOf({ ...blank("freeLog", null), scope: "tag", tag: "gpu" })).toBe("Low /var/log free on tag gpu");
    expect(nameOf({ ...blank("status", null), scope: "all" })).toBe("Status Failed on all nodes");
    expect(nameOf({ ...blank("cpu", NODE), name: "Mine" })).toBe("Mine");
  });

  it("is tried on the past only when the server would take its rule", () => {
    const rules = [
      {},
      { threshold: "much" },
      { threshold: "120" },
      { datapoints: "9" },
      { outOf: "1.5" },
      { outOf: "2000", datapoints: "1" },
    ];
    for (const change of rules) {
      const typed = { ...blank("cpu", NODE), ...change };
      expect([change, isTestable(ruleOf(typed))]).toEqual([change, AlarmForm.safeParse(formOf(typed)).success]);
    }
  });

  it("takes a comma as a point, and nothing as no number", () => {
    expect(numberOf("80,5")).toBe(80.5);
    expect(numberOf(" ")).toBeNaN();
    const refused = AlarmForm.safeParse(formOf({ ...blank("cpu", NODE), threshold: "much" }));
    expect(refused.error?.issues[0]).toMatchObject({ path: ["rule", "threshold"], message: "Give the threshold as a number." });
  });
});
