/** A simulated server's package manager: what is installed, and putting the rest on, in seconds and with the lines a person would see. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Exec } from "@/lib/demo/exec";
import { clock, NAME, namesOf, refused } from "@/lib/demo/exec";
import type { DemoServer } from "@/lib/demo/fleet";
import { between } from "@/lib/demo/random";
import type { MachineState } from "@/lib/demo/state";
import { changeState, readState } from "@/lib/demo/state";
import { HYPERVISOR_UNITS, isKnown, unitState } from "@/lib/demo/units";
import { packagesOf } from "@/lib/machines/profiles";

const STEP_MS = 250;

const isInstalled = (server: DemoServer, state: MachineState, name: string): boolean =>
  state.packages.includes(name) || (state.prepared && packagesOf("Worker", server.hardware.os).includes(name));

const packageLines = (server: DemoServer, state: MachineState, names: readonly string[]): string[] =>
  names.map((name) => `package ${name} ${isInstalled(server, state, name) ? "installed" : "missing"}`);

export async function profileState({ server, folder, stdin, out }: Exec): Promise<number> {
  const state = readState(folder, server, clock());
  const asked = (await stdin).split("\n").map((line) => line.split(" "));
  const lines = asked.flatMap(([kind, name = ""]) => {
    if (!NAME.test(name)) return [];
    if (kind === "package") return packageLines(server, state, [name]);
    if (kind !== "unit") return [];
    return [isKnown(state, name) ? `unit ${name} ${unitState(state, name)} enabled` : `unit ${name} absent`];
  });
  const manager = server.hardware.os.id === "rocky" ? "dnf" : "apt-get";
  await out(["@@profile 1", "@@manager", manager, "@@state", ...lines, "@@end", ""].join("\n"));
  return 0;
}

export async function installPackages(exec: Exec): Promise<number> {
  const { server, folder, faults, stdin, out, drop } = exec;
  const names = await namesOf(stdin);
  if (names === null) return refused(exec);
  const before = readState(folder, server, clock());
  const absent = names.filter((name) => !isInstalled(server, before, name));
  await out("@@packages 1\n@@run\n");
  if (absent.length > 0) {
    await out(`@@progress Installing ${absent.join(" ")}\n@@progress Reading the package lists\n`);
    if (faults.failPackage) await fail(exec, absent);
    else {
      await fetchAll(exec, absent);
      remember(exec, absent);
      // The package manager goes on without its client: what was asked for is there at the next attempt.
      if (faults.dropDuringInstall) drop();
      else await unpackAll(exec, absent);
    }
    await out("@@state\n");
  }
  await out([...packageLines(server, readState(folder, server, clock()), names), "@@end", ""].join("\n"));
  return 0;
}

async function fail({ server, out }: Exec, absent: readonly string[]): Promise<void> {
  await sleep(STEP_MS);
  const mirror = server.hardware.os.id === "ubuntu" ? "http://archive.ubuntu.com/ubuntu" : "http://deb.debian.org/debian";
  await out(`@@error E: Failed to fetch ${mirror}/pool/main/${absent[0]?.[0]}/${absent[0]}  503  Service Unavailable\n`);
}

async function fetchAll({ server, out }: Exec, absent: readonly string[]): Promise<void> {
  for (const [index, name] of absent.entries()) {
    await sleep(STEP_MS);
    const size = between(`${name} size`, 90, 9000);
    await out(`@@progress Get:${index + 1} http://deb.debian.org/debian ${server.hardware.os.id} stable/main amd64 ${name} [${size} kB]\n`);
  }
}

async function unpackAll({ out }: Exec, absent: readonly string[]): Promise<void> {
  for (const step of ["Unpacking", "Setting up"]) {
    for (const name of absent) {
      await sleep(STEP_MS);
      await out(`@@progress ${step} ${name} ...\n`);
    }
  }
}

/** When the last package of a worker is there, so are its units, not running yet. */
function remember({ server, folder }: Exec, installed: readonly string[]): void {
  changeState(folder, server, clock(), (state) => {
    const packages = [...new Set([...state.packages, ...installed])];
    const prepared = state.prepared || packagesOf("Worker", server.hardware.os).every((name) => packages.includes(name));
    const fresh = prepared && !state.prepared ? Object.fromEntries(HYPERVISOR_UNITS.map((unit) => [unit, "inactive" as const])) : {};
    return { ...state, packages, prepared, units: { ...state.units, ...fresh } };
  });
}
