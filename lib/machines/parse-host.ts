/** What runs on a machine: system, hypervisor with its VMs, services, partitions. */
import type { Inventory, Vm } from "@/lib/domain/inventory";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, blocks, cosmetic, filesOf, identity, integer, linesOf } from "@/lib/machines/parse-text";

const KIB = 1024;
const MAX_BYTES = 2 ** 52;
const MAX_COUNT = 65_536;
const MAX_VMS = 4096;
const MAX_SERVICES = 512;
const MAX_PARTITIONS = 128;
const NANOSECONDS = 1_000_000_000;

const bytesOfKib = (text: string | undefined): number | null => {
  const kib = integer(text, MAX_BYTES / KIB);
  return kib === null ? null : kib * KIB;
};

/** Numbers that makers ship instead of one of their own, among them the all-zero and all-F ones. */
const BOGUS_UUIDS = new Set([
  "03000200-0400-0500-0006-000700080009",
  "12345678-1234-5678-90ab-cddeefaabbcc",
  "12345678-1234-1234-1234-123456789abc",
  "00020003-0004-0005-0006-000700080009",
]);
const BOGUS_TEXT = /^(to be filled by o\.?e\.?m\.?|default string|not specified|system (serial number|product name|manufacturer)|none|n\/a|0+|x+|\.+|0123456789|123456789)$/i;

const honest = (text: string | null): string | null => (text && BOGUS_TEXT.test(text) ? null : text);

export function parseSystem(from: Sections): Inventory["system"] {
  const dmi = filesOf(linesOf(from, "dmi"));
  const tree = new Map(linesOf(from, "devicetree").map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]));
  const read = (name: string, max: number): string | null => honest(cosmetic(dmi.get(`/sys/class/dmi/id/${name}`)?.[0], max));
  return {
    uuid: uuidOf(read("product_uuid", 64)),
    serial: read("product_serial", 128) ?? honest(cosmetic(tree.get("serial-number"), 128)),
    vendor: read("sys_vendor", 128),
    product: read("product_name", 128) ?? cosmetic(tree.get("model"), 128),
  };
}

function uuidOf(text: string | null): string | null {
  const uuid = text?.toLowerCase() ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return null;
  return BOGUS_UUIDS.has(uuid) || uuid.startsWith("12345678-") || new Set(uuid.replaceAll("-", "")).size === 1 ? null : uuid;
}

