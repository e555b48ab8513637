/** Hypervisors of real hosts: what Regent knows of their virtual machines, and moving them from one to another. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Vm } from "../../lib/domain/inventory";
import { askSurvey, probe } from "../../lib/machines/ask";
import { withMachine, type HostKey, type Machine } from "../../lib/machines/dial";
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
  MIGRATION_SESSION_MS,
  migrationProgress,
  stopVm,
  storagePools,
  vmState,
} from "../../lib/machines/hypervisor";
import type { Outcome } from "../../lib/outcome";
import { ADMIN, at, available, down, fault, guest, status, up } from "./lab";
import { reserveNetwork } from "./network";
import { value } from "./region";

const [A, B, C] = [41, 42, 43] as const;
const MIB = 2 ** 20;
/** Ends when sshd listens again; a reload ends before it has stopped to. */
const RESTART = "systemctl restart ssh";
const here = available();

describe.skipIf(!here.ok || process.env.REGENT_LAB_LIVE !== "1")("hypervisors of real hosts", { timeout: 180_000 }, () => {
  let network: string;
  let release: () => void;
  const pins = new Map<number, HostKey>();
  const keys = new Map<number, string>();

  beforeAll(async () => {
    ({ network, release } = reserveNetwork());
    process.env.REGENT_LAB_NET = network;
    await down();
    await up([A, B, C].map((number) => ({ number, kind: "hv" as const })));
    await readPins();
  }, 900_000);
  afterAll(async () => {
    await down();
    release();
  }, 60_000);

  const ip = (number: number) => `${network}.${number}`;
  async function readPins(): Promise<void> {
    for (const { number, hostKeys } of await status()) {
      const key = hostKeys.find(({ type }) => type === "ssh-ed25519");
      if (key) pins.set(number, key);
    }
  }
  const pinOf = (number: number): HostKey => pins.get(number) ?? { type: "", sha256: "" };
  /** One session on a host, as an operation has it. */
  const on = <T>(number: number, work: (machine: Machine) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    withMachine({ ip: ip(number), port: 22 }, pinOf(number), { kind: "password", ...ADMIN }, work, { sessionMs: MIGRATION_SESSION_MS });
  const vmOn = async (number: number, name: string): Promise<Vm> => {
    const found = value(await on(number, listVms)).find((vm) => vm.name === name);
    if (!found) throw new Error(`There is no VM ${name} on ${ip(number)}.`);
    return found;
  };
  const stateOn = async (number: number, uuid: string): Promise<string> => value(await on(number, (machine) => vmState(machine, uuid)));
  const fence = (attempt = 1) => ({ operationId: randomUUID(), attempt });
  const move = (from: number, uuid: string, to: number, more: { copyStorage?: boolean; fence?: ReturnType<typeof fence> } = {}) =>
    on(from, (machine) => migrateVm(machine, { uuid, peerIp: ip(to), copyStorage: false, fence: fence(), ...more }));
  /** `to` lets `from` in, and `from` knows `to`. */
  async function trust(from: number, to: number): Promise<void> {
    const publicKey = keys.get(from) ?? value(await on(from, migrationKey));
    keys.set(from, publicKey);
    value(await on(to, (machine) => allowPeer(machine, { publicKey, fromIp: ip(from) })));
    value(await on(from, (machine) => knowPeer(machine, { ip: ip(to), port: 22, ...pinOf(to) })));
  }
  /** A VM without a system, with disks as the XML says. */
  async function define(number: number, name: string, devices: string): Promise<string> {
    const xml = `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu><description>\nshut off\n&lt;domain&gt;</description><os><type arch='x86_64' machine='pc-i440fx-10.0'>hvm</type></os><cpu mode='custom' match='exact' check='none'><model>qemu64</model></cpu><devices>${devices}</devices></domain>`;
    await at(number, `printf %s "${xml}" >/run/vm.xml; virsh -q define /run/vm.xml; virsh -q start ${name}; rm /run/vm.xml`);
    return (await at(number, `virsh domuuid ${name}`)).trim();
  }

  it("knows of every VM what virsh knows, and on what its disks lie", async () => {
    await guest(A, "web1", 96, "linux", `${network}.201`);
    await guest(A, "bios1", 512, "bios");
    await at(
      A,
      "mkdir -p /srv/iso '/srv/some vms'; head -c 1M /dev/urandom >/srv/iso/a.iso; head -c 24M /dev/urandom >'/srv/some vms/it & that.img'",
    );
    await define(
      A,
      "disk1",
      "<disk type='file'><driver name='qemu' type='raw'/><source file='/srv/some vms/it &amp; that.img'/><target dev='vda' bus='virtio'/></disk>",
    );
    await define(
      A,
      "iso1",
      "<disk type='file' device='cdrom'><source file='/srv/iso/a.iso'/><target dev='hda' bus='ide'/><readonly/></disk><disk type='file' device='cdrom'><target dev='hdb' bus='ide'/></disk>",
    );
    await at(A, "virsh -q suspend bios1; virsh -q destroy iso1");
    const begun = performance.now();
    const vms = value(await on(A, listVms));
    console.log(`${vms.length} VMs listed in ${Math.round(performance.now() - begun)} ms, login included`);
    const facts = (name: string) => vms.find((vm) => vm.name === name);
    for (const { name, uuid, state, vcpus, memoryBytes } of vms) {
      const told = await at(A, `virsh dominfo ${name}`);
      const line = (key: string) => new RegExp(`^${key}: +(.*)$`, "m").exec(told)?.[1];
      expect({ uuid, state, cpus: `${vcpus}`, memory: `${memoryBytes / 1024} KiB` }).toEqual({
        uuid: line("UUID"),
        state: line("State"),
        cpus: line("CPU\\(s\\)"),
        memory: line("Max memory"),
      });
    }
    expect(facts("web1")).toMatchObject({ storage: "none", networks: ["bridge br0"], cpu: "qemu64", passthrough: [] });
    expect(facts("disk1")).toMatchObject({ storage: "local", networks: [], state: "running" });
    expect(facts("iso1")).toMatchObject({ storage: "none", state: "shut off" });
    expect(value(await on(A, probe)).vms).toEqual(vms);
    const survey = await on(A, async (machine) => askSurvey(value(await machine.converse("survey"))));
    expect(value(survey).vms).toEqual(vms);
    await at(A, "virsh -q resume bios1");
    const memory = value(await on(A, memoryNow));
    expect(memory.totalBytes).toBe(2048 * MIB);
    expect(memory.availableBytes).toBeLessThan(1900 * MIB);
  });

  it("sets up trust in both directions, once and again, and proves it", async () => {
    for (const [from, to] of [[A, B], [B, A], [A, B]] as const) await trust(from, to); // prettier-ignore
    expect(await at(B, "grep -c regent-migration /root/.ssh/authorized_keys")).toBe("1\n");
    for (const [from, to] of [
      [A, B],
      [B, A],
    ] as const) {
      const { roundTripMs } = value(await on(from, (machine) => checkPeer(machine, ip(to))));
      console.log(`round trip from ${ip(from)} to ${ip(to)}: ${roundTripMs} ms`);
      expect(roundTripMs).toBeGreaterThan(0);
    }
    const wanted = await at(A, `timeout 5 /etc/regent/ssh root@${ip(B)} id </dev/null || true`);
    expect(wanted).not.toContain("uid=");
  });

  it("refuses another host key than the pinned one, and names both", async () => {
    const refused = await on(A, (machine) => knowPeer(machine, { ip: ip(C), port: 22, ...pinOf(B) }));
    console.log(refused);
    expect(refused).toMatchObject({ ok: false, code: "peer-key-changed", reason: expect.stringContaining(pinOf(B).sha256) });
    expect(refused).toMatchObject({ reason: expect.stringContaining(pinOf(C).sha256) });
  });

  it("moves a running VM to its peer and back; a lower attempt comes too late, another finds it there", async () => {
    const { uuid } = await vmOn(A, "web1");
    const gap = await pingGaps(`${network}.201`);
    const first = fence(2);
    const begun = performance.now();
    expect(value(await move(A, uuid, B, { fence: first }))).toBe("moved");
    const took = performance.now() - begun;
    expect(await stateOn(B, uuid)).toBe("running");
    expect(await stateOn(A, uuid)).toBe("absent");
    expect(await move(A, uuid, B, { fence: { ...first, attempt: 1 } })).toMatchObject({ ok: false, code: "superseded" });
    expect(value(await move(A, uuid, B, { fence: { ...first, attempt: 3 } }))).toBe("present");
    expect(value(await move(B, uuid, A))).toBe("moved");
    await sleep(500);
    console.log(`moved in ${Math.round(took)} ms with its login; the largest gap between two pings of 50 ms was ${await gap()} ms`);
    expect(await at(A, "virsh dominfo web1")).toMatch(/^Persistent: +yes$/m);
  });

  it("refuses in words a peer without the key, and one whose host key has changed", async () => {
    const { uuid } = await vmOn(A, "web1");
    expect(await move(A, uuid, C)).toMatchObject({ ok: false, code: "no-trust" });
    value(await on(A, (machine) => knowPeer(machine, { ip: ip(C), port: 22, ...pinOf(C) })));
    const without = await move(A, uuid, C);
    expect(without).toMatchObject({ ok: false, code: "peer-refused", reason: expect.stringContaining("Permission denied") });
    await trust(A, C);
    value(await on(A, (machine) => checkPeer(machine, ip(C))));
    await fault(C, "rekey");
    const changed = await on(A, (machine) => checkPeer(machine, ip(C)));
    expect(changed).toMatchObject({ ok: false, code: "peer-key-changed", reason: expect.stringContaining("Host key verification failed") });
    await readPins();
    await trust(A, C);
    value(await on(A, (machine) => checkPeer(machine, ip(C))));
    await at(C, "echo PermitRootLogin no >/etc/ssh/sshd_config.d/root.conf");
    await at(C, RESTART);
    const closed = await on(C, (machine) => allowPeer(machine, { publicKey: keys.get(A) ?? "", fromIp: ip(A) }));
    expect(closed).toMatchObject({ ok: false, code: "root-login" });
    await at(C, "rm /etc/ssh/sshd_config.d/root.conf");
    await at(C, RESTART);
    console.log([without, changed, closed].map((refusal) => (refusal.ok ? "" : refusal.reason)).join("\n"));
    expect(await stateOn(A, uuid)).toBe("running");
  });

  it("says why a VM can not go: its name is taken, its CD is missing, its disks are local, its bridge is missing", async () => {
    const { uuid: web } = await vmOn(A, "web1");
    await guest(B, "web1", 64, "bios");
    const taken = await move(A, web, B);
    expect(taken).toMatchObject({ ok: false, code: "vm-exists" });
    await at(B, "virsh -q destroy web1; virsh -q undefine web1");
    const disk = await move(A, (await vmOn(A, "disk1")).uuid, B);
    expect(disk).toMatchObject({ ok: false, code: "unsafe-storage" });
    await at(A, "virsh -q start iso1");
    const { uuid: iso } = await vmOn(A, "iso1");
    const cd = await move(A, iso, B);
    expect(cd).toMatchObject({ ok: false, code: "disk-unreachable", reason: expect.stringContaining("/srv/iso/a.iso") });
    await at(A, "virsh -q change-media iso1 hda --eject --force");
    expect(value(await move(A, iso, B))).toBe("moved");
    await at(A, "ip link add only-here type bridge; ip link set only-here up");
    const plugged = await define(A, "plugged", "<interface type='bridge'><source bridge='only-here'/></interface>");
    const bridge = await move(A, plugged, B);
    expect(bridge).toMatchObject({ ok: false, code: "network-missing" });
    await at(A, "virsh -q destroy plugged");
    const off = await move(A, plugged, B);
    expect(off).toMatchObject({ ok: false, code: "vm-not-running" });
    console.log([taken, disk, cd, bridge, off].map((refusal) => (refusal.ok ? "" : refusal.reason)).join("\n"));
  });

  it("copies local disks along, bit by bit, and overwrites nothing", async () => {
    const { uuid } = await vmOn(A, "disk1");
    const sum = async (number: number, file: string) => (await at(number, `sha256sum "${file}"`)).split(" ")[0];
    const file = "/srv/some vms/it & that.img";
    const before = await sum(A, file);
    await at(B, `mkdir -p '/srv/some vms'; echo mine >'${file}'`);
    const there = await move(A, uuid, B, { copyStorage: true });
    expect(there).toMatchObject({ ok: false, code: "file-there" });
    expect(await at(B, `cat '${file}'`)).toBe("mine\n");
    await at(B, `rm '${file}'`);
    const begun = performance.now();
    expect(value(await move(A, uuid, B, { copyStorage: true }))).toBe("moved");
    console.log(`24 MiB of disk moved in ${Math.round(performance.now() - begun)} ms`);
    expect(await stateOn(B, uuid)).toBe("running");
    expect(await sum(B, file)).toBe(before);
    expect(await sum(A, `${file}.moved`)).toBe(before);
    expect(await at(B, "virsh pool-list --all --name")).toBe("\n");
    expect(value(await move(B, uuid, A, { copyStorage: true }))).toBe("moved");
    expect(await sum(A, file)).toBe(before);
    await at(A, "mkdir -p /srv/two; virsh -q pool-create-as two dir --target /srv/two; virsh -q vol-create-as two a.img 1M --format raw");
    const volume = await define(
      A,
      "volume",
      "<disk type='volume'><source pool='two' volume='a.img'/><target dev='vda' bus='virtio'/></disk>",
    );
    expect(await vmOn(A, "volume")).toMatchObject({ storage: "local" });
    expect(await move(A, volume, B, { copyStorage: true })).toMatchObject({ ok: false, code: "not-a-file" });
    await at(A, "virsh -q destroy volume");
  });

  it("tells how far a migration is, and aborts it: the VM runs on, and nothing of its disk is left on the peer", async () => {
    const { uuid } = await vmOn(A, "disk1");
    await at(A, "virsh migrate-setspeed disk1 2");
    const seen: number[] = [];
    const outcome = await on(A, async (machine) => {
      const moving = migrateVm(machine, { uuid, peerIp: ip(B), copyStorage: true, fence: fence() });
      for (const until = Date.now() + 20_000; seen.length < 3 && Date.now() < until; await sleep(500)) {
        const progress = value(await migrationProgress(machine, uuid));
        if (progress) seen.push(progress.processedBytes / progress.totalBytes);
      }
      expect(value(await abortMigration(machine, uuid))).toBe("aborted");
      return moving;
    });
    console.log(
      `progress ${seen.map((share) => `${Math.round(share * 100)} %`).join(", ")}; then: ${outcome.ok ? "moved" : outcome.reason}`,
    );
    expect(outcome).toMatchObject({ ok: false, code: "migration-aborted" });
    expect(seen.length).toBe(3);
    expect(await stateOn(A, uuid)).toBe("running");
    expect(await stateOn(B, uuid)).toBe("absent");
    expect(await at(B, "ls '/srv/some vms'")).not.toContain("that.img\n");
    expect(value(await on(A, (machine) => abortMigration(machine, uuid)))).toBe("nothing");
    expect(value(await on(A, (machine) => migrationProgress(machine, uuid)))).toBeNull();
  });

  it("keeps the VM running on its host when the peer's cable is pulled in the middle", async () => {
    const { uuid } = await vmOn(A, "web1");
    await at(A, "virsh migrate-setspeed web1 2");
    const pulled = on(A, async (machine) => {
      const moving = migrateVm(machine, { uuid, peerIp: ip(C), copyStorage: false, fence: fence() });
      for (const until = Date.now() + 20_000; Date.now() < until; await sleep(200))
        if (value(await migrationProgress(machine, uuid))) break;
      await fault(C, "cut");
      return moving;
    });
    const begun = performance.now();
    const outcome = await pulled;
    console.log(`${Math.round((performance.now() - begun) / 1000)} s after the start: ${outcome.ok ? "moved" : outcome.reason}`);
    expect(outcome).toMatchObject({ ok: false, code: "peer-lost" });
    await fault(C, "mend");
    expect(await stateOn(A, uuid)).toBe("running");
    await at(A, "virsh migrate-setspeed web1 8796093022207");
  });

  it("goes on without Regent: the next attempt waits for the first one's end, and finds the VM on the peer", async () => {
    const { uuid } = await vmOn(A, "web1");
    await at(A, "virsh migrate-setspeed web1 12");
    const leaving = new AbortController();
    const operation = fence();
    const first = withMachine(
      { ip: ip(A), port: 22 },
      pinOf(A),
      { kind: "password", ...ADMIN },
      async (machine) => {
        const moving = migrateVm(machine, { uuid, peerIp: ip(B), copyStorage: false, fence: operation });
        for (const until = Date.now() + 20_000; Date.now() < until; await sleep(100))
          if (value(await migrationProgress(machine, uuid))) break;
        leaving.abort();
        return moving;
      },
      { sessionMs: MIGRATION_SESSION_MS, signal: leaving.signal },
    );
    expect(await first).toMatchObject({ ok: false, code: "connection-lost" });
    const begun = performance.now();
    expect(value(await move(A, uuid, B, { fence: { ...operation, attempt: 2 } }))).toBe("present");
    console.log(`the second attempt waited ${Math.round(performance.now() - begun)} ms`);
    expect([await stateOn(A, uuid), await stateOn(B, uuid)]).toEqual(["absent", "running"]);
    expect(value(await move(B, uuid, A))).toBe("moved");
  });

  it("hears within half a minute of a source whose cable is pulled", async () => {
    const { uuid } = await vmOn(A, "web1");
    await at(A, "virsh migrate-setspeed web1 2");
    const begun = performance.now();
    const outcome = await on(A, async (machine) => {
      const moving = migrateVm(machine, { uuid, peerIp: ip(B), copyStorage: false, fence: fence() });
      for (const until = Date.now() + 20_000; Date.now() < until; await sleep(200))
        if (value(await migrationProgress(machine, uuid))) break;
      await fault(A, "cut");
      return moving;
    });
    console.log(`${Math.round((performance.now() - begun) / 1000)} s after the start: ${outcome.ok ? "moved" : outcome.reason}`);
    expect(outcome).toMatchObject({ ok: false, code: "connection-lost" });
    await sleep(10_000);
    await fault(A, "mend");
    await at(A, "virsh migrate-setspeed web1 8796093022207");
    expect(await stateOn(A, uuid)).toBe("running");
  });

  it("says that the peer had no memory, and notices a VM that ended right after libvirt's success", async () => {
    await guest(A, "heavy", 256, "linux");
    const { uuid } = await vmOn(A, "heavy");
    await sleep(6000);
    const used = Number((await at(C, "free -m")).split("\n")[1]?.trim().split(/\s+/)[2]);
    await fault(C, `memory:${used + 120}`);
    const { availableBytes } = value(await on(C, memoryNow));
    const outcome = await move(A, uuid, C);
    console.log(`${Math.round(availableBytes / MIB)} MiB left: ${outcome.ok ? "moved" : outcome.reason}`);
    await fault(C, "memory:2048");
    expect(outcome).toMatchObject({ ok: false, code: "vm-ended-there" });
    expect([await stateOn(A, uuid), await stateOn(C, uuid)]).toEqual(["running", "absent"]);

    const running = `[ "$(virsh domstate heavy 2>/dev/null | head -n 1)" = running ]`;
    await at(
      C,
      `systemd-run --quiet --unit=reaper sh -c 'until ${running.replaceAll("$", "$$$$")}; do sleep 0.02; done; pkill -9 -f guest=heavy'`,
    );
    const dead = await move(A, uuid, C);
    await sleep(1000);
    console.log(`then: ${dead.ok ? "moved" : dead.reason}; ${await stateOn(C, uuid)} on the peer`);
    expect(dead.ok || dead.code === "vm-dead").toBe(true);
    expect([await stateOn(A, uuid), await stateOn(C, uuid)]).toEqual(["absent", "shut off"]);
  });

  it("stops a VM, hard at once and softly if it listens", async () => {
    const { uuid } = await vmOn(A, "bios1");
    value(await on(A, (machine) => stopVm(machine, uuid, { hard: false })));
    expect(await stateOn(A, uuid)).toBe("running");
    value(await on(A, (machine) => stopVm(machine, uuid, { hard: true })));
    expect(await stateOn(A, uuid)).toBe("shut off");
    value(await on(A, (machine) => stopVm(machine, uuid, { hard: true })));
    value(await on(A, (machine) => stopVm(machine, randomUUID(), { hard: false })));
  });

  it("tells how storage pools are", async () => {
    await at(A, "mkdir -p /srv/one; virsh -q pool-define-as one dir --target /srv/one; virsh -q pool-autostart one");
    const pools = value(await on(A, storagePools));
    console.log(pools);
    expect(pools).toContainEqual({ kind: "libvirt", name: "two", health: "ok", detail: "" });
    expect(pools).toContainEqual({ kind: "libvirt", name: "one", health: "degraded", detail: "It starts with the host, but is inactive." });
  });

  it("forgets a peer, and at last itself", async () => {
    value(await on(B, (machine) => forgetPeer(machine, { ip: ip(A), publicKey: keys.get(A) ?? "" })));
    expect(await on(A, (machine) => checkPeer(machine, ip(B)))).toMatchObject({ ok: false, code: "peer-refused" });
    const own = "restrict ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB3b0mV2xTgDk5mF0cQnq8r3h1m5z regent";
    await at(
      A,
      `mkdir -p /home/admin/.ssh; printf '%s\n' 'ssh-rsa AAAAOTHER me' '${own}' >/home/admin/.ssh/authorized_keys; chown -R admin: /home/admin/.ssh`,
    );
    value(await on(A, (machine) => forgetRegent(machine, { publicKey: own })));
    expect(await at(A, "cat /home/admin/.ssh/authorized_keys; stat -c %U /home/admin/.ssh/authorized_keys")).toBe(
      "ssh-rsa AAAAOTHER me\nadmin\n",
    );
    expect(await at(A, "cat /root/.ssh/authorized_keys; ls -d /etc/regent /run/regent 2>/dev/null || true")).toBe("");
  });

  /** A third host pings an address twenty times a second; says how long the longest silence was, in ms. */
  async function pingGaps(address: string): Promise<() => Promise<number>> {
    await at(C, `touch /run/pings; systemd-run --quiet --unit=pings sh -c 'exec ping -n -D -i 0.05 ${address} >/run/pings'`);
    const times = async () =>
      [...(await at(C, "cat /run/pings")).matchAll(/^\[(\d+\.\d+)\] \d+ bytes from/gm)].map(([, seconds]) => Number(seconds));
    for (const until = Date.now() + 60_000; (await times()).length < 20; await sleep(200))
      if (Date.now() > until) throw new Error("no ping is answered");
    return async () => {
      await at(C, "systemctl stop pings");
      const all = await times();
      return Math.round(1000 * Math.max(...all.slice(1).map((time, index) => time - (all[index] ?? time))));
    };
  }
});
