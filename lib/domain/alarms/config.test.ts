import { describe, expect, it } from "vitest";
import { PERIOD_SECONDS } from "./choices";
import { AlarmForm, AlarmRule } from "./config";
import { MEASURES } from "./measures";
import { ALARM_METRIC_IDS, ALARM_METRICS, watchedLabel, type AlarmMetricId } from "./metrics";
import { conditionWords, ruleWords } from "./reason";
import { ruleOf } from "./rule.sample";

/** Every refusal with its field. */
const refusals = (shape: typeof AlarmRule | typeof AlarmForm, typed: unknown) =>
  (shape.safeParse(typed).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);
const wrong = (facts: Record<string, unknown>) => refusals(AlarmRule, { ...ruleOf(3, 5), ...facts });

const defaultRule = (metric: AlarmMetricId) => ({
  metric,
  parameter: metric === "status" ? "Failed" : null,
  ...ALARM_METRICS[metric].defaults,
});

describe("a rule", () => {
  it.each(ALARM_METRIC_IDS)("is good as the form offers it: %s", (metric) => expect(refusals(AlarmRule, defaultRule(metric))).toEqual([]));

  it.each([
    ["at most 7 days", { periodSeconds: 3600, evaluationPeriods: 168 }, []],
    [
      "no more than 7 days",
      { periodSeconds: 3600, evaluationPeriods: 169 },
      [["evaluationPeriods", "At most 7 days are looked at: 168 datapoints."]],
    ],
    ["a day under an hour", { periodSeconds: 10, evaluationPeriods: 8640 }, []],
    [
      "no more than a day under an hour",
      { periodSeconds: 900, evaluationPeriods: 97 },
      [["evaluationPeriods", "With a period under 1 hour, at most 1 day is looked at: 96 datapoints."]],
    ],
    ["M no more than N", { datapointsToAlarm: 6 }, [["datapointsToAlarm", "At most 5 of 5 datapoints can be beyond the threshold."]]],
    [
      "M of at least 1",
      { datapointsToAlarm: 0 },
      [["datapointsToAlarm", "Give the number of datapoints as a whole number of at least 1."]],
    ],
    ["a whole N", { evaluationPeriods: 2.5 }, [["evaluationPeriods", "Give the number of datapoints as a whole number of at least 1."]]],
    [
      "a period of the list",
      { periodSeconds: 45 },
      [["periodSeconds", "Choose a period of 10 seconds, 30 seconds, 1 minute, 5 minutes, 15 minutes or 1 hour."]],
    ],
    ["a metric", { metric: "colour" }, [["metric", "Choose a metric."]]],
    ["a threshold that is a number", { threshold: "80" }, [["threshold", "Give the threshold as a number."]]],
    ["a threshold that is finite", { threshold: Number.POSITIVE_INFINITY }, [["threshold", "Give the threshold as a number."]]],
    ["a threshold in the unit's range", { threshold: 80 }, [["threshold", "Average of Used CPU is from 0 % to 100 %."]]],
    ["a sum of six samples", { threshold: 6, statistic: "Sum" }, []],
    ["a count of six samples", { threshold: 7, statistic: "SampleCount" }, [["threshold", "Sample count of Used CPU is from 0 to 6."]]],
    ["no status of what has none", { parameter: "Failed" }, [["parameter", "Used CPU takes no status."]]],
    ["a status to watch for", { metric: "status", threshold: 1 }, [["parameter", "Choose the status that this alarm watches for."]]],
    ["a status that there is", { metric: "status", threshold: 1, parameter: "Broken" }, [["parameter", "Choose a status."]]],
    ["a treatment", { treatMissingData: "guess" }, [["treatMissingData", "Choose how missing data is treated."]]],
  ] as const)("has %s", (_, facts, expected) => expect(wrong(facts)).toEqual(expected));

  it("fits a day of each period", () => {
    for (const periodSeconds of PERIOD_SECONDS) expect(wrong({ periodSeconds, evaluationPeriods: 24 })).toEqual([]);
  });
});

