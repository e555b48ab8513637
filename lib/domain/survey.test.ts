import { sampleVm } from "./vm.sample";
import { expect, it } from "vitest";
import { sampleInventory } from "./inventory.sample";
import { freeSpace, Survey, withSurvey } from "./survey";

const GIB = 2 ** 30;
const partition = (mount: string, usedGiB: number, availableGiB: number) => ({
  mount,
  filesystem: "ext4",
  sizeBytes: Math.round((usedGiB + availableGiB) * 1.05 * GIB),
  usedBytes: usedGiB * GIB,
  availableBytes: availableGiB * GIB,
});
const service = (name: string, state: string) => ({ name, state, subState: state, cpuSeconds: 1, memoryBytes: 1, restarts: 0 });
const vm = (name: string, state: string) => sampleVm(name, { state, vcpus: 1, memoryBytes: GIB });

const INVENTORY = {
  ...sampleInventory(),
  partitions: [partition("/", 1, 1)],
  services: [
    service("a.service", "active"),
    service("b.service", "active"),
    service("c.service", "failed"),
    service("d.service", "inactive"),
  ],
  vms: [vm("one", "running"), vm("two", "shut off"), vm("three", "paused"), vm("four", "running")],
};
const SURVEY: Survey = {
  partitions: [partition("/", 1, 3), partition("/var/log", 9, 1)],
  services: [
    { name: "a.service", cpuSeconds: 7, memoryBytes: 8 },
    { name: "c.service", cpuSeconds: 9, memoryBytes: null },
  ],
  failedServices: ["b.service"],
  vms: [vm("one", "shut off"), vm("two", "running"), vm("five", "paused")],
};

it("counts as free what users may have", () =>
  expect(freeSpace(SURVEY.partitions)).toEqual({ freeRoot: 0.75, freeLog: 0.1, freeData: null, freeContainers: null }));

it("knows better what changes from minute to minute, and leaves the rest", () => {
  const merged = withSurvey(INVENTORY, SURVEY);
  expect(merged.partitions).toBe(SURVEY.partitions);
  expect(merged.services.map(({ state, cpuSeconds }) => `${state} ${cpuSeconds}`)).toEqual([
    "active 7",
    "failed 1",
    "active 9",
    "inactive 1",
  ]);
  expect(merged.vms.map(({ name, state }) => `${name} ${state}`)).toEqual(["one shut off", "two running", "five paused"]);
  expect(merged.disks).toBe(INVENTORY.disks);
});

it("takes nothing for known that was not answered", () => {
  const merged = withSurvey(INVENTORY, { partitions: [], services: [], failedServices: [], vms: null });
  expect(merged).toEqual(INVENTORY);
});

it("reads what an earlier version kept, without its virtual machines", () => {
  const before = { ...SURVEY, vms: [{ name: "one", running: true, vcpus: 1, memoryBytes: GIB }] };
  expect(Survey.parse(before)).toEqual({ ...SURVEY, vms: null });
  expect(Survey.parse(SURVEY)).toEqual(SURVEY);
});
