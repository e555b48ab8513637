/** What is broken of a simulated server, as the survey prints it, and what its surveys would have said in the past. */
import type { Exec } from "@/lib/demo/exec";
import type { DemoServer } from "@/lib/demo/fleet";
import { linksNow } from "@/lib/demo/inventory-text";
import { mdLines } from "@/lib/demo/pools";
import { firstState, type MachineState } from "@/lib/demo/state";
import { hypervisorRuns } from "@/lib/demo/units";
import { firstVms, partitionsOf } from "@/lib/demo/workload";
import { surveyedValues, type Surveyed } from "@/lib/domain/survey";
import { parseHealth } from "@/lib/machines/parse-health";

/** The parts of the answer, by name: see lib/machines/scripts/health.ts. */
export function healthParts(server: DemoServer, state: MachineState, faults: Exec["faults"]): ReadonlyMap<string, string[]> {
  const cards = linksNow(server, faults.linkDown ?? []).filter(({ type, adminUp }) => type === "ethernet" && adminUp);
  const inUse = cards.filter(({ addresses, master }) => addresses.length > 0 || master !== null);
  return new Map([
    ["links", inUse.map(({ name, carrier }) => `link ${name} ${carrier === false ? 0 : 1}`)],
    ["disks", server.hardware.disks.map(({ name, health }) => `smart ${name} ${health === "failing" ? 8 : 0}`)],
    [
      "pools",
      [...mdLines(server, faults).map((line) => `md ${line}`), ...(hypervisorRuns(state) ? ["libvirt  images   active   yes"] : [])],
    ],
  ]);
}

/** What its surveys say at `at` (seconds since 1970) as long as nobody does anything to it. */
export function quietSurveys(server: DemoServer): (at: number) => Surveyed {
  const state = firstState(server, 0);
  const steady = {
    services: [],
    failedServices: server.failedUnits,
    vms: hypervisorRuns(state) ? firstVms(server) : null,
    ...parseHealth(healthParts(server, state, {})),
  };
  return (at) => surveyedValues({ ...steady, partitions: partitionsOf(server, at) }, server.hardware.memory.totalBytes);
}
