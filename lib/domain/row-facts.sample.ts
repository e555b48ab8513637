/** For tests: a row of the list as a node has it, in rack-A and nothing measured. */
import type { RowFacts } from "./row-facts";

const GIB = 2 ** 30;

export const sampleRow = (facts: Partial<RowFacts> = {}): RowFacts => ({
  name: "compute-west-01",
  ip: "10.20.1.21",
  role: "Worker",
  status: "Active",
  candidate: false,
  vcpus: 128,
  memoryBytes: 512 * GIB,
  vmMemoryTotalBytes: 321 * GIB,
  vmMemoryAvailableBytes: 191 * GIB,
  storageBytes: 15_360_950_534_144,
  bootedAt: "2026-08-29T12:00:00.000Z",
  inspectedAt: "2026-11-25T12:00:00.000Z",
  hostKeyChanged: false,
  tags: ["rack-A"],
  macs: ["b8:ce:f6:01:02:03"],
  metrics: null,
  operation: null,
  ...facts,
});

export const measured = (cpu: number, networkRx = 0, networkTx = 0): NonNullable<RowFacts["metrics"]> => ({
  cpu: { last: cpu },
  memory: { last: 0.5 },
  networkRx: { last: networkRx },
  networkTx: { last: networkTx },
  sampledAt: "2026-11-25T12:00:00.000Z",
});
