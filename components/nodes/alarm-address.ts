import type { AlarmMetricId } from "@/lib/domain/alarms/metrics";

/** The form of a new alarm of a node, with a metric chosen or not. */
export const newAlarm = (nodeId: string, metric?: AlarmMetricId): string =>
  `/alarms/new?node=${nodeId}${metric ? `&metric=${metric}` : ""}`;
