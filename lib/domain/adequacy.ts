/** Whether a machine's hardware meets the region's requirements, each one as have / need. */
import type { Inventory } from "./inventory";
import { physicalLinks } from "./links";
import type { Verdict } from "./requests";
import type { NodeRole } from "./roles";
import type { Requirements } from "./settings";
import { formatBytes, formatDisk, formatSpeed } from "./units";

type Result = Verdict["results"][number];

const GIB = 2 ** 30;
const GB = 1e9;
/** Firmware and kernel keep a part of the installed memory: a server with 8 GiB of modules reports about 7.7. */
const REPORTED_SHARE = 0.95;

/** Every requirement with what the machine has, what it needs, and whether that is enough. */
export function verdict(inventory: Inventory, requirements: Requirements, role: NodeRole): Verdict {
  const results = [
    threads(inventory, requirements),
    memory(inventory, requirements),
    disk(inventory, requirements),
    linkSpeed(inventory, requirements),
    architecture(inventory, requirements),
    kernel(inventory, requirements),
    ...virtualisation(inventory, requirements, role),
  ];
  return { adequate: results.every(({ ok }) => ok), results };
}

/** The requirements that are not met, one clause each: "Memory 4 GiB, needs 8 GiB". */
export const shortfalls = ({ results }: Pick<Verdict, "results">): string[] =>
  results.filter(({ ok }) => !ok).map(({ requirement, have, need }) => `${requirement} ${have}, needs ${need}`);

const threads = ({ cpu }: Inventory, need: Requirements): Result => ({
  requirement: "vCPUs",
  have: String(cpu.threads),
  need: String(need.threads),
  ok: cpu.threads >= need.threads,
});

const memory = ({ memory: { totalBytes } }: Inventory, { memoryGiB }: Requirements): Result => ({
  requirement: "Memory",
  have: formatBytes(totalBytes),
  need: formatBytes(memoryGiB * GIB),
  ok: totalBytes >= memoryGiB * GIB * REPORTED_SHARE,
});

function disk({ disks }: Inventory, { diskGB }: Requirements): Result {
  const total = disks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { requirement: "Storage", have: formatDisk(total), need: formatDisk(diskGB * GB), ok: total >= diskGB * GB };
}

/** The fastest link counts. Virtual cards report no speed: that is remarked, and left to the check of the links at the join. */
function linkSpeed(inventory: Inventory, { linkSpeedMbps }: Requirements): Result {
  const links = physicalLinks(inventory);
  const known = links.flatMap(({ speedMbps }) => speedMbps ?? []);
  const need = formatSpeed(linkSpeedMbps);
  if (known.length)
    return { requirement: "Link speed", have: formatSpeed(Math.max(...known)), need, ok: Math.max(...known) >= linkSpeedMbps };
  return { requirement: "Link speed", have: links.length ? "not reported" : "no network link", need, ok: links.length > 0 };
}

const architecture = ({ os }: Inventory, { architectures }: Requirements): Result => ({
  requirement: "Architecture",
  have: os.architecture,
  need: architectures.join(" or "),
  ok: architectures.includes(os.architecture),
});

const kernel = ({ os }: Inventory, { minKernel }: Requirements): Result => ({
  requirement: "Kernel",
  have: os.kernel,
  need: minKernel,
  ok: atLeast(os.kernel, minKernel),
});

/** Compares the leading numbers only: "6.1.0-28-amd64" is at least "5.10". */
function atLeast(have: string, need: string): boolean {
  const numbers = (text: string) => (/^\d+(\.\d+)*/.exec(text)?.[0] ?? "").split(".").filter(Boolean).map(Number);
  const [has, wants] = [numbers(have), numbers(need)];
  if (!has.length) return false;
  const differs = wants.findIndex((want, index) => want !== (has[index] ?? 0));
  return differs === -1 || (has[differs] ?? 0) > (wants[differs] ?? 0);
}

/** Only x86 announces it among the CPU's flags; only a Worker runs guests. */
function virtualisation({ cpu, os }: Inventory, { virtualisation: required }: Requirements, role: NodeRole): Result[] {
  if (role !== "Worker" || os.architecture !== "x86_64") return [];
  const offered = cpu.flags.includes("vmx") || cpu.flags.includes("svm");
  const have = offered ? "offered by the CPU" : "not offered by the CPU; it may be switched off in the firmware";
  return [{ requirement: "Hardware virtualisation", have, need: required ? "required" : "recommended", ok: offered || !required }];
}
