/** What a machine is as a whole: its make, operating system, clock and memory. */
import type { Inventory } from "@/lib/domain/inventory";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, blocks, bytesOfKib, cosmetic, filesOf, identity, integer, linesOf } from "@/lib/machines/parse-text";

/** Numbers that makers ship instead of one of their own, among them the all-zero and all-F ones. */
const BOGUS_UUIDS = new Set([
  "03000200-0400-0500-0006-000700080009",
  "12345678-1234-5678-90ab-cddeefaabbcc",
  "12345678-1234-1234-1234-123456789abc",
  "00020003-0004-0005-0006-000700080009",
]);
const BOGUS_TEXT =
  /^(to be filled by o\.?e\.?m\.?|default string|not specified|system (serial number|product name|manufacturer)|none|n\/a|0+|x+|\.+|0123456789|123456789)$/i;

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
