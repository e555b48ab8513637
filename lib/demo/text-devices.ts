/** A simulated server's disks and PCI devices as sysfs, lsblk, smartctl and lspci print them. */
import type { Inventory } from "@/lib/domain/inventory";
import type { Card } from "@/lib/demo/catalogue";
import { CARDS } from "@/lib/demo/catalogue";
import { symlink } from "@/lib/demo/text-links";

type Disks = Inventory["disks"];
type Devices = Inventory["pci"];

const SECTOR_BYTES = 512;
const rotates = (disk: Disks[number]): number => Number(disk.type === "hdd");

/** What `grep -H .` prints of the files below /sys/block. NVMe drives have no vendor of their own. */
export const diskFiles = (disks: Disks): string[] =>
  disks.flatMap((disk) => {
    const at = `/sys/block/${disk.name}`;
    const identity = disk.type === "nvme" ? [`${at}/device/serial:${disk.serial}`] : [`${at}/device/vendor:ATA     `];
    return [
      `${at}/size:${disk.sizeBytes / SECTOR_BYTES}`,
      `${at}/queue/rotational:${rotates(disk)}`,
      `${at}/device/model:${disk.type === "nvme" ? disk.model : disk.model?.slice(0, 16)}`,
      ...identity,
    ];
  });

export const diskSymlinks = (disks: Disks): string[] =>
  disks.map(({ name, type }) => {
    const host = type === "nvme" ? `nvme/${name.replace(/n1$/, "")}` : "ata1/host0/target0:0:0/0:0:0:0/block";
    return symlink(`/sys/block/${name}`, `../devices/pci0000:00/0000:00:03.1/${host}/${name}`);
  });

/** What `lsblk -b -d -P` prints. */
export const lsblkLines = (disks: Disks): string[] =>
  disks.map((disk) => {
    const transport = disk.type === "nvme" ? "nvme" : "sata";
    const vendor = disk.type === "nvme" ? "" : "ATA     ";
    return (
      `NAME="${disk.name}" TYPE="disk" SIZE="${disk.sizeBytes}" MODEL="${disk.model}" SERIAL="${disk.serial}" ` +
      `ROTA="${rotates(disk)}" TRAN="${transport}" VENDOR="${vendor}" WWN=""`
    );
  });

/** What `smartctl -H` prints for each disk. */
export const smartLines = (disks: Disks, kernel: string): string[] =>
  disks.flatMap(({ name, health }) => [
    `disk ${name}`,
    `smartctl 7.4 2023-08-01 r5530 [x86_64-linux-${kernel}] (local build)`,
    "Copyright (C) 2002-23, Bruce Allen, Christian Franke, www.smartmontools.org",
    "",
    "=== START OF SMART DATA SECTION ===",
    `SMART overall-health self-assessment test result: ${health === "failing" ? "FAILED!" : "PASSED"}`,
    ...(health === "failing" ? ["- NVM subsystem reliability has been degraded"] : []),
    "",
  ]);

const boardOf = ({ vendorId, deviceId }: Devices[number]): string => {
  const cards: Card[] = Object.values(CARDS);
  return cards.find((card) => card.vendorId === vendorId && card.deviceId === deviceId)?.board ?? "Device";
};

/** What `lspci -Dvmmnnk` prints. */
export const lspciLines = (devices: Devices): string[] =>
  devices.flatMap((device) => [
    `Slot:\t${device.slot}`,
    `Class:\t${device.className} [${device.classId}]`,
    `Vendor:\t${device.vendor} [${device.vendorId}]`,
    `Device:\t${device.device} [${device.deviceId}]`,
    `SVendor:\t${device.vendor} [${device.vendorId}]`,
    `SDevice:\t${boardOf(device)} [0001]`,
    ...(device.driver === null ? [] : [`Driver:\t${device.driver}`, `Module:\t${device.driver}`]),
    "NUMANode:\t0",
    ...(device.iommuGroup === null ? [] : [`IOMMUGroup:\t${device.iommuGroup}`]),
    "",
  ]);

export const pciSymlinks = (devices: Devices): string[] =>
  devices.flatMap(({ slot, driver, iommuGroup }) => {
    const at = `/sys/bus/pci/devices/${slot}`;
    return [
      ...(driver === null ? [] : [symlink(`${at}/driver`, `../../../../bus/pci/drivers/${driver}`)]),
      ...(iommuGroup === null ? [] : [symlink(`${at}/iommu_group`, `../../../../kernel/iommu_groups/${iommuGroup}`)]),
    ];
  });
