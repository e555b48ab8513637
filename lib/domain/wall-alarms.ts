/** Which colour of a wall shows what an alarm is about: the rotation stops there when it rings. */
import type { AlarmMetricId } from "./alarms/metrics";
import type { ColorId } from "./heatmap-choices";

/** null: no colour shows it. */
export const COLOR_OF_ALARM = {
  cpu: "used-cpu",
  load: "used-cpu",
  memory: "used-memory",
  vmMemoryAvailable: "used-memory",
  regionHeadroom: "used-memory",
  networkRx: "throughput",
  networkTx: "throughput",
  throughput: "throughput",
  linksDown: "throughput",
  status: "status",
  heartbeatAge: "status",
  diskBusy: null,
  freeRoot: null,
  freeLog: null,
  freeData: null,
  freeContainers: null,
  disksFailing: null,
  poolsDegraded: null,
  servicesDown: null,
  maintenanceReady: null,
} as const satisfies Record<AlarmMetricId, ColorId | null>;
