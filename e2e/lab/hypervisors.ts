/** Hypervisors of real hosts, as an operation meets them: by Regent's own sessions, without a console around them. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll } from "vitest";
import type { Vm } from "../../lib/domain/inventory";
import { withMachine, type HostKey, type Machine } from "../../lib/machines/dial";
import {
  allowPeer,
  knowPeer,
  listVms,
  migrateVm,
  migrationKey,
  MIGRATION_SESSION_MS,
  migrationProgress,
  vmState,
} from "../../lib/machines/hypervisor";
import type { Outcome } from "../../lib/outcome";
import { ADMIN, at, status } from "./lab";
import { value } from "./region";
import { useHosts } from "./set-up";

export type Fence = { operationId: string; attempt: number };
export const fence = (attempt = 1): Fence => ({ operationId: randomUUID(), attempt });

export const MIB = 2 ** 20;
const UNDER_WAY_MS = 20_000;

/** Three hosts for each file: two to move between, and one more. */
export const [A, B, C] = [41, 42, 43] as const;

/** The three hosts with libvirt, and what is done on them; gone when the tests have ended. */
export function useHypervisors() {
  const { ip, network } = useHosts([A, B, C].map((number) => ({ number, kind: "hv" })));
  const pins = new Map<number, HostKey>();
  const keys = new Map<number, string>();
  async function readPins(): Promise<void> {
    for (const { number, hostKeys } of await status()) {
      const key = hostKeys.find(({ type }) => type === "ssh-ed25519");
      if (key) pins.set(number, key);
    }
  }
  beforeAll(readPins);

  const pinOf = (number: number): HostKey => pins.get(number) ?? { type: "", sha256: "" };
  /** The public key with which it moves machines away; "" while it trusts nobody. */
  const keyOf = (number: number): string => keys.get(number) ?? "";
  /** One session on a host, as an operation has it. */
  const on = <T>(number: number, work: (machine: Machine) => Promise<Outcome<T>>, signal?: AbortSignal): Promise<Outcome<T>> => {
    const options = { sessionMs: MIGRATION_SESSION_MS, ...(signal ? { signal } : {}) };
    return withMachine({ ip: ip(number), port: 22 }, pinOf(number), { kind: "password", ...ADMIN }, work, options);
  };
  const vmOn = async (number: number, name: string): Promise<Vm> => {
    const found = value(await on(number, listVms)).find((vm) => vm.name === name);
    if (!found) throw new Error(`There is no VM ${name} on ${ip(number)}.`);
    return found;
  };
  const stateOn = async (number: number, uuid: string): Promise<string> => value(await on(number, (machine) => vmState(machine, uuid)));
  const move = (from: number, uuid: string, to: number, more: { copyStorage?: boolean; fence?: Fence } = {}) =>
    on(from, (machine) => migrateVm(machine, { uuid, peerIp: ip(to), copyStorage: false, fence: fence(), ...more }));
  /** `to` lets `from` in, and `from` knows `to`. */
  async function trust(from: number, to: number): Promise<void> {
    const publicKey = keys.get(from) ?? value(await on(from, migrationKey));
    keys.set(from, publicKey);
    value(await on(to, (machine) => allowPeer(machine, { publicKey, fromIp: ip(from) })));
    value(await on(from, (machine) => knowPeer(machine, { ip: ip(to), port: 22, ...pinOf(to) })));
  }
  return { ip, network, readPins, pinOf, keyOf, on, vmOn, stateOn, move, trust };
}

/** Waits for a migration to begin to move memory, if it does within the time. */
export async function underWay(machine: Machine, uuid: string): Promise<void> {
  for (const deadline = Date.now() + UNDER_WAY_MS; Date.now() < deadline; await sleep(100))
    if (value(await migrationProgress(machine, uuid))) return;
}

/** Defines and starts a VM without a system, with devices as the XML says; answers with its UUID. */
export async function define(number: number, name: string, devices: string): Promise<string> {
  const xml = `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu><description>\nshut off\n&lt;domain&gt;</description><os><type arch='x86_64' machine='pc-i440fx-10.0'>hvm</type></os><cpu mode='custom' match='exact' check='none'><model>qemu64</model></cpu><devices>${devices}</devices></domain>`;
  await at(number, `printf %s "${xml}" >/run/vm.xml; virsh -q define /run/vm.xml; virsh -q start ${name}; rm /run/vm.xml`);
  return (await at(number, `virsh domuuid ${name}`)).trim();
}

/** A VM "disk1" with a disk of 24 MiB in a local file, and "iso1" with a CD from one. */
export async function defineWithDisks(number: number): Promise<void> {
  await at(
    number,
    "mkdir -p /srv/iso '/srv/some vms'; head -c 1M /dev/urandom >/srv/iso/a.iso; head -c 24M /dev/urandom >'/srv/some vms/it & that.img'",
  );
  await define(
    number,
    "disk1",
    "<disk type='file'><driver name='qemu' type='raw'/><source file='/srv/some vms/it &amp; that.img'/><target dev='vda' bus='virtio'/></disk>",
  );
  await define(
    number,
    "iso1",
    "<disk type='file' device='cdrom'><source file='/srv/iso/a.iso'/><target dev='hda' bus='ide'/><readonly/></disk><disk type='file' device='cdrom'><target dev='hdb' bus='ide'/></disk>",
  );
}
