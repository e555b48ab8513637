/** The hypervisors of the demo region, asked through real SSH by the same words as real hosts. */
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Faults } from "@/lib/demo/faults";
import { ALL_SERVERS, type DemoServer } from "@/lib/demo/fleet";
import { startDaemon, type Daemon } from "@/lib/demo/ssh";
import { authorizedKeys } from "@/lib/demo/state";
import { firstVms } from "@/lib/demo/workload";
import type { Vm } from "@/lib/domain/inventory";
import { installKey } from "@/lib/machines/ask";
import { readHostKey, withMachine, type HostKey, type Machine } from "@/lib/machines/dial";
import {
  abortMigration,
  allowPeer,
  checkPeer,
  forgetPeer,
  forgetRegent,
  knowPeer,
  listVms,
  memoryNow,
  migrateVm,
  migrationKey,
  migrationProgress,
  stopVm,
  storagePools,
  vmState,
} from "@/lib/machines/hypervisor";
import type { Outcome } from "@/lib/outcome";

let folder: string;
const daemons: Daemon[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "regent-demo-"))));
afterEach(() => {
  for (const daemon of daemons.splice(0)) daemon.close();
  rmSync(folder, { recursive: true });
});

type Host = {
  server: DemoServer;
  on: <T>(work: (machine: Machine) => Promise<Outcome<T>>) => Promise<Outcome<T>>;
  pin: HostKey;
  port: number;
};

async function start(name: string): Promise<Host> {
  const server = ALL_SERVERS.find((candidate) => candidate.name === name);
  if (!server) throw new Error(name);
  const daemon = await startDaemon(server, 0, folder);
  daemons.push(daemon);
  const address = { ip: server.ip, port: daemon.port };
  const { hostKey } = value(await readHostKey(address));
  const on: Host["on"] = (work) => withMachine(address, hostKey, { kind: "password", ...server.credentials }, work);
  return { server, on, pin: hostKey, port: daemon.port };
}

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

function fault({ server }: Host, faults: Faults): void {
  mkdirSync(join(folder, "faults"), { recursive: true });
  writeFileSync(join(folder, "faults", `${server.ip}.json`), JSON.stringify(faults));
}

/** Two hosts that trust each other. */
async function pair(): Promise<[Host, Host]> {
  const hosts: [Host, Host] = [await start("compute-west-01"), await start("compute-west-02")];
  for (const [from, to] of [hosts, hosts.toReversed() as [Host, Host]]) {
    const publicKey = value(await from.on(migrationKey));
    value(await to.on((machine) => allowPeer(machine, { publicKey, fromIp: from.server.ip })));
    value(await from.on((machine) => knowPeer(machine, { ip: to.server.ip, port: to.port, ...to.pin })));
    expect(value(await from.on((machine) => checkPeer(machine, to.server.ip))).roundTripMs).toBeGreaterThan(0);
  }
  return hosts;
}

const fence = (attempt = 1) => ({ operationId: randomUUID(), attempt });
const move = (from: Host, to: Host, uuid: string, more: { copyStorage?: boolean; fence?: ReturnType<typeof fence> } = {}) =>
  from.on((machine) => migrateVm(machine, { uuid, peerIp: to.server.ip, copyStorage: false, fence: fence(), ...more }));
const stateOn = async (host: Host, uuid: string) => value(await host.on((machine) => vmState(machine, uuid)));

function running(host: Host, storage: Vm["storage"] = "shared"): Vm {
  const vm = firstVms(host.server).find((one) => one.state === "running" && one.storage === storage && one.passthrough.length === 0);
  if (!vm) throw new Error(`no VM on ${host.server.name}`);
  return vm;
}

it("lists its VMs, moves one in steps that both ends agree on, and remembers it", async () => {
  const [from, to] = await pair();
  expect(value(await from.on(listVms))).toEqual(firstVms(from.server));
  const vm = running(from);
  const before = value(await to.on(memoryNow)).availableBytes;
  const first = fence(2);
  const moved = await from.on(async (machine) => {
    const moving = migrateVm(machine, { uuid: vm.uuid, peerIp: to.server.ip, copyStorage: false, fence: first });
    await sleep(400);
    const progress = value(await migrationProgress(machine, vm.uuid));
    expect(progress?.processedBytes).toBeGreaterThan(0);
    expect(progress?.totalBytes).toBe(vm.memoryBytes);
    expect(await stateOn(from, vm.uuid)).toBe("running");
    return moving;
  });
  expect(value(moved)).toBe("moved");
  expect([await stateOn(from, vm.uuid), await stateOn(to, vm.uuid)]).toEqual(["absent", "running"]);
  expect(value(await to.on(listVms)).at(-1)).toEqual(vm);
  expect(before - value(await to.on(memoryNow)).availableBytes).toBe(vm.memoryBytes);
  expect(value(await move(from, to, vm.uuid, { fence: { ...first, attempt: 3 } }))).toBe("present");
  expect(await move(from, to, vm.uuid, { fence: first })).toMatchObject({ ok: false, code: "superseded" });
});

