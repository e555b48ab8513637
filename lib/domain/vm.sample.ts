/** For tests only: a virtual machine that runs, of two vCPUs and 4 GiB, with its disks where every node reaches them. */
import type { Vm } from "./inventory";

const GIB = 2 ** 30;

/** Its name is its UUID, too, unless the facts say otherwise. */
export const sampleVm = (name: string, facts: Partial<Vm> = {}): Vm => ({
  uuid: name,
  name,
  state: "running",
  vcpus: 2,
  memoryBytes: 4 * GIB,
  passthrough: [],
  storage: "shared",
  networks: ["bridge br0"],
  cpu: "host-model",
  ...facts,
});