describe("an alarm", () => {
  const NODE = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  const form = (facts: Record<string, unknown> = {}) => ({
    name: "High CPU",
    severity: "critical",
    scope: { kind: "node", nodeId: NODE },
    rule: ruleOf(3, 5),
    ...facts,
  });

  it("tells nobody, but would, unless it is said otherwise", () => {
    expect(AlarmForm.parse(form())).toEqual({
      ...form(),
      description: "",
      actionsEnabled: true,
      actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
    });
  });
  it.each([
    ["a name", { name: " " }, [["name", "Give the alarm a name."]]],
    ["a name of 255 characters", { name: "n".repeat(255) }, []],
    ["no longer name", { name: "n".repeat(256) }, [["name", "A name has at most 255 characters."]]],
    [
      "a name that can be read",
      { name: "High\u0007CPU" },
      [["name", "The name has characters that can not be shown. Type it instead of pasting it."]],
    ],
    ["no longer description", { description: "d".repeat(1025) }, [["description", "A description has at most 1024 characters."]]],
    ["a severity", { severity: "high" }, [["severity", "Choose a severity."]]],
    ["a tag", { scope: { kind: "tag", tag: " rack-A " } }, []],
    ["a tag that is one", { scope: { kind: "tag", tag: " " } }, [["scope.tag", "A tag has at least one character."]]],
    ["a scope", { scope: { kind: "rack" } }, [["scope.kind", "Choose a node, a tag, all nodes or the region."]]],
    ["no metric of nodes for the region", { scope: { kind: "region" } }, [["scope", "Used CPU is of nodes, and not of the region."]]],
    [
      "no metric of the region for nodes",
      { scope: { kind: "all" }, rule: defaultRule("regionHeadroom") },
      [["scope", "VM memory left after losing any one node is of the region, and not of a node."]],
    ],
    ["the region for its metric", { scope: { kind: "region" }, rule: defaultRule("regionHeadroom") }, []],
    ["targets that are", { actions: { OK: ["ops"] } }, [["actions.OK.0", "This is not somebody who can be notified."]]],
    ["a good rule", { rule: ruleOf(6, 5) }, [["rule.datapointsToAlarm", "At most 5 of 5 datapoints can be beyond the threshold."]]],
  ] as const)("has %s", (_, facts, expected) => expect(refusals(AlarmForm, form(facts))).toEqual(expected));

  it("keeps a tag as tags are kept", () =>
    expect(AlarmForm.parse(form({ scope: { kind: "tag", tag: " rack-A " } })).scope).toEqual({ kind: "tag", tag: "rack-A" }));
});

describe("a value", () => {
  it("is stored without its unit, and typed with it", () => {
    expect([MEASURES.share.stored(57), MEASURES["bit/s"].stored(250), MEASURES.byte.stored(4)]).toEqual([0.57, 250e6, 2 ** 32]);
  });
  it("comes back to the field as it was typed", () => {
    for (const { stored, typed } of Object.values(MEASURES))
      for (const value of [0, 0.1, 1.1, 7, 28.7, 57, 80, 99.95]) expect(typed(stored(value))).toBe(value);
  });
  it("is shown as finely as thresholds differ", () => {
    const shown = [
      MEASURES.share.show(0.804),
      MEASURES["bit/s"].show(8e9),
      MEASURES["byte/s"].show(2.5e8),
      MEASURES.load.show(12),
      MEASURES.s.show(90),
      MEASURES.s.show(7200),
      MEASURES.byte.show(-(2 ** 35)),
      MEASURES.count.show(3),
    ];
    expect(shown).toEqual(["80.4 %", "8 Gb/s", "250 MB/s", "12.00", "90 s", "2 h", "-32 GiB", "3"]);
  });
});

describe("a rule in words", () => {
  it("is short in a list and longer in a message", () => {
    expect(ruleWords(ruleOf(3, 5))).toBe("Used CPU, average > 80 %");
    expect(ruleWords(ruleOf(3, 5, { statistic: "p95" }))).toBe("Used CPU, p95 > 80 %");
    const failed = ruleOf(1, 1, { metric: "status", parameter: "Failed", operator: "GreaterThanOrEqualToThreshold", threshold: 1 });
    expect(ruleWords(failed)).toBe("Status is Failed");
    expect(ruleWords({ ...failed, operator: "LessThanThreshold" })).toBe("Status is not Failed");
    expect(ruleWords(ruleOf(1, 1, { metric: "maintenanceReady", operator: "LessThanThreshold", threshold: 1 }))).toBe(
      "Can be taken out: no",
    );
    // Always so, whatever the flag says: the numbers tell it.
    expect(ruleWords({ ...failed, threshold: 0 })).toBe("Status Failed, average >= 0");
    expect(conditionWords(failed)).toBe("Status is Failed, 1 out of 1 datapoint of 1 minute");
    expect(conditionWords(ruleOf(3, 5))).toBe("Greater than 80 %, 3 out of 5 datapoints of 1 minute");
  });
  it("names the status", () => expect(watchedLabel({ metric: "status", parameter: "InMaintenance" })).toBe("Status In maintenance"));
});
