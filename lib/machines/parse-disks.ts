/** Physical disks, from `lsblk`, /sys/block and `smartctl`. */
import type { Inventory } from "@/lib/domain/inventory";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, cosmetic, filesOf, identity, integer, linesOf, MAX_BYTES } from "@/lib/machines/parse-text";

const MAX_DISKS = 512;
const SECTOR_BYTES = 512;

type Disk = Inventory["disks"][number];
type RawDisk = {
  name: string;
  model: string;
  vendor: string;
  serial: string;
  size: number;
  rotating: boolean;
  transport: string;
  wwn: string;
};

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
  const disks = raw.filter(
    ({ wwn, serial, size }) => wwn === "" || (!seen.has(`${wwn} ${serial} ${size}`) && seen.add(`${wwn} ${serial} ${size}`)),
  );
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
    const texts = {
      name: read("NAME"),
      model: read("MODEL"),
      vendor: read("VENDOR"),
      serial: read("SERIAL"),
      transport: read("TRAN"),
      wwn: read("WWN"),
    };
    return [{ ...texts, size: integer(read("SIZE"), MAX_BYTES) ?? 0, rotating: read("ROTA") === "1" }];
  });
}

const unescape = (text: string): string =>
  text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The same from /sys/block alone, where there is no lsblk. */
function sysDisks(files: ReadonlyMap<string, readonly string[]>): RawDisk[] {
  return [...files.keys()].flatMap((path) => {
    const name = /^\/sys\/block\/([^/]+)\/size$/.exec(path)?.[1];
    if (!name) return [];
    const read = (attribute: string): string => files.get(`/sys/block/${name}/${attribute}`)?.[0]?.trim() ?? "";
    const texts = { name, model: "", vendor: read("device/vendor"), serial: "", transport: "", wwn: read("device/wwid") };
    return [
      { ...texts, size: (integer(read("size"), MAX_BYTES / SECTOR_BYTES) ?? 0) * SECTOR_BYTES, rotating: read("queue/rotational") === "1" },
    ];
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
