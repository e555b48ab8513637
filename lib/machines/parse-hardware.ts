/** Processors, disks and PCI devices, from /proc, /sys, `lsblk`, `smartctl` and `lspci`. */
import type { Inventory } from "@/lib/domain/inventory";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, blocks, cosmetic, filesOf, identity, integer, linesOf, symlinksOf } from "@/lib/machines/parse-text";

const MAX_CPUS = 65_536;
const MAX_SIBLINGS = 64;
const MAX_FLAGS = 400;
const MAX_DISKS = 512;
const MAX_PCI = 1024;
const MAX_BYTES = 2 ** 52;
const SECTOR_BYTES = 512;

export function parseCpu(from: Sections): Inventory["cpu"] {
  const info = blocks(linesOf(from, "cpuinfo"), ":")[0] ?? new Map<string, string>();
  const keys = new Map([...info].map(([key, value]) => [key.trim(), value]));
  const named = blocks(linesOf(from, "lscpu"), ":")[0];
  const flags = (keys.get("flags") ?? keys.get("Features") ?? named?.get("Flags") ?? "").split(/\s+/).filter((flag) => /^[\w.-]{1,32}$/.test(flag));
  // Processors of unequal cores name a model for each kind.
  const models = [...new Set(linesOf(from, "lscpu").flatMap((line) => /^Model name:\s+(.*)$/.exec(line)?.[1] ?? []))].join(" + ");
  const model = keys.get("model name") ?? (models || keys.get("cpu model")) ?? keys.get("cpu");
  return { model: cosmetic(model, 160), ...topologyOf(from), flags: flags.slice(0, MAX_FLAGS) };
}

/**
 * Only CPUs that are online count, as in `lscpu`. A core is a set of sibling threads: that holds for cores of unequal size
 * and for numbers that begin anew on each socket.
 */
function topologyOf(from: Sections): Pick<Inventory["cpu"], "sockets" | "cores" | "threads"> {
  const online = cpuList(filesOf(linesOf(from, "files")).get("/sys/devices/system/cpu/online")?.[0]);
  const counted = integer(linesOf(from, "processors")[0], MAX_CPUS) ?? 0;
  const threads = online.size || counted;
  if (threads === 0) throw new BadAnswer("it names no processor");
  const cores = linesOf(from, "siblings").filter((list) => [...cpuList(list, MAX_SIBLINGS)].some((cpu) => online.has(cpu))).length;
  const sockets = linesOf(from, "packages").length;
  return { threads, cores: Math.min(cores || threads, threads), sockets: Math.min(sockets || 1, threads) };
}

/** "0-3,8" as a set of at most `max`. */
function cpuList(text: string | undefined, max = MAX_CPUS): Set<number> {
  const cpus = new Set<number>();
  for (const range of text?.split(",") ?? []) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range.trim());
    if (!match) continue;
    for (let cpu = Number(match[1]); cpu <= Number(match[2] ?? match[1]) && cpus.size < max; cpu++) cpus.add(cpu);
  }
  return cpus;
}

type Disk = Inventory["disks"][number];
type RawDisk = { name: string; model: string; vendor: string; serial: string; size: number; rotating: boolean; transport: string; wwn: string };

/** Not hardware, though the kernel calls them disks: memory, loops, volumes of ZFS, network devices, boot areas of flash. */
const NOT_A_DISK = /^(loop|ram|zram|zd|nbd|rbd|drbd|dm-|md|sr|fd|mtdblock)\d|boot\d$|^nvme\d+c\d+n/;
const VIRTUAL = /QEMU|VMware|VBOX|Virtual|Msft/i;

export function parseDisks(from: Sections): Disk[] {
  const files = filesOf(linesOf(from, "files"));
  const listed = lsblkDisks(linesOf(from, "disks"));
  const raw = (listed.length ? listed : sysDisks(files)).filter(({ name, size }) => size > 0 && !NOT_A_DISK.test(name));
  const health = healthOf(linesOf(from, "smart"));
  // A disk behind two controllers shows twice with one world wide name.
  const seen = new Set<string>();
  const disks = raw.filter(({ wwn, serial, size }) => wwn === "" || (!seen.has(`${wwn} ${serial} ${size}`) && seen.add(`${wwn} ${serial} ${size}`)));
  if (disks.length > MAX_DISKS) throw new BadAnswer(`it names more than ${MAX_DISKS} disks`);
  return disks.map((disk) => diskOf(disk, files, health));
}

