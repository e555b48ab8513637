/** The answers of a simulated server on the kept connection: counters that grow as its usage says, and the survey. */
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import type { DemoServer } from "@/lib/demo/fleet";
import { healthParts } from "@/lib/demo/health";
import { bootIdOf, partitionLines } from "@/lib/demo/inventory-text";
import { readState } from "@/lib/demo/state";
import { hypervisorRuns } from "@/lib/demo/units";
import { usageOf } from "@/lib/demo/usage";
import { partitionsOf, servicesOf } from "@/lib/demo/workload";
import { vmLines } from "@/lib/demo/text-vms";
import { shareNow, vmsOf } from "@/lib/demo/vms";
import { between } from "@/lib/demo/random";

type Counters = { at: number; busy: number; idle: number; rx: number; tx: number; read: number; written: number; busyMs: number };

/** Since this process began, by address. A real host's go on with the host. */
const counters = new Map<string, Counters>();
const TICKS = 100;
const STEP_SECONDS = 5;
const SECTOR_BYTES = 512;

function begin({ name }: DemoServer, now: number): Counters {
  const past = (what: string) => between(`${name} ${what}`, 1e9, 4e9);
  return { at: now, busy: past("busy"), idle: past("idle"), rx: past("rx"), tx: past("tx"), read: 1e6, written: 1e6, busyMs: 1e6 };
}

/** Grown from the last question to `now`, in steps short enough for bursts to count. */
function grownTo(server: DemoServer, now: number, busy: number | undefined): Counters {
  const known = counters.get(server.ip) ?? begin(server, now);
  counters.set(server.ip, known);
  while (known.at < now) {
    const seconds = Math.min(STEP_SECONDS, now - known.at);
    known.at += seconds;
    const usage = usageOf(server, known.at, busy);
    const ticks = seconds * TICKS * server.hardware.cpu.threads;
    known.busy += ticks * usage.cpu;
    known.idle += ticks * (1 - usage.cpu);
    known.rx += (usage.networkRx / 8) * seconds;
    known.tx += (usage.networkTx / 8) * seconds;
    known.read += (usage.diskRead / SECTOR_BYTES) * seconds;
    known.written += (usage.diskWrite / SECTOR_BYTES) * seconds;
    known.busyMs += usage.diskBusy * seconds * 1000;
  }
  return known;
}

const KIB = 1024;
const whole = (value: number): string => Math.floor(value).toString();

/** As the script prints it: see lib/machines/scripts/sample.ts. */
export function sampleText({ server, folder, faults }: Exec): string {
  const now = clock();
  const state = readState(folder, server, now);
  const { busy, idle, rx, tx, read, written, busyMs } = grownTo(server, now, faults.busy);
  const usage = usageOf({ ...server, vmShare: shareNow(server, folder, now) }, now, faults.busy);
  const total = server.hardware.memory.totalBytes / KIB;
  const down = faults.linkDown ?? [];
  const links = server.hardware.links.filter(({ type }) => type === "ethernet");
  const carrying = links.filter(({ carrier, name }) => carrier !== false && !down.includes(name));
  return [
    "@@sample 1",
    `t ${(now - state.bootedAt).toFixed(2)}`,
    `b ${bootIdOf(server, state.bootedAt)}`,
    `c ${whole(busy * 0.8)} 0 ${whole(busy * 0.2)} ${whole(idle)} 0 0 0 0 0 0`,
    `m ${whole(total)} ${whole(total * (1 - usage.memory))}`,
    `l ${usage.load.toFixed(2)}`,
    ...links.map((link) => {
      const share = carrying.includes(link) ? 1 / carrying.length : 0;
      return `n ${link.name} ${whole(rx * share)} ${whole(tx * share)} ${share > 0 ? 1 : 0}`;
    }),
    ...server.hardware.disks.map(({ name }, index, { length }) => {
      return `d ${name} ${whole(read / length)} ${whole(written / length)} ${whole(index === 0 ? busyMs : busyMs / 3)}`;
    }),
    "@@end",
    "",
  ].join("\n");
}

const MICROSECONDS = 1_000_000;

export function surveyText({ server, folder, faults }: Exec): string {
  const now = clock();
  const state = readState(folder, server, now);
  const services = servicesOf(server, state, now);
  return [
    "@@survey 1",
    "@@partitions",
    ...partitionLines(partitionsOf(server, now)),
    "@@services",
    `up ${(now - state.bootedAt).toFixed(2)}`,
    ...services.flatMap(({ name, cpuSeconds, memoryBytes }) =>
      cpuSeconds === null ? [] : [`${name} ${whole(cpuSeconds * MICROSECONDS)} ${memoryBytes ?? ""}`],
    ),
    "@@units",
    ...services.filter(({ state: is }) => is !== "inactive").map(({ name, state: is, subState }) => `${name} loaded ${is} ${subState}`),
    "answered",
    ...[...healthParts(server, state, faults)].flatMap(([part, lines]) => [`@@${part}`, ...lines]),
    "@@vms",
    ...(hypervisorRuns(state) ? vmLines(vmsOf(server, folder, now)) : []),
    "@@end",
    "",
  ].join("\n");
}
