/**
 * Which virtual machine is on which simulated server, and what became of it. What differs from the beginning stands in one file for
 * the whole region, replaced as a whole: a machine that moves is on its new server at the moment when it has left the old one.
 */
import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Vm } from "@/lib/domain/inventory";
import { ALL_SERVERS, type DemoServer } from "@/lib/demo/fleet";
import { firstVms } from "@/lib/demo/workload";

type Change = {
  /** The server that it moved to. */
  ip?: string;
  state?: "running" | "shut off";
  /** Seconds since 1970: its system was asked to shut down and will be down by then. */
  offAt?: number;
};
type Changes = Readonly<Record<string, Change>>;

/** How long a guest takes to shut down. */
const SHUTDOWN_SECONDS = 3;

const fileOf = (folder: string): string => join(folder, "vms.json");

function read(folder: string): Changes {
  try {
    // Only `change` writes this file, whole, so that it always holds Changes.
    return JSON.parse(readFileSync(fileOf(folder), "utf8")) as Changes;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

/** Reads and replaces in one go: nothing else of this process comes between. */
function change(folder: string, uuid: string, to: Change): void {
  const changes = read(folder);
  const temporary = join(folder, `.${randomUUID()}`);
  writeFileSync(temporary, JSON.stringify({ ...changes, [uuid]: { ...changes[uuid], ...to } }), { mode: 0o600 });
  renameSync(temporary, fileOf(folder));
}

/** Where each began. */
let known: Map<string, { ip: string; vm: Vm }> | undefined;
function beginnings(): Map<string, { ip: string; vm: Vm }> {
  known ??= new Map(ALL_SERVERS.flatMap((server) => firstVms(server).map((vm) => [vm.uuid, { ip: server.ip, vm }] as const)));
  return known;
}

function now(vm: Vm, changed: Change | undefined, at: number): Vm {
  const { state, offAt } = { state: vm.state, ...changed };
  return { ...vm, state: offAt !== undefined && at >= offAt ? "shut off" : state };
}

/** The VMs on the server at a moment, seconds since 1970; those that came stand behind those that have always been there. */
export function vmsOf(server: DemoServer, folder: string, at: number): Vm[] {
  const changes = read(folder);
  const stayed = firstVms(server).filter(({ uuid }) => (changes[uuid]?.ip ?? server.ip) === server.ip);
  const came = Object.entries(changes).flatMap(([uuid, { ip }]) => {
    const begun = ip === server.ip ? beginnings().get(uuid) : undefined;
    return begun && begun.ip !== server.ip ? [begun.vm] : [];
  });
  return [...stayed, ...came].map((vm) => now(vm, changes[vm.uuid], at));
}

/** Moves it in one step. `state`: how it is there. */
export const placeVm = (folder: string, uuid: string, ip: string, state: "running" | "shut off" = "running"): void =>
  change(folder, uuid, { ip, state });

export const switchOff = (folder: string, uuid: string): void => change(folder, uuid, { state: "shut off" });

/** Its system takes some seconds. */
export const shutDown = (folder: string, uuid: string, at: number): void => change(folder, uuid, { offAt: at + SHUTDOWN_SECONDS });

export const isRunning = ({ state }: Pick<Vm, "state">): boolean => state === "running";

/** Bytes given to those that run. */
export const givenTo = (vms: readonly Vm[]): number => vms.filter(isRunning).reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);

/** The share of its memory given to VMs by now, 0 to 1: what came and went since the beginning counts. */
export function shareNow(server: DemoServer, folder: string, at: number): number {
  const moved = givenTo(vmsOf(server, folder, at)) - givenTo(firstVms(server));
  return Math.min(1, Math.max(0, server.vmShare + moved / server.hardware.memory.totalBytes));
}