function diskOf(disk: RawDisk, files: ReadonlyMap<string, readonly string[]>, health: ReadonlyMap<string, Disk["health"]>): Disk {
  const read = (attribute: string): string => files.get(`/sys/block/${disk.name}/${attribute}`)?.[0]?.trim() ?? "";
  const model = disk.model || read("device/model");
  return {
    name: identity(disk.name, 64, "a disk name"),
    model: cosmetic(model, 128),
    serial: cosmetic(disk.serial || read("device/serial") || read("serial"), 128),
    sizeBytes: disk.size,
    type: diskType(disk, `${disk.vendor} ${model}`),
    health: health.get(disk.name) ?? null,
  };
}

function diskType({ name, transport, rotating }: RawDisk, maker: string): Disk["type"] {
  if (/^(vd|xvd)/.test(name)) return "virtual";
  if (transport === "nvme" || name.startsWith("nvme")) return "nvme";
  if (VIRTUAL.test(maker)) return "virtual";
  return rotating ? "hdd" : "ssd";
}

/** `lsblk -P`: NAME="sda" SIZE="480103981056" …, in which bytes outside printable text stand as \xNN. */
function lsblkDisks(lines: readonly string[]): RawDisk[] {
  return lines.flatMap((line) => {
    const values = new Map([...line.matchAll(/([A-Z:-]{1,16})="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value ?? "").trim()]));
    const read = (key: string): string => values.get(key) ?? "";
    if (read("TYPE") !== "disk") return [];
    const texts = { name: read("NAME"), model: read("MODEL"), vendor: read("VENDOR"), serial: read("SERIAL"), transport: read("TRAN"), wwn: read("WWN") };
    return [{ ...texts, size: integer(read("SIZE"), MAX_BYTES) ?? 0, rotating: read("ROTA") === "1" }];
  });
}

const unescape = (text: string): string => text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The same from /sys/block alone, where there is no lsblk. */
function sysDisks(files: ReadonlyMap<string, readonly string[]>): RawDisk[] {
  return [...files.keys()].flatMap((path) => {
    const name = /^\/sys\/block\/([^/]+)\/size$/.exec(path)?.[1];
    if (!name) return [];
    const read = (attribute: string): string => files.get(`/sys/block/${name}/${attribute}`)?.[0]?.trim() ?? "";
    const texts = { name, model: "", vendor: read("device/vendor"), serial: "", transport: "", wwn: read("device/wwid") };
    return [{ ...texts, size: (integer(read("size"), MAX_BYTES / SECTOR_BYTES) ?? 0) * SECTOR_BYTES, rotating: read("queue/rotational") === "1" }];
  });
}

/** `disk sda` followed by what `smartctl -H` said: ATA says PASSED or FAILED!, SCSI says OK or the fault. */
function healthOf(lines: readonly string[]): Map<string, Disk["health"]> {
  const found = new Map<string, Disk["health"]>();
  let name = "";
  for (const line of lines) {
    if (line.startsWith("disk ")) name = line.slice(5);
    const verdict = /^(?:SMART overall-health self-assessment test result|SMART Health Status): *(\S+)/.exec(line)?.[1];
    if (name && verdict) found.set(name, verdict === "PASSED" || verdict === "OK" ? "ok" : "failing");
  }
  return found;
}

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
  const target = (slot: string, what: string): string | null => symlinks.get(`/sys/bus/pci/devices/${slot}/${what}`)?.split("/").at(-1) ?? null;
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
  const [kind, vendor, device] = [nameAndId(block.get("Class"), 128), nameAndId(block.get("Vendor"), 128), nameAndId(block.get("Device"), 160)];
  if (!SLOT.test(slot) || !kind || !vendor || !device) return [];
  const ids = { slot, classId: kind.id, vendorId: vendor.id, deviceId: device.id };
  const board = nameAndId(block.get("SDevice"), 128)?.name ?? null;
  return [{ device: { ...ids, className: kind.name, vendor: vendor.name, device: device.name }, driver: block.get("Driver") ?? null, board }];
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
    const read = (attribute: string): string => files.get(`/sys/bus/pci/devices/${slot}/${attribute}`)?.[0]?.trim().replace(/^0x/, "") ?? "";
    const [classId, vendorId, deviceId] = [read("class").slice(0, 4), read("vendor"), read("device")];
    if (!SLOT.test(slot) || ![classId, vendorId, deviceId].every((id) => HEX.test(id))) return [];
    const names = { className: CLASSES[classId] ?? null, vendor: VENDORS[vendorId] ?? null, device: null };
    return [{ device: { slot, classId, vendorId, deviceId, ...names }, driver: null, board: null }];
  });
}
