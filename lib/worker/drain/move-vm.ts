/** One virtual machine from one node to another, from the last look before to the look after. */
import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../../db";
import type { MaintenanceVm } from "../../generated/prisma/client";
import { MIGRATION_SESSION_MS, memoryNow, migrateVm, migrationProgress, vmState } from "../../machines/hypervisor";
import type { Machine } from "../../machines/dial";
import { formatBytes } from "../../domain/units";
import { done, refuse, type Outcome } from "../../outcome";
import type { Held } from "../held";
import { withNode } from "../reach";
import type { Reached } from "./way";

const PROGRESS_MS = 1000;
/** A machine that its target can not bear dies in the first moments there. */
const PROOF_PAUSE_MS = 2000;

/** What libvirt itself says of one that did not survive its move. */
const DIED = ["vm-dead", "vm-gone"];

export type Moved = "moved" | "already there" | "no longer runs";
type Progress = (movedBytes: number, totalBytes: number) => Promise<void>;

/**
 * Moves it live. The word of libvirt is not enough: afterwards it must run on the target, twice in a row. Refused with "vm-lost"
 * when it runs nowhere after its move; any other refusal leaves it where it was.
 */
export async function moveVm(
  operation: Held,
  vm: MaintenanceVm,
  source: Reached,
  target: Reached,
  progress: Progress,
): Promise<Outcome<Moved>> {
  const there = await withNode(operation, target, (machine) => lookAhead(machine, vm, target.name));
  if (!there.ok) return there.code === "target-memory" ? there : { ...there, code: "target" };
  const began = await withNode(operation, source, (machine) => migrate(operation, machine, vm, target, there.value === "runs", progress), {
    sessionMs: MIGRATION_SESSION_MS,
  });
  if (!began.ok) return DIED.includes(began.code) ? { ...began, code: "vm-lost" } : began;
  if (began.value === "no longer runs") return began;
  return proved(operation, vm, source, target, began.value);
}

async function lookAhead(machine: Machine, { uuid, name, memoryBytes }: MaintenanceVm, target: string): Promise<Outcome<"runs" | "free">> {
  const state = await vmState(machine, uuid);
  if (!state.ok) return state;
  if (state.value === "running") return done("runs");
  // On its way here already, begun by a worker that died: its memory is taken.
  if (state.value === "paused") return done("free");
  const memory = await memoryNow(machine);
  if (!memory.ok) return memory;
  return memory.value.availableBytes >= Number(memoryBytes)
    ? done("free")
    : refuse("target-memory", `${target} has ${formatBytes(memory.value.availableBytes)} free at this moment; ${name} needs ${formatBytes(Number(memoryBytes))}.`); // prettier-ignore
}

async function migrate(
  operation: Held,
  machine: Machine,
  vm: MaintenanceVm,
  target: Reached,
  runsThere: boolean,
  progress: Progress,
): Promise<Outcome<Moved>> {
  // A worker that died may have left a migration running: it is waited for, not begun a second time.
  const left = await follow(machine, vm, progress);
  if (!left.ok) return left;
  const here = await vmState(machine, vm.uuid);
  if (!here.ok) return here;
  const need = beforeMove(vm.name, { here: here.value, runsThere, followed: left.value }, { source: machine.ip, target: target.name });
  if (need) return need;
  // Since its turn came, the target may have been taken out by force, or be lost.
  const now = await db.node.findUnique({ where: { id: target.id }, select: { status: true } });
  if (now?.status !== "Active") return refuse("peer", `${target.name} is no longer Active.`);
  const fence = { operationId: operation.id, attempt: operation.attempt };
  const ended = new AbortController();
  const [outcome] = await Promise.all([
    migrateVm(machine, { uuid: vm.uuid, peerIp: target.ip, copyStorage: vm.copyDisks, fence }).finally(() => ended.abort()),
    watch(machine, vm, progress, ended.signal),
  ]);
  return outcome.ok ? done("moved") : outcome;
}

/**
 * What is known of a machine before it is moved, or null: then it is moved now. `followed`: a migration that was under way has just
 * ended. At no moment of a migration do both run: such a one was started a second time, and each writes what the other reads.
 */
export function beforeMove(
  name: string,
  { here, runsThere, followed }: { here: string; runsThere: boolean; followed: boolean },
  { source, target }: { source: string; target: string },
): Outcome<Moved> | null {
  if (here !== "running" && here !== "paused") return done(runsThere ? "already there" : followed ? "moved" : "no longer runs");
  if (here === "paused" || !runsThere) return null;
  return refuse("vm-twice", `${name} runs on ${source} and on ${target} at the same time. Regent moves neither.`, {
    hint: "Find out which of the two is the right one, and stop the other at once.",
  });
}

/** Waits for a migration that is under way. Whether there was one. */
async function follow(machine: Machine, vm: MaintenanceVm, progress: Progress): Promise<Outcome<boolean>> {
  for (let seen = false; ; seen = true) {
    const now = await migrationProgress(machine, vm.uuid);
    if (!now.ok) return now;
    if (!now.value) return done(seen);
    await progress(now.value.processedBytes, now.value.totalBytes);
    await sleep(PROGRESS_MS);
  }
}

/** Tells how far it is until it has ended. What can not be read this time is read the next. */
async function watch(machine: Machine, vm: MaintenanceVm, progress: Progress, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await sleep(PROGRESS_MS, undefined, { signal: ended }).catch(() => undefined); // it has ended
    if (ended.aborted) return;
    const now = await migrationProgress(machine, vm.uuid);
    if (now.ok && now.value) await progress(now.value.processedBytes, now.value.totalBytes);
  }
}

/** "moved" is what libvirt said; here the target says it, now and a moment later. */
async function proved(operation: Held, vm: MaintenanceVm, source: Reached, target: Reached, how: Moved): Promise<Outcome<Moved>> {
  const after = await withNode(operation, target, async (machine) => {
    const first = await vmState(machine, vm.uuid);
    if (!first.ok || first.value !== "running") return first;
    await sleep(PROOF_PAUSE_MS);
    return vmState(machine, vm.uuid);
  });
  if (!after.ok) return after;
  if (after.value === "running") return done(how);
  const before = await withNode(operation, source, (machine) => vmState(machine, vm.uuid));
  if (before.ok && before.value === "running")
    return refuse("still-here", `${vm.name} did not arrive on ${target.name} and still runs on ${source.name}.`);
  const said = after.value === "absent" ? "is not there" : `is ${after.value} there`;
  return refuse("vm-lost", `${vm.name} went to ${target.name}, libvirt reported success, and now it ${said}.`, {
    hint: `Look at the memory and the log of ${target.name}, then start ${vm.name} there.`,
  });
}
