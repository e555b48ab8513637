/** Live migrations between simulated servers: they take a time that fits their memory, tell how far they are, and may fail. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Vm } from "@/lib/domain/inventory";
import { deed, linesOf, silence } from "@/lib/demo/deed";
import type { Exec } from "@/lib/demo/exec";
import { clock } from "@/lib/demo/exec";
import { readFaults } from "@/lib/demo/faults";
import { ALL_SERVERS } from "@/lib/demo/fleet";
import { stateOf } from "@/lib/demo/hypervisor";
import { changeState, readState } from "@/lib/demo/state";
import { distrust } from "@/lib/demo/trust";
import { placeVm, vmsOf } from "@/lib/demo/vms";

const GIB = 2 ** 30;
const TICK_MS = 50;
const LEAST_MS = 900;
/** With much less than its memory in use, over 25 Gb/s. */
const MS_PER_GIB = 90;
const DISK_BYTES = 20 * GIB;
const DISK_MS = 2500;
/** What a busy guest changes meanwhile is sent again. */
const AGAIN = 1.12;

type Move = { begun: number; ms: number; bytes: number; aborted: boolean; end: Promise<void> };

/** Under way in this process, by the VM's UUID. They end with it, as on a host whose cable is pulled: the VM stays where it was. */
const moves = new Map<string, Move>();
/** How often the fault of a server has come by now; another text begins anew. */
const failures = new Map<string, { fault: string; count: number }>();

/** The error that a fault wants this time, or null. */
function injected(ip: string, fault: { error: string; times?: number } | undefined): string | null {
  if (!fault) return null;
  const text = JSON.stringify(fault);
  const known = failures.get(ip);
  const count = known?.fault === text ? known.count : 0;
  if (count >= (fault.times ?? Number.POSITIVE_INFINITY)) return null;
  failures.set(ip, { fault: text, count: count + 1 });
  return fault.error;
}

function fenced({ server, folder }: Exec, operation: string, attempt: number): boolean {
  const highest = readState(folder, server, clock()).attempts?.[operation] ?? 0;
  if (attempt < highest) return true;
  changeState(folder, server, clock(), (state) => ({ ...state, attempts: { ...state.attempts, [operation]: attempt } }));
  return false;
}

export async function migrateVm(exec: Exec): Promise<number> {
  const [uuid = "", ip = "", how, operation = "", attempt] = await linesOf(exec);
  const late = () => fenced(exec, operation, Number(attempt));
  if (late()) return deed(exec, "refused superseded");
  await moves.get(uuid)?.end;
  if (late()) return deed(exec, "refused superseded");
  const why = distrust(exec, ip);
  if (why) return deed(exec, why.result, why.said);
  const silent = silence(exec);
  if (silent) return silent;
  const peer = ALL_SERVERS.find((server) => server.ip === ip);
  const vm = vmsOf(exec.server, exec.folder, clock()).find((one) => one.uuid === uuid);
  const there = peer ? stateOf({ server: peer, folder: exec.folder }, uuid) : "absent";
  if (!vm) return there === "running" ? deed(exec, "done present") : deed(exec, "refused gone", [there]);
  if (vm.state !== "running") return deed(exec, `refused not-running ${vm.state}`);
  const impossible = obstacle(vm, how === "copy") ?? injected(exec.server.ip, exec.faults.migrationFails);
  if (impossible) return deed(exec, "refused failed running", [`error: ${impossible}`]);
  const { aborted } = await move(exec, vm, how === "copy");
  if (aborted) return deed(exec, "refused failed running", ["error: operation aborted: migration out: canceled by client"]);
  const broken = distrust(exec, ip);
  if (broken) return deed(exec, "refused failed running", broken.said);
  const killed = readFaults(exec.folder, ip).killArrivals;
  placeVm(exec.folder, uuid, ip, killed ? "shut off" : "running");
  return deed(exec, "done moved");
}

/** What libvirt refuses of itself. */
function obstacle({ passthrough, storage }: Vm, copies: boolean): string | null {
  if (passthrough.length > 0) return "Requested operation is not valid: cannot migrate a domain with <hostdev mode='subsystem' type='pci'>";
  return storage === "local" && !copies ? "Unsafe migration: Migration without shared storage is unsafe" : null;
}

async function move({ faults }: Exec, { uuid, memoryBytes }: Vm, copies: boolean): Promise<Move> {
  const ms = faults.migrationMs ?? LEAST_MS + (memoryBytes / GIB) * MS_PER_GIB + (copies ? DISK_MS : 0);
  let ended = () => {};
  const end = new Promise<void>((resolve) => (ended = resolve));
  const one: Move = { begun: Date.now(), ms, bytes: memoryBytes + (copies ? DISK_BYTES : 0), aborted: false, end };
  moves.set(uuid, one);
  while (!one.aborted && Date.now() < one.begun + one.ms) await sleep(TICK_MS);
  moves.delete(uuid);
  // Who waits for the end goes on after the VM has moved: that follows without another wait.
  setImmediate(ended);
  return one;
}

/** As `domjobinfo --rawstats` prints, in one line. */
export async function migrationProgress(exec: Exec): Promise<number> {
  const [uuid = ""] = await linesOf(exec);
  const silent = silence(exec);
  if (silent) return silent;
  const one = moves.get(uuid);
  if (!one || stateOf(exec, uuid) === "absent") return deed(exec, "done Job type: 0");
  const share = Math.min(0.99, (Date.now() - one.begun) / one.ms);
  const [processed, remaining] = [one.bytes * share * AGAIN, one.bytes * (1 - share)].map(Math.floor);
  return deed(
    exec,
    `done Job type: 2 operation: 5 memory_total: ${one.bytes} memory_processed: ${processed} memory_remaining: ${remaining}`,
  );
}

export async function abortMigration(exec: Exec): Promise<number> {
  const [uuid = ""] = await linesOf(exec);
  const silent = silence(exec);
  if (silent) return silent;
  const one = stateOf(exec, uuid) === "absent" ? undefined : moves.get(uuid);
  if (one) one.aborted = true;
  return deed(exec, one ? "done aborted" : "done nothing");
}
