/** What runs on a machine: the hypervisor, services, and how full the partitions are. */
import type { Inventory } from "@/lib/domain/inventory";
import { WATCHED_MOUNTS } from "@/lib/domain/partitions";
import type { Sections } from "@/lib/machines/parse-text";
import { blocks, bytesOfKib, cosmetic, filesOf, identity, integer, linesOf, MAX_BYTES } from "@/lib/machines/parse-text";

const MAX_COUNT = 65_536;
const MAX_SERVICES = 512;
const MAX_PARTITIONS = 128;
const NANOSECONDS = 1_000_000_000;

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
    const state = {
      state: cosmetic(block.get("ActiveState"), 32) ?? "unknown",
      subState: cosmetic(block.get("SubState"), 32) ?? "unknown",
    };
    return name
      ? [
          {
            name,
            ...state,
            cpuSeconds: cpu === null ? null : cpu / NANOSECONDS,
            memoryBytes,
            restarts: integer(block.get("NRestarts"), MAX_COUNT),
          },
        ]
      : [];
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
  const groups = [...filesOf(linesOf(from, "groups"))].map(
    ([path, pids]) => [path.replace(/^\/sys\/fs\/cgroup(\/systemd)?/, ""), pids] as const,
  );
  return (group) => {
    const pids = groups.flatMap(([path, members]) => (path.startsWith(`${group}/`) ? members : []));
    const sum = pids.reduce((total, pid) => total + (resident.get(pid) ?? 0), 0);
    return sum > 0 && sum <= MAX_BYTES ? sum : null;
  };
}

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
  const rank = ({ mount }: Partition): number =>
    WATCHED_MOUNTS.includes(mount) ? WATCHED_MOUNTS.indexOf(mount) : WATCHED_MOUNTS.length + mount.length;
  const seen = new Set<string>();
  const ordered = [...new Map(found.map((row) => [row.partition.mount, row])).values()].sort(
    (a, b) => rank(a.partition) - rank(b.partition),
  );
  return ordered.flatMap(({ device, partition }) => {
    const key = `${device} ${partition.sizeBytes}`;
    const copy = seen.has(key) && !WATCHED_MOUNTS.includes(partition.mount);
    seen.add(key);
    return copy ? [] : [partition];
  });
}
