/** The answers of the kept connection: counters every few seconds, and the survey once a minute. */
import type { Counter, Reading } from "@/lib/domain/reading";
import type { Survey } from "@/lib/domain/survey";
import { parseHealth } from "@/lib/machines/parse-health";
import { parsePartitions } from "@/lib/machines/parse-running";
import { parseVms } from "@/lib/machines/parse-vms";
import { BadAnswer, bytesOfKib, cosmetic, guarded, integer, linesOf, sections } from "@/lib/machines/parse-text";
import type { Outcome } from "@/lib/outcome";

const MAX_LINKS = 256;
const MAX_DISKS = 512;
const MAX_SERVICES = 512;
const MAX_UNITS = 1024;
const NAME = /^[\w.@!-]{1,32}$/;
const COUNTER = /^\d{1,20}$/;
/** A uuid, as PostgreSQL takes it: one that it refuses would keep the samples of all other nodes out. */
const BOOT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DECIMAL = /^\d{1,10}(\.\d{1,6})?$/;
/** Another path to a disk that has an entry of its own. */
const NVME_PATH = /^nvme\d+c\d+n\d+$/;

const decimal = (text: string | undefined): number | null => (text !== undefined && DECIMAL.test(text) ? Number(text) : null);

/**
 * One sample. It comes thousands of times a minute and is read by hand: a letter says what a line holds. A number that is missing is
 * null; a sample without its time is none.
 */
export const parseSample = (stdout: string): Outcome<Reading> =>
  guarded(() => {
    const lines = stdout.split("\n");
    const start = lines.indexOf("@@sample 1");
    if (start < 0 || start > 64) throw new BadAnswer("it does not begin as expected");
    const links = new Map<string, { rx: Counter; tx: Counter; carrier: boolean | null }>();
    const disks = new Map<string, { read: Counter; written: Counter; busyMs: Counter }>();
    let uptime: number | null = null;
    let rest: Omit<Reading, "uptime" | "links" | "disks"> = { bootId: null, cpu: null, memory: null, load: null };
    for (const line of lines.slice(start + 1)) {
      const words = line.split(" ");
      const [, name = "", one = "", two = "", three = ""] = words;
      switch (words[0] ?? "") {
        case "t":
          uptime = decimal(name);
          break;
        case "b":
          rest = { ...rest, bootId: BOOT_ID.test(name) ? name : null };
          break;
        case "c":
          rest = { ...rest, cpu: cpuTicks(words.slice(1)) };
          break;
        case "m":
          rest = { ...rest, memory: memoryOf(name, one) };
          break;
        case "l":
          rest = { ...rest, load: decimal(name) };
          break;
        case "n":
          if (links.size < MAX_LINKS && NAME.test(name) && COUNTER.test(one) && COUNTER.test(two))
            links.set(name, { rx: one, tx: two, carrier: three === "1" ? true : three === "0" ? false : null });
          break;
        case "d":
          if (disks.size < MAX_DISKS && NAME.test(name) && !NVME_PATH.test(name) && [one, two, three].every((text) => COUNTER.test(text)))
            disks.set(name, { read: one, written: two, busyMs: three });
      }
    }
    if (uptime === null) throw new BadAnswer("it does not say how long the machine has been running");
    return { ...rest, uptime, links, disks };
  });

/** user nice system idle iowait irq softirq steal guest guest_nice: guests are in user already. */
const TICKS = 8;
const IDLE = 3;
const IO_WAIT = 4;

function cpuTicks(words: readonly string[]): Reading["cpu"] {
  const ticks = words
    .filter((word) => word !== "")
    .slice(0, TICKS)
    .map(Number);
  if (ticks.length < TICKS || !ticks.every((count) => Number.isSafeInteger(count) && count >= 0)) return null;
  return { total: ticks.reduce((sum, count) => sum + count, 0), idle: (ticks[IDLE] ?? 0) + (ticks[IO_WAIT] ?? 0) };
}

function memoryOf(total: string, available: string): Reading["memory"] {
  const [totalBytes, availableBytes] = [bytesOfKib(total), bytesOfKib(available)];
  return totalBytes === null || availableBytes === null ? null : { totalBytes, availableBytes };
}

const MICROSECONDS = 1_000_000;

export const parseSurvey = (stdout: string): Outcome<Survey> =>
  guarded(() => {
    const from = sections(stdout, "survey");
    const told = linesOf(from, "services");
    const upSeconds = decimal(/^up (\S+)$/.exec(told[0] ?? "")?.[1]);
    const services = countedServices(told.slice(upSeconds === null ? 0 : 1));
    return {
      partitions: parsePartitions(from, []),
      ...(upSeconds !== null && { upSeconds }),
      services,
      ...unitsOf(linesOf(from, "units"), new Set(services.map(({ name }) => name))),
      vms: parseVms(linesOf(from, "vms")),
      ...parseHealth(from),
    };
  });

const countedServices = (lines: readonly string[]): Survey["services"] =>
  lines.slice(0, MAX_SERVICES).flatMap((line) => {
    const [unit, cpu, memory] = line.split(" ");
    const name = cosmetic(unit, 128);
    const used = integer(cpu);
    return name ? [{ name, cpuSeconds: used === null ? null : used / MICROSECONDS, memoryBytes: integer(memory) }] : [];
  });

/** Name, whether it is loaded, whether it is active. The last line is the proof that systemd answered. */
function unitsOf(lines: readonly string[], counted: ReadonlySet<string>): Pick<Survey, "failedServices" | "alsoUp"> {
  if (lines.at(-1) !== "answered") return { failedServices: null };
  const units = lines.slice(0, MAX_UNITS).flatMap((line) => {
    const [, unit, active] = /(\S+\.service) +\S+ +(\S+)/.exec(line) ?? [];
    const name = cosmetic(unit, 128);
    return name ? [{ name, failed: active === "failed" }] : [];
  });
  const [failed, up] = [units.filter((unit) => unit.failed), units.filter((unit) => !unit.failed)];
  return {
    failedServices: failed.slice(0, MAX_SERVICES).map(({ name }) => name),
    alsoUp: up.flatMap(({ name }) => (counted.has(name) ? [] : name)),
  };
}
