/** Moves between real hosts that can not be, or that break on the way: each ends with a sentence, and no VM is lost. */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { memoryNow, migrateVm } from "../../lib/machines/hypervisor";
import { A, B, C, define, defineWithDisks, fence, MIB, underWay, useHypervisors } from "./hypervisors";
import { at, fault, guest } from "./lab";
import { value } from "./region";
import { onRealHosts, until } from "./set-up";

const KILLED_MS = 20_000;
/** How often a guest is killed, until one dies right after the move and not right before its end. */
const KILLS = 4;

onRealHosts("moves that go wrong on real hosts", { file: "hypervisor-faults", timeout: 180_000 }, () => {
  const { ip, network, on, vmOn, stateOn, move, trust } = useHypervisors();
  beforeAll(async () => {
    await guest(A, "web1", 96, "linux", `${network()}.201`);
    await defineWithDisks(A);
    for (const [from, to] of [[A, B], [B, A], [A, C]] as const) await trust(from, to); // prettier-ignore
  });

  it("says why a VM can not go: its name is taken, its CD is missing, its disks are local, its bridge is missing", async () => {
    const { uuid: web } = await vmOn(A, "web1");
    await guest(B, "web1", 64, "bios");
    const taken = await move(A, web, B);
    expect(taken).toMatchObject({ ok: false, code: "vm-exists" });
    await at(B, "virsh -q destroy web1; virsh -q undefine web1");
    const disk = await move(A, (await vmOn(A, "disk1")).uuid, B);
    expect(disk).toMatchObject({ ok: false, code: "unsafe-storage" });
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

  it("keeps the VM running on its host when the peer's cable is pulled in the middle", async () => {
    const { uuid } = await vmOn(A, "web1");
    await at(A, "virsh migrate-setspeed web1 2");
    const pulled = on(A, async (machine) => {
      const moving = migrateVm(machine, { uuid, peerIp: ip(C), copyStorage: false, fence: fence() });
      await underWay(machine, uuid);
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
    const first = on(
      A,
      async (machine) => {
        const moving = migrateVm(machine, { uuid, peerIp: ip(B), copyStorage: false, fence: operation });
        await underWay(machine, uuid);
        leaving.abort();
        return moving;
      },
      leaving.signal,
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
      await underWay(machine, uuid);
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
    let dead: Awaited<ReturnType<typeof move>> | undefined;
    for (let attempt = 1; attempt <= KILLS; attempt += 1) {
      await at(
        C,
        `systemd-run --quiet --unit=reaper${attempt} sh -c 'until ${running.replaceAll("$", "$$$$")}; do sleep 0.02; done; pkill -9 -f guest=heavy'`,
      );
      dead = await move(A, uuid, C);
      console.log(`then: ${dead.ok ? "moved" : dead.reason}`);
      // Killed a moment before libvirt called it done: then it runs on where it was, which the move has to say.
      if ((await stateOn(A, uuid)) !== "running") break;
      expect([dead.ok, await stateOn(C, uuid)]).toEqual([false, "absent"]);
    }
    await until("the guest was killed", async () => (await stateOn(C, uuid)) === "shut off", KILLED_MS);
    expect(dead?.ok || dead?.code === "vm-dead").toBe(true);
    expect([await stateOn(A, uuid), await stateOn(C, uuid)]).toEqual(["absent", "shut off"]);
  });
});
