/** Hypervisors that trust each other for migrations: how it is set up, proved, refused and taken back. */
import { beforeAll, expect, it } from "vitest";
import { allowPeer, checkPeer, forgetPeer, forgetRegent, knowPeer } from "../../lib/machines/hypervisor";
import { A, B, C, useHypervisors } from "./hypervisors";
import { at, fault, guest } from "./lab";
import { value } from "./region";
import { onRealHosts } from "./set-up";

/** Ends when sshd listens again; a reload ends before it has stopped to. */
const RESTART = "systemctl restart ssh";

onRealHosts("trust between real hypervisors", { file: "hypervisor-trust", timeout: 180_000 }, () => {
  const { ip, readPins, pinOf, keyOf, on, vmOn, stateOn, move, trust } = useHypervisors();
  beforeAll(() => guest(A, "web1", 96, "bios"));

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
    const closed = await on(C, (machine) => allowPeer(machine, { publicKey: keyOf(A), fromIp: ip(A) }));
    expect(closed).toMatchObject({ ok: false, code: "root-login" });
    await at(C, "rm /etc/ssh/sshd_config.d/root.conf");
    await at(C, RESTART);
    console.log([without, changed, closed].map((refusal) => (refusal.ok ? "" : refusal.reason)).join("\n"));
    expect(await stateOn(A, uuid)).toBe("running");
  });

  it("forgets a peer, and at last itself", async () => {
    value(await on(B, (machine) => forgetPeer(machine, { ip: ip(A), publicKey: keyOf(A) })));
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
});
