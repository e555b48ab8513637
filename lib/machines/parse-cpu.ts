/** Processors, from /proc/cpuinfo and the topology in /sys. */
import type { Inventory } from "@/lib/domain/inventory";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, blocks, cosmetic, filesOf, integer, linesOf } from "@/lib/machines/parse-text";

const MAX_CPUS = 65_536;
const MAX_SIBLINGS = 64;
const MAX_FLAGS = 400;

export function parseCpu(from: Sections): Inventory["cpu"] {
  const info = blocks(linesOf(from, "cpuinfo"), ":")[0] ?? new Map<string, string>();
  const keys = new Map([...info].map(([key, value]) => [key.trim(), value]));
  const named = blocks(linesOf(from, "lscpu"), ":")[0];
  const flags = (keys.get("flags") ?? keys.get("Features") ?? named?.get("Flags") ?? "")
    .split(/\s+/)
    .filter((flag) => /^[\w.-]{1,32}$/.test(flag));
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