export function parseOs(from: Sections): Inventory["os"] {
  const files = filesOf(linesOf(from, "files"));
  const release = blocks(files.get("/etc/os-release") ?? files.get("/usr/lib/os-release") ?? [], "=")[0];
  const read = (key: string, max: number): string | null => cosmetic(release?.get(key)?.replace(/^(["'])(.*)\1$/, "$2"), max);
  const [, kernel, architecture] = (linesOf(from, "kernel")[0] ?? "").trim().split(/\s+/);
  if (!kernel || !architecture) throw new BadAnswer("it names no kernel");
  const id = read("ID", 64) ?? "linux";
  return {
    id,
    name: read("PRETTY_NAME", 160) ?? read("NAME", 160) ?? id,
    version: read("VERSION_ID", 64),
    kernel: identity(kernel, 128, "a kernel version"),
    architecture: identity(architecture, 32, "an architecture"),
  };
}

/** Boot time from the kernel's own count; a container host may show its neighbour's, then the uptime decides. */
export function parseClock(from: Sections): Pick<Inventory, "clock" | "bootedAt"> {
  const clock = integer(linesOf(from, "clock")[0], 2 ** 40);
  if (clock === null) throw new BadAnswer("it does not say what time it is");
  const kernel = integer(filesOf(linesOf(from, "counters")).get("/proc/stat")?.[0]?.replace("btime ", ""), 2 ** 40);
  const uptime = integer(filesOf(linesOf(from, "files")).get("/proc/uptime")?.[0]?.split(".")[0]);
  const counted = uptime === null ? null : Math.max(0, clock - uptime);
  if (kernel === null && counted === null) throw new BadAnswer("it does not say when it was booted");
  const agree = kernel !== null && (counted === null || Math.abs(kernel - counted) <= 5);
  return { clock, bootedAt: agree ? kernel : (counted ?? clock) };
}

export function parseMemory(from: Sections): Inventory["memory"] {
  const line = filesOf(linesOf(from, "counters")).get("/proc/meminfo")?.[0] ?? "";
  const totalBytes = bytesOfKib(/^MemTotal:\s+(\d+) kB$/.exec(line)?.[1]);
  if (!totalBytes) throw new BadAnswer("it names no memory size");
  return { totalBytes };
}

export function parseHypervisor(from: Sections): Inventory["hypervisor"] {
  const said = linesOf(from, "libvirt").join("\n");
  const version = /^\d+(\.\d+){1,3}/;
  const libvirt = /^Using library: libvirt (\S+)$/m.exec(said)?.[1] ?? linesOf(from, "virsh")[0];
  const qemu = /^Running hypervisor: QEMU (\S+)$/m.exec(said)?.[1] ?? /version (\S+)/.exec(linesOf(from, "qemu")[0] ?? "")?.[1];
  return {
    libvirt: cosmetic(version.exec(libvirt?.trim() ?? "")?.[0], 32),
    qemu: cosmetic(version.exec(qemu?.trim() ?? "")?.[0], 64),
    running: /^Using API: \S/m.test(said),
  };
}

export function parseVms(from: Sections): Vm[] {
  // One `dominfo` after the other, without a line between: each begins with its Id.
  const lines = linesOf(from, "vms").flatMap((line) => (line.startsWith("Id:") ? ["", line] : [line]));
  const found = blocks(lines, ":").filter((block) => block.has("UUID"));
  if (found.length > MAX_VMS) throw new BadAnswer(`it names more than ${MAX_VMS} VMs`);
  const passed = passedThrough(linesOf(from, "passthrough"));
  return found.map((block) => {
    const uuid = identity(block.get("UUID") ?? "", 64, "a VM's UUID");
    return {
      uuid,
      name: cosmetic(block.get("Name"), 128) ?? uuid,
      state: cosmetic(block.get("State"), 32) ?? "unknown",
      vcpus: integer(block.get("CPU(s)"), MAX_COUNT) ?? 0,
      memoryBytes: bytesOfKib(block.get("Max memory")?.split(" ")[0]) ?? 0,
      passthrough: (passed.get(uuid) ?? []).slice(0, 64),
    };
  });
}

/** The host's side (`<source>`) of each passed-through PCI function; the guest's side has an address of its own beside it. */
function passedThrough(lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let [uuid, source] = ["", false];
  for (const line of lines) {
    const begun = /^ {2}<uuid>([0-9a-f-]{36})<\/uuid>$/.exec(line)?.[1];
    if (begun) [uuid, source] = [begun, false];
    if (/<source\b/.test(line)) source = true;
    if (/<\/source>/.test(line)) source = false;
    const at = source && line.length < 512 ? /<address\b[^>]* domain='0x([0-9a-f]{4,8})' bus='0x([0-9a-f]{2})' slot='0x([0-9a-f]{2})' function='0x([0-7])'/.exec(line) : null;
    if (!uuid || !at) continue;
    const slots = found.get(uuid) ?? [];
    slots.push(`${at[1]}:${at[2]}:${at[3]}.${at[4]}`);
    found.set(uuid, slots);
  }
  return found;
}

export function parseServices(from: Sections, missing: string[]): Inventory["services"] {
  const found = blocks(linesOf(from, "services"), "=").filter((block) => block.get("LoadState") === "loaded" && block.get("Id"));
  const memory = memoryByGroup(from);
  const unique = [...new Map(found.map((block) => [block.get("Id"), block])).values()];
  if (unique.length > MAX_SERVICES) missing.push(`Only ${MAX_SERVICES} of ${unique.length} services are kept.`);
  return unique.slice(0, MAX_SERVICES).flatMap((block) => {
    const name = cosmetic(block.get("Id"), 128);
    const cpu = counter(block.get("CPUUsageNSec"));
    const group = block.get("ControlGroup");
    const told = counter(block.get("MemoryCurrent"));
    const memoryBytes = told !== null && told <= MAX_BYTES ? told : group ? (memory(group) ?? null) : null;
    const state = { state: cosmetic(block.get("ActiveState"), 32) ?? "unknown", subState: cosmetic(block.get("SubState"), 32) ?? "unknown" };
    return name ? [{ name, ...state, cpuSeconds: cpu === null ? null : cpu / NANOSECONDS, memoryBytes, restarts: integer(block.get("NRestarts"), MAX_COUNT) }] : [];
  });
}

/** systemd says "[not set]" or 2^64 - 1 for what it does not account; `integer` takes neither (the second has 20 digits). */
const counter = (text: string | undefined): number | null => integer(text);

/** Resident memory of all processes below a control group; pages they share count for each, so it is an upper bound. */
function memoryByGroup(from: Sections): (group: string) => number | null {
  const resident = new Map<string, number>();
  for (const [path, lines] of filesOf(linesOf(from, "rss"))) {
    const kib = bytesOfKib(/\s(\d{1,15}) kB$/.exec(lines[0] ?? "")?.[1]);
    const pid = path.split("/")[2];
    if (pid && kib !== null) resident.set(pid, kib);
  }
  const groups = [...filesOf(linesOf(from, "groups"))].map(([path, pids]) => [path.replace(/^\/sys\/fs\/cgroup(\/systemd)?/, ""), pids] as const);
  return (group) => {
    const pids = groups.flatMap(([path, members]) => (path.startsWith(`${group}/`) ? members : []));
    const sum = pids.reduce((total, pid) => total + (resident.get(pid) ?? 0), 0);
    return sum > 0 && sum <= MAX_BYTES ? sum : null;
  };
}

const WATCHED = ["/", "/var/log", "/mnt/data", "/mnt/containers"];

export function parsePartitions(from: Sections, missing: string[]): Inventory["partitions"] {
  const lines = linesOf(from, "partitions");
  const types = new Map(lines.flatMap((line) => (line.startsWith("mount ") ? [[line.split(" ")[2] ?? "", line.split(" ")[1] ?? ""]] : [])));
  const found = lines.flatMap((line) => {
    // Size, used, available, share: the columns in the middle, because a device and a mount point may contain spaces.
    const match = /\s(\d{1,15}) {1,40}(\d{1,15}) {1,40}(-?\d{1,15}) {1,40}(?:\d{1,3}%|-) (\/.*)$/.exec(line);
    if (!match?.[4]) return [];
    const [device, mount, sizeBytes, usedBytes] = [line.slice(0, match.index).trim(), match[4], bytesOfKib(match[1]), bytesOfKib(match[2])];
    if (!sizeBytes || usedBytes === null) return [];
    const availableBytes = bytesOfKib(match[3]) ?? 0;
    const filesystem = cosmetic(types.get(mount) ?? device, 255) ?? "unknown";
    return [{ device, partition: { mount: identity(mount, 255, "a mount point"), filesystem, sizeBytes, usedBytes, availableBytes } }];
  });
  const kept = withoutCopies(found);
  if (kept.length > MAX_PARTITIONS) missing.push(`Only ${MAX_PARTITIONS} of ${kept.length} file systems are kept.`);
  return kept.slice(0, MAX_PARTITIONS);
}

type Partition = Inventory["partitions"][number];

/** A file system mounted in several places (bind mounts) is one: the watched places first, then the shortest path. */
function withoutCopies(found: { device: string; partition: Partition }[]): Partition[] {
  const rank = ({ mount }: Partition): number => (WATCHED.includes(mount) ? WATCHED.indexOf(mount) : WATCHED.length + mount.length);
  const seen = new Set<string>();
  const ordered = [...new Map(found.map((row) => [row.partition.mount, row])).values()].sort((a, b) => rank(a.partition) - rank(b.partition));
  return ordered.flatMap(({ device, partition }) => {
    const key = `${device} ${partition.sizeBytes}`;
    const copy = seen.has(key) && !WATCHED.includes(partition.mount);
    seen.add(key);
    return copy ? [] : [partition];
  });
}