it("fails as often as it is told, in libvirt's words, and then works", async () => {
  const [from, to] = await pair();
  const { uuid } = running(from);
  fault(from, { migrationMs: 50, migrationFails: { error: "internal error: client socket is closed", times: 1 } });
  expect(await move(from, to, uuid)).toMatchObject({
    ok: false,
    code: "peer-lost",
    reason: expect.stringContaining("client socket is closed"),
  });
  expect(await stateOn(from, uuid)).toBe("running");
  fault(to, { killArrivals: true });
  value(await move(from, to, uuid));
  expect([await stateOn(from, uuid), await stateOn(to, uuid)]).toEqual(["absent", "shut off"]);
});

it("refuses what libvirt would: local disks without a copy, a peer without trust, a host key that changed", async () => {
  const [from, to] = await pair();
  fault(from, { migrationMs: 50 });
  const { uuid } = running(from, "local");
  expect(await move(from, to, uuid)).toMatchObject({ code: "unsafe-storage" });
  expect(value(await move(from, to, uuid, { copyStorage: true }))).toBe("moved");
  const third = await start("compute-west-03");
  expect(await move(to, third, uuid)).toMatchObject({ code: "no-trust" });
  value(await to.on((machine) => knowPeer(machine, { ip: third.server.ip, port: third.port, ...third.pin })));
  expect(await move(to, third, uuid)).toMatchObject({ code: "peer-refused" });
  fault(third, { hostKey: "new" });
  expect(await to.on((machine) => checkPeer(machine, third.server.ip))).toMatchObject({ code: "peer-key-changed" });
  expect(await to.on((machine) => knowPeer(machine, { ip: third.server.ip, port: third.port, ...third.pin }))).toMatchObject({
    code: "peer-key-changed",
    reason: expect.stringContaining(third.pin.sha256),
  });
});

it("aborts a migration, and stops a VM softly or hard", async () => {
  const [from, to] = await pair();
  const { uuid } = running(from);
  fault(from, { migrationMs: 20_000 });
  const aborted = await from.on(async (machine) => {
    const moving = migrateVm(machine, { uuid, peerIp: to.server.ip, copyStorage: false, fence: fence() });
    await sleep(300);
    expect(value(await abortMigration(machine, uuid))).toBe("aborted");
    return moving;
  });
  expect(aborted).toMatchObject({ ok: false, code: "migration-aborted" });
  expect(value(await from.on((machine) => migrationProgress(machine, uuid)))).toBeNull();
  fault(from, { deafGuests: true });
  value(await from.on((machine) => stopVm(machine, uuid, { hard: false })));
  expect(await stateOn(from, uuid)).toBe("running");
  value(await from.on((machine) => stopVm(machine, uuid, { hard: true })));
  expect(await stateOn(from, uuid)).toBe("shut off");
});

it("tells how its pools are, and forgets a peer and Regent", async () => {
  const [from, to] = await pair();
  expect(value(await from.on(storagePools)).map(({ kind, health }) => `${kind} ${health}`)).toEqual([
    "libvirt ok",
    "md ok",
    "md ok",
    "lvm ok",
  ]);
  fault(from, { pools: "degraded" });
  expect(value(await from.on(storagePools)).filter(({ health }) => health === "degraded")).toHaveLength(1);
  const publicKey = value(await from.on(migrationKey));
  value(await to.on((machine) => forgetPeer(machine, { ip: from.server.ip, publicKey })));
  expect(await from.on((machine) => checkPeer(machine, to.server.ip))).toMatchObject({ code: "peer-refused" });
  const own = "restrict ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB3b0mV2xTgDk5mF0cQnq8r3h1m5z regent";
  value(await from.on((machine) => installKey(machine, own)));
  value(await from.on((machine) => forgetRegent(machine, { publicKey: own })));
  expect(authorizedKeys(folder, from.server)).toEqual([]);
  expect(await from.on((machine) => checkPeer(machine, to.server.ip))).toMatchObject({ code: "no-trust" });
});
