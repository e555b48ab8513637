import { sampleVm } from "./vm.sample";
import { expect, it } from "vitest";
import { sampleInventory } from "./inventory.sample";
import { vmMemory } from "./vm-memory";

const GIB = 2 ** 30;
const vm = (state: string, gib: number) => sampleVm(state, { state, memoryBytes: gib * GIB });
const node = (running: boolean, ...vms: ReturnType<typeof vm>[]) =>
  sampleInventory({ hypervisor: { libvirt: "11.3.0", qemu: null, running }, memory: { totalBytes: 64 * GIB }, vms });

it("counts what running and paused machines hold, and what is left", () => {
  expect(vmMemory(node(true, vm("running", 16), vm("paused", 8), vm("shut off", 32), vm("crashed", 4)))).toEqual({
    totalBytes: 24 * GIB,
    availableBytes: 40 * GIB,
  });
});

it("never leaves less than nothing", () =>
  expect(vmMemory(node(true, vm("running", 96)))).toEqual({ totalBytes: 96 * GIB, availableBytes: 0 }));

it("knows nothing without a hypervisor", () => expect(vmMemory(node(false))).toBeNull());
