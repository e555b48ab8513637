/** The answers of the commands that do something with the hypervisor, and of those that look at it for a moment. */
import type { Vm } from "@/lib/domain/inventory";
import { BadAnswer, bytesOfKib, cosmetic, guarded, integer, linesOf, MAX_BYTES, sections } from "@/lib/machines/parse-text";
import { parseVms } from "@/lib/machines/parse-vms";
import type { Outcome } from "@/lib/outcome";

/** How it ended: `done` or not, a word for what came of it, what belongs to that word, and what the tools said in their own words. */
export type Deed = { done: boolean; word: string; detail: string; said: string };

const SAID_MAX = 600;

export const parseDeed = (stdout: string): Outcome<Deed> =>
  guarded(() => {
    const from = sections(stdout, "deed");
    const [, verdict, word = "", detail = ""] = /^(done|refused) ?([^ ]*) ?(.*)$/.exec(linesOf(from, "result")[0] ?? "") ?? [];
    if (!verdict) throw new BadAnswer("it does not say how it ended");
    return { done: verdict === "done", word, detail: cosmetic(detail, 2000) ?? "", said: lastWords(linesOf(from, "said")) };
  });

/** Of ssh's warning about a changed host key one line says it all. */
const NOISE =
  /^(failed to connect to the hypervisor|Warning: Permanently added|IT IS POSSIBLE|Someone could be|It is also possible|The fingerprint for|Please contact|Add correct host key|Offending|SHA256:|WARNING: REMOTE|remove with|ssh-keygen -f)/;

/** virsh repeats what it tried before it says what went wrong. */
function lastWords(lines: readonly string[]): string {
  const told = lines.map((line) =>
    (cosmetic(line, SAID_MAX) ?? "")
      .replace(/^error: /, "")
      .replace(/@{5,} ?/g, "")
      .replace(/^[@ ]+/, ""),
  );
  return told
    .filter((line) => line !== "" && !NOISE.test(line))
    .join(" ")
    .replace(/ {2,}/g, " ")
    .replace(/[.:\s]+$/, "")
    .slice(0, SAID_MAX);
}

export const parseVmList = (stdout: string): Outcome<Vm[] | null> =>
  guarded(() => {
    const found = sections(stdout, "vms");
    return found.has("none") ? [] : parseVms(linesOf(found, "list"));
  });

export type MemoryNow = { totalBytes: number; availableBytes: number };

/** Of the machine and the control groups that are visible, those which leave least. A group without a limit says "max", or a number beyond all memory. */
export const parseMemory = (stdout: string): Outcome<MemoryNow> =>
  guarded(() => {
    const lines = linesOf(sections(stdout, "memory"), "facts").map((line) => line.split(" "));
    const kib = (name: string) => bytesOfKib(lines.find(([key]) => key === name)?.[1]);
    const [total, available] = [kib("MemTotal:"), kib("MemAvailable:")];
    if (total === null || available === null) throw new BadAnswer("it does not say how much memory there is");
    const limits = lines.flatMap(([key, most, now]) => {
      const [limit, used] = [integer(most, MAX_BYTES), integer(now, MAX_BYTES)];
      return key === "limit" && limit !== null && used !== null ? [{ limit, left: Math.max(0, limit - used) }] : [];
    });
    return {
      totalBytes: Math.min(total, ...limits.map(({ limit }) => limit)),
      availableBytes: Math.min(available, ...limits.map(({ left }) => left)),
    };
  });

export type MigrationProgress = { processedBytes: number; remainingBytes: number; totalBytes: number };

/** `virsh domjobinfo --rawstats`, in one line: of memory and of disks together. null: nothing is under way. */
export function progressOf(detail: string): MigrationProgress | null {
  const facts = new Map([...detail.matchAll(/\b(\w{1,40}): (\d{1,16})\b/g)].map(([, key = "", number]) => [key, number]));
  const sum = (what: string): number => {
    const each = ["memory", "disk"].map((kind) => integer(facts.get(`${kind}_${what}`), MAX_BYTES));
    return each.reduce<number>((total, bytes) => total + (bytes ?? 0), 0);
  };
  const totalBytes = sum("total");
  return totalBytes > 0 ? { processedBytes: sum("processed"), remainingBytes: sum("remaining"), totalBytes } : null;
}
