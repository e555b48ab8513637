import { expect, it } from "vitest";
import { summaryOf } from "@/components/charts/chart";
import { Bins } from "@/lib/domain/history";
import type { HistoryAnswer } from "@/lib/domain/history-request";
import { encodeValue, METRIC_IDS, type MetricId } from "@/lib/domain/metrics";
import { chartOf, CHARTS } from "./charts";

/** A week in points of a quarter of an hour; at one moment of it everything was at its worst for ten seconds. */
const WEEK = 7 * 86_400;
const STEP = 900;
const MOMENT = 3 * 86_400 + 120;
const usual: Partial<Record<MetricId, number>> = { networkRx: 1e6, networkTx: 1e6, diskRead: 1e6, diskWrite: 1e6, load: 1 };
const peak: Partial<Record<MetricId, number>> = {
  networkRx: 8e9,
  networkTx: 8e9,
  diskRead: 1e9,
  diskWrite: 1e9,
  load: 90,
  cpu: 1,
  memory: 1,
  diskBusy: 1,
};

function week(): HistoryAnswer {
  const bins = new Bins(0, STEP, WEEK / STEP);
  for (let at = 0; at < WEEK; at += 60)
    for (const [metric, id] of METRIC_IDS.entries()) {
      const value = at === MOMENT ? (peak[id] ?? 0) : (usual[id] ?? 0.5);
      bins.add(metric, at, 60, encodeValue(id, value));
    }
  return { ...bins.history(), median: null, marks: [], marksInAll: 0, statuses: [], joined: 0 };
}

it("a minute at its worst is in every chart of a week, as the least or the most of its line", () => {
  const answer = week();
  for (const row of CHARTS) {
    const chart = chartOf(row, answer, false);
    for (const line of chart.lines) {
      const id = line.id as MetricId; // a line is a metric where nothing is compared
      const { least, most } = summaryOf(line);
      const worst = (id.startsWith("free") ? least : most) ?? Number.NaN;
      expect(Math.abs(worst - (peak[id] ?? 0)), `${row.title}: ${line.label}`).toBeLessThanOrEqual((peak[id] ?? 0) * 0.002);
    }
  }
});
