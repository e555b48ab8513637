/** What Regent knows of the virtual machines of real hosts, and moving them from one to another. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { askSurvey, probe } from "../../lib/machines/ask";
import { abortMigration, listVms, memoryNow, migrateVm, migrationProgress, stopVm, storagePools } from "../../lib/machines/hypervisor";
import { A, B, C, define, defineWithDisks, fence, MIB, useHypervisors } from "./hypervisors";
import { at, guest } from "./lab";
import { watchPings } from "./pings";
import { value } from "./region";
import { onRealHosts } from "./set-up";

onRealHosts("virtual machines of real hosts", { file: "hypervisor-moves", timeout: 180_000 }, () => {
  const { ip, network, on, vmOn, stateOn, move, trust } = useHypervisors();
  beforeAll(async () => {
    await guest(A, "web1", 96, "linux", `${network()}.201`);
    await defineWithDisks(A);
    await trust(A, B);
    await trust(B, A);
  });

  it("knows of every VM what virsh knows, and on what its disks lie", async () => {
    await guest(A, "bios1", 512, "bios");
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

  it("moves a running VM to its peer and back; a lower attempt comes too late, another finds it there", async () => {
    const { uuid } = await vmOn(A, "web1");
    const gap = await watchPings(C, `${network()}.201`);
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
});
