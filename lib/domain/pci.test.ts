import { describe, expect, it } from "vitest";
import type { Inventory } from "./inventory";
import { sampleLink } from "./inventory.sample";
import { deviceAt, deviceName, passthrough, pciRows } from "./pci";
import { sampleVm } from "./vm.sample";

type Device = Inventory["pci"][number];
const device = (facts: Partial<Device> = {}): Device => ({
  slot: "0000:81:00.0",
  classId: "0302",
  className: "3D controller",
  vendorId: "10de",
  vendor: "NVIDIA Corporation",
  deviceId: "26b9",
  device: "AD102GL [L40S]",
  driver: "vfio-pci",
  iommuGroup: 40,
  ...facts,
});
const judged = (one: Device, others: Device[] = [], links = [] as Inventory["links"]) => passthrough(one, { pci: [one, ...others], links });

describe("a PCI device", () => {
  it("is enabled when it is set aside, or alone with a driver that lets go, or has none", () => {
    expect(judged(device())).toEqual({ enabled: true, reason: "Set aside for virtual machines." });
    expect(judged(device({ driver: "nvidia" }))).toEqual({ enabled: true, reason: "Alone in its IOMMU group." });
    expect(judged(device({ driver: null }))).toEqual({ enabled: true, reason: "Alone in its IOMMU group." });
  });

  it("is blocked without an IOMMU group", () => {
    expect(judged(device({ iommuGroup: null }))).toMatchObject({
      enabled: false,
      reason: expect.stringContaining("No IOMMU group") as string,
    });
  });

  it("is blocked when it is a part of the machine: bridges, timers, SMBus, memory", () => {
    for (const classId of ["0600", "0604", "0880", "0c05", "0500", "0b00"])
      expect(judged(device({ classId }))).toEqual({ enabled: false, reason: "Part of the machine itself." });
    for (const classId of ["0108", "0107", "0200", "0207", "0300", "0403", "0c03", "0b40", "1080", "1200"])
      expect(judged(device({ classId })).enabled).toBe(true);
  });

  it("is blocked by a neighbour in its group that the host uses, also when it is set aside itself", () => {
    const audio = device({ slot: "0000:81:00.1", classId: "0403", driver: "snd_hda_intel" });
    expect(judged(device(), [audio])).toEqual({
      enabled: false,
      reason: "Shares IOMMU group 40 with 0000:81:00.1, which the host uses.",
    });
    expect(judged(device(), [{ ...audio, driver: "vfio-pci" }]).enabled).toBe(true);
    expect(judged(device(), [{ ...audio, driver: null }]).enabled).toBe(true);
    expect(judged(device(), [{ ...audio, iommuGroup: 41 }]).enabled).toBe(true);
    expect(judged(device(), [{ ...audio, classId: "0604", driver: "pcieport" }]).enabled).toBe(true);
  });

  it("is blocked while the host's network runs over it", () => {
    const card = device({ slot: "0000:41:00.0", classId: "0200", driver: "mlx5_core" });
    const member = sampleLink({ name: "ens1f0", pciSlot: card.slot, master: "bond0" });
    expect(judged(card, [], [member])).toEqual({ enabled: false, reason: "The host uses it as network link ens1f0." });
    expect(judged(card, [], [{ ...member, master: null }]).enabled).toBe(true);
    expect(judged(card, [], [{ ...member, adminUp: false }]).enabled).toBe(true);
  });

  it("is listed with its virtual machines, the usable first, then by slot", () => {
    const vm = sampleVm("train-1", { passthrough: ["0000:a1:00.0"] });
    const pci = [
      device({ slot: "0000:00:00.0", classId: "0600" }),
      device({ slot: "0000:61:00.0", classId: "0108", driver: "nvme", iommuGroup: 7 }),
      device({ slot: "0000:a1:00.0", iommuGroup: 43 }),
      device(),
    ];
    expect(pciRows({ pci, links: [], vms: [vm] }).map((row) => [row.device.slot, row.passthrough.enabled, row.vms.length])).toEqual([
      ["0000:81:00.0", true, 0],
      ["0000:a1:00.0", true, 1],
      ["0000:61:00.0", true, 0],
      ["0000:00:00.0", false, 0],
    ]);
    expect(deviceName(device())).toBe("AD102GL [L40S]");
    expect(deviceName(device({ device: null }))).toBe("Device 10de:26b9");
    expect(deviceAt("0000:81:00.0", [device()])).toBe("AD102GL [L40S] (0000:81:00.0)");
    expect(deviceAt("0000:82:00.0", [device()])).toBe("0000:82:00.0");
  });
});
