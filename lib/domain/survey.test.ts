import { sampleVm } from "./vm.sample";
import { expect, it } from "vitest";
import { sampleInventory } from "./inventory.sample";
import { freeSpace, Survey, surveyedValues, withSurvey } from "./survey";

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
  linksDown: ["ens1f1"],
  disksFailing: ["sda", "nvme1n1"],
  poolsDegraded: [],
};
const NOTHING: Survey = {
  partitions: [],
  services: [],
  failedServices: null,
  vms: null,
  linksDown: null,
  disksFailing: null,
  poolsDegraded: null,
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
  expect(merged.disks).toEqual(INVENTORY.disks);
});

it("knows of a service that it was stopped, and of one that failed that it was let go", () => {
  const states = (alsoUp: string[] | undefined) =>
    withSurvey(
      { ...INVENTORY, services: [service("gone", "active"), service("let go", "failed"), service("one-shot", "active")] },
      { ...SURVEY, ...(alsoUp && { alsoUp }) },
    ).services.map(({ state, cpuSeconds, memoryBytes }) => [state, cpuSeconds, memoryBytes]);
  expect(states(["one-shot"])).toEqual([
    ["inactive", null, null],
    ["inactive", null, null],
    ["active", 1, 1],
  ]);
  // systemd did not answer.
  expect(states(undefined).map(([state]) => state)).toEqual(["active", "failed", "active"]);
});

it("knows of a disk that it fails before an inspection does, and believes an inspection that it failed", () => {
  const [disk] = INVENTORY.disks;
  if (!disk) throw new Error("The sample has a disk.");
  const health = (known: typeof disk.health, disksFailing: string[] | null) =>
    withSurvey({ ...INVENTORY, disks: [{ ...disk, health: known }] }, { ...SURVEY, disksFailing }).disks.map((one) => one.health);
  expect([health("ok", [disk.name]), health(null, [disk.name]), health("ok", ["sdz"]), health("failing", []), health("ok", null)]).toEqual([
    ["failing"],
    ["failing"],
    ["ok"],
    ["failing"],
    ["ok"],
  ]);
});

it("takes nothing for known that was not answered", () => {
  expect(withSurvey(INVENTORY, NOTHING)).toEqual(INVENTORY);
});

it("counts what is broken, and what is left for virtual machines as the list does", () => {
  expect(surveyedValues(SURVEY, 8 * GIB)).toEqual({
    ...freeSpace(SURVEY.partitions),
    vmMemoryAvailable: 6 * GIB,
    linksDown: 1,
    disksFailing: 2,
    poolsDegraded: 0,
    servicesDown: 1,
  });
  expect(surveyedValues(SURVEY, GIB).vmMemoryAvailable).toBe(0);
  expect(surveyedValues({ ...SURVEY, vms: [] }, 8 * GIB).vmMemoryAvailable).toBe(8 * GIB);
});

it("knows no value of what did not answer, and none without a survey of the last minutes", () => {
  expect(surveyedValues(SURVEY, GIB, 180)).toEqual(surveyedValues(SURVEY, GIB));
  expect(surveyedValues(SURVEY, GIB, 181)).toEqual(surveyedValues(null, GIB));
  expect(surveyedValues(SURVEY, null).vmMemoryAvailable).toBeNull();
  for (const survey of [NOTHING, null]) expect(Object.values(surveyedValues(survey, GIB)).every((value) => value === null)).toBe(true);
});

it("reads what an earlier version kept, without its virtual machines", () => {
  const before = { ...SURVEY, vms: [{ name: "one", running: true, vcpus: 1, memoryBytes: GIB }] };
  expect(Survey.parse(before)).toEqual({ ...SURVEY, vms: null });
  expect(Survey.parse(SURVEY)).toEqual(SURVEY);
  const { partitions, services, failedServices } = SURVEY;
  expect(Survey.parse({ partitions, services, failedServices, vms: [] })).toEqual({
    ...NOTHING,
    partitions,
    services,
    failedServices,
    vms: [],
  });
});
