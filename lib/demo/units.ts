/** A simulated server's units, and its hypervisor, which answers when they run. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Exec } from "@/lib/demo/exec";
import { clock, namesOf, refused } from "@/lib/demo/exec";
import type { MachineState, UnitState } from "@/lib/demo/state";
import { changeState, readState } from "@/lib/demo/state";
import { versionLines } from "@/lib/demo/text-vms";

const START_MS = 400;
const VERSION_MS = 300;

/** Units that come with libvirt. */
export const HYPERVISOR_UNITS = ["libvirtd.socket", "virtlogd.socket", "libvirtd.service", "virtlogd.service"] as const;
const COMMON_UNITS = ["ssh.service", "chrony.service", "systemd-networkd.service", "prometheus-node-exporter.service"];

/** Whether a unit runs: what was started or found failed is remembered, everything else has run since the boot. */
export const unitState = (state: MachineState, unit: string): UnitState => state.units[unit] ?? "active";

/** Whether the host has such a unit: libvirt's come with its packages, and as one daemon, not as one for each driver. */
export const isKnown = (state: MachineState, unit: string): boolean =>
  COMMON_UNITS.includes(unit) || (state.prepared && HYPERVISOR_UNITS.some((known) => known === unit));

/** A socket starts the daemon at the first call; one that has failed stays down. */
export function hypervisorRuns(state: MachineState): boolean {
  const daemon = unitState(state, "libvirtd.service");
  return state.prepared && (daemon === "active" || (daemon === "inactive" && unitState(state, "libvirtd.socket") === "active"));
}

function stateLines(state: MachineState, name: string): string[] {
  if (!isKnown(state, name)) return [`unit ${name} not-found inactive dead success`];
  const is = unitState(state, name);
  if (is === "active") return [`unit ${name} loaded active ${name.endsWith(".socket") ? "listening" : "running"} success`];
  if (is === "inactive") return [`unit ${name} loaded inactive dead success`];
  return [`unit ${name} loaded failed failed exit-code`, `journal ${name} internal error: cannot open the QEMU driver: Input/output error`];
}

export async function unitStates(exec: Exec): Promise<number> {
  const { server, folder, stdin, out } = exec;
  const names = await namesOf(stdin);
  if (names === null) return refused(exec);
  const state = readState(folder, server, clock());
  await out(["@@units 1", "@@state", ...names.flatMap((name) => stateLines(state, name)), "@@end", ""].join("\n"));
  return 0;
}

export async function startUnits(exec: Exec): Promise<number> {
  const { server, folder, stdin, out } = exec;
  const names = await namesOf(stdin);
  if (names === null) return refused(exec);
  await out("@@units 1\n@@run\n");
  for (const name of names) {
    await out(`@@progress Starting ${name}\n`);
    await sleep(START_MS);
    changeState(folder, server, clock(), (state) =>
      isKnown(state, name) ? { ...state, units: { ...state.units, [name]: "active" } } : state,
    );
  }
  const state = readState(folder, server, clock());
  const behind = names.filter((name) => name.endsWith(".socket")).map((name) => name.replace(/socket$/, "service"));
  await out(["@@state", ...[...names, ...behind].flatMap((name) => stateLines(state, name)), "@@end", ""].join("\n"));
  return 0;
}

export async function hypervisorCheck({ server, folder, out }: Exec): Promise<number> {
  const state = readState(folder, server, clock());
  await sleep(VERSION_MS);
  const { cpu, memory } = server.hardware;
  const kvm = cpu.flags.includes("vmx") || cpu.flags.includes("svm") ? ["<domain type='kvm'"] : [];
  const node = [
    "CPU model:           x86_64",
    `CPU(s):              ${cpu.threads}`,
    "CPU frequency:       2800 MHz",
    `CPU socket(s):       ${cpu.sockets}`,
    `Core(s) per socket:  ${cpu.cores / cpu.sockets}`,
    "Thread(s) per core:  2",
    "NUMA cell(s):        1",
    `Memory size:         ${memory.totalBytes / 1024} KiB`,
  ];
  const running = hypervisorRuns(state);
  const said = running ? versionLines() : silence(state);
  const parts = [
    "@@version",
    ...said,
    "@@capabilities",
    ...(running ? [...kvm, "<domain type='qemu'"] : []),
    "@@nodeinfo",
    ...(running ? node : []),
  ];
  await out(["@@hypervisor 1", ...parts, "@@end", ""].join("\n"));
  return 0;
}

function silence(state: MachineState): string[] {
  if (!state.prepared) return ["error: virsh is not installed"];
  const socket = "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Connection refused";
  return ["error: failed to connect to the hypervisor", `error: ${socket}`];
}
