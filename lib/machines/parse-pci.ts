/** PCI devices, from `lspci` or, where it is missing, from /sys alone. */
import type { Inventory } from "@/lib/domain/inventory";
import type { Sections } from "@/lib/machines/parse-text";
import { blocks, cosmetic, filesOf, integer, linesOf, symlinksOf } from "@/lib/machines/parse-text";

const MAX_PCI = 1024;

/** Devices by slot, and the names of the boards they sit on (the subsystem), which say more of a network card than its chip. */
export type Pci = { devices: Inventory["pci"]; boards: ReadonlyMap<string, string> };

const SLOT = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/;
const HEX = /^[0-9a-f]{4}$/;
/** For hosts without `lspci`: the makers a server is most likely to hold, and the classes people look for. */
const VENDORS: Readonly<Record<string, string>> = {
  "8086": "Intel Corporation",
  "1022": "Advanced Micro Devices, Inc. [AMD]",
  "1002": "Advanced Micro Devices, Inc. [AMD/ATI]",
  "10de": "NVIDIA Corporation",
  "15b3": "Mellanox Technologies",
  "14e4": "Broadcom Inc. and subsidiaries",
  "1077": "QLogic Corp.",
  "1000": "Broadcom / LSI",
  "9005": "Adaptec",
  "144d": "Samsung Electronics Co Ltd",
  "1344": "Micron Technology Inc",
  "1af4": "Red Hat, Inc.",
  "1b36": "Red Hat, Inc.",
  "1a03": "ASPEED Technology, Inc.",
};
const CLASSES: Readonly<Record<string, string>> = {
  "0107": "Serial Attached SCSI controller",
  "0108": "Non-Volatile memory controller",
  "0200": "Ethernet controller",
  "0207": "Infiniband controller",
  "0300": "VGA compatible controller",
  "0302": "3D controller",
  "0600": "Host bridge",
  "0604": "PCI bridge",
};

export function parsePci(from: Sections, missing: string[]): Pci {
  const listed = blocks(linesOf(from, "pci"), ":");
  const rows = listed.length ? listed.flatMap(lspciRow) : sysRows(filesOf(linesOf(from, "files")));
  const symlinks = symlinksOf(linesOf(from, "symlinks"));
  const target = (slot: string, what: string): string | null =>
    symlinks.get(`/sys/bus/pci/devices/${slot}/${what}`)?.split("/").at(-1) ?? null;
  const unique = [...new Map(rows.map((row) => [row.device.slot, row])).values()].sort((a, b) => (a.device.slot < b.device.slot ? -1 : 1));
  if (unique.length > MAX_PCI) missing.push(`Only ${MAX_PCI} of ${unique.length} PCI devices are kept.`);
  const devices = unique.slice(0, MAX_PCI).map(({ device, driver }) => ({
    ...device,
    driver: cosmetic(target(device.slot, "driver") ?? driver, 64),
    iommuGroup: integer(target(device.slot, "iommu_group"), 65_536),
  }));
  return { devices, boards: new Map(unique.flatMap(({ device, board }) => (board ? [[device.slot, board]] : []))) };
}

type PciRow = { device: Omit<Inventory["pci"][number], "driver" | "iommuGroup">; driver: string | null; board: string | null };

function lspciRow(block: ReadonlyMap<string, string>): PciRow[] {
  const slot = block.get("Slot") ?? "";
  const [kind, vendor, device] = [
    nameAndId(block.get("Class"), 128),
    nameAndId(block.get("Vendor"), 128),
    nameAndId(block.get("Device"), 160),
  ];
  if (!SLOT.test(slot) || !kind || !vendor || !device) return [];
  const ids = { slot, classId: kind.id, vendorId: vendor.id, deviceId: device.id };
  const board = nameAndId(block.get("SDevice"), 128)?.name ?? null;
  return [
    { device: { ...ids, className: kind.name, vendor: vendor.name, device: device.name }, driver: block.get("Driver") ?? null, board },
  ];
}

/** "Ethernet controller [0200]". What the host's list of names does not know is called just "Device". */
function nameAndId(text: string | undefined, max: number): { name: string | null; id: string } | null {
  const match = /\[([0-9a-f]{4})\]$/.exec(text ?? "");
  if (match?.[1] === undefined) return null;
  const name = cosmetic(text?.slice(0, match.index), max);
  return { name: name === "Device" || name === "Vendor" || name === "Class" ? null : name, id: match[1] };
}

function sysRows(files: ReadonlyMap<string, readonly string[]>): PciRow[] {
  return [...files.keys()].flatMap((path) => {
    const slot = /^\/sys\/bus\/pci\/devices\/([^/]+)\/class$/.exec(path)?.[1] ?? "";
    const read = (attribute: string): string =>
      files.get(`/sys/bus/pci/devices/${slot}/${attribute}`)?.[0]?.trim().replace(/^0x/, "") ?? "";
    const [classId, vendorId, deviceId] = [read("class").slice(0, 4), read("vendor"), read("device")];
    if (!SLOT.test(slot) || ![classId, vendorId, deviceId].every((id) => HEX.test(id))) return [];
    const names = { className: CLASSES[classId] ?? null, vendor: VENDORS[vendorId] ?? null, device: null };
    return [{ device: { slot, classId, vendorId, deviceId, ...names }, driver: null, board: null }];
  });
}
