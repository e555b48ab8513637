import { execFile } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { db } from "../../lib/db";
import { formatBytes } from "../../lib/domain/units";
import { contactMachine } from "../../lib/services/nodes/contact";
import { joinNode } from "../../lib/services/nodes/join";
import { reinspectNode } from "../../lib/services/nodes/reinspect";
import { retrustHostKey } from "../../lib/services/nodes/retrust";
import { pressJoin, rowOf, typeAddress, typeLogin } from "./browser";
import { hostFacts, toldFacts } from "./host-facts";
import { ADMIN, at, fault, guest, hostOf, PLAIN } from "./lab";
import { add, asAdministrator, ended, inspect, node, seen, succeeded, transitions } from "./region";
import { onRealHosts, useHosts, usePage, useRegion } from "./set-up";

const [BARE, HV, KILLED, PLAIN_HOST, DUMB, STRICT, HALF] = [21, 22, 23, 24, 25, 26, 27] as const;

onRealHosts("real hosts", { file: "join", timeout: 480_000 }, () => {
  const hosts = useHosts([
    ...[BARE, KILLED, HALF].map((number) => ({ number, kind: "bare" as const })),
    { number: PLAIN_HOST, kind: "bare", memoryMiB: 1024, cpus: 1 },
    { number: HV, kind: "hv" },
    ...[DUMB, STRICT].map((number) => ({ number, kind: "light" as const, memoryMiB: 600 })),
  ]);
  const joining = useRegion(hosts, { administrator: false });
  const page = usePage(joining);
  const { ip } = hosts;
  const { region } = joining;
  const nodeOn = async (number: number) => node((await db.node.findFirstOrThrow({ where: { ip: ip(number) } })).id);

  it("joins a bare host through the console: libvirt is installed from the host's own package cache", async () => {
    const host = await hostOf(BARE);
    // Debian's sudo leaves a mark in the home folder of an administrator on the first use; this one has used it before.
    await at(BARE, "su admin -c 'sudo -n true'; touch /run/before; sleep 0.01");
    const dialog = await typeAddress(page(), host.ip);
    expect(host.hostKeys).toContainEqual(keyIn(await dialog.getByRole("list", { name: "Connection test" }).innerText()));
    await dialog.getByRole("radio", { name: "The fingerprint matches, trust this host key" }).check();

    await typeLogin(dialog, { user: "admin", password: "not the password" });
    await dialog.getByText(`${host.ip} rejected the user or password. Check SSH User and SSH Password`).waitFor();
    expect(await dialog.getByRole("textbox", { name: "Candidate Access IP" }).inputValue()).toBe(host.ip);
    expect(await dialog.getByRole("textbox", { name: "SSH User" }).inputValue()).toBe("admin");
    expect(await dialog.locator("input[name=password]").inputValue()).toBe("not the password");

    await typeLogin(dialog, ADMIN);
    const offered = dialog.getByRole("checkbox");
    await offered.first().waitFor();
    expect(await offered.count()).toBe(2);
    expect(await dialog.getByRole("checkbox", { name: `eno1 ${host.mac}` }).isChecked()).toBe(false);
    expect(await dialog.getByRole("checkbox", { name: `eno2 ${await macOf(BARE, "eno2")}` }).isChecked()).toBe(true);
    expect(await changedSince(BARE, "/run/before"), "left behind by the probe").toEqual([]);

    await dialog.getByRole("button", { name: "Finish" }).click();
    await rowOf(page(), host.name).getByText("Candidate").waitFor();
    await page().getByText("Candidate node added successfully.").waitFor();
    expect(await regentLines(BARE)).toEqual([expect.stringMatching(`^restrict ssh-ed25519 [A-Za-z0-9+/]+=* regent@${host.ip}$`)]);
    expect(await at(BARE, "stat -c '%a %U' /home/admin/.ssh /home/admin/.ssh/authorized_keys")).toBe("700 admin\n600 admin\n");
    expect(await changedSince(BARE, "/run/before")).toEqual(["/home/admin", "/home/admin/.ssh", "/home/admin/.ssh/authorized_keys"]);

    await pressJoin(page(), host.name);
    await rowOf(page(), host.name).getByText("Join: Install packages").waitFor();
    await page().reload();
    await rowOf(page(), host.name).getByText("Join: Install packages").waitFor();
    await rowOf(page(), host.name).getByText("Active", { exact: true }).waitFor({ timeout: 180_000 });

    expect(await at(BARE, "virsh -c qemu:///system version")).toContain("Running hypervisor: QEMU");
    expect(await at(BARE, "systemctl is-active libvirtd.socket virtlogd.socket")).toBe("active\nactive\n");
    expect(await at(BARE, "systemctl show -P ActiveState libvirtd")).toBe("active\n");
    expect(await regentLines(BARE)).toHaveLength(1);
    const { id } = await nodeOn(BARE);
    expect(await transitions(id)).toEqual([
      "new to Candidate",
      "Candidate to Approved",
      "Approved to Starting",
      "Starting to Activating",
      "Activating to Active",
    ]);
    expect(await db.operation.findMany({ where: { nodeId: id, kind: "join" }, select: { status: true, attempt: true } })).toEqual([
      { status: "succeeded", attempt: 1 },
    ]);
    expect(await db.escrow.count()).toBe(0);
  });

  it("knows of a joined host what its own tools say", async () => {
    const { inventory, vcpus, memoryBytes, bootedAt } = await nodeOn(BARE);
    const facts = await hostFacts(BARE);
    expect(toldFacts(inventory!)).toEqual(facts);
    expect({ threads: vcpus, memoryBytes }).toEqual({ threads: Number(await at(BARE, "nproc")), memoryBytes: 2048 * 2 ** 20 });
    expect(await bootTime(BARE)).toBeCloseTo(Date.parse(bootedAt!) / 1000, -1);
    expect(inventory).toMatchObject({ privilege: "sudo", hypervisor: { running: true } });
    expect(inventory?.services).toContainEqual(expect.objectContaining({ name: "ssh.service", state: "active" }));

    await page()
      .getByRole("link", { name: `node${BARE}`, exact: true })
      .click();
    await page().getByText("2 (1 sockets, 2 cores)").waitFor();
    for (const text of [formatBytes(memoryBytes!), inventory!.cpu.model!, `libvirt ${inventory!.hypervisor.libvirt}`])
      await page().getByText(text).first().waitFor();
    await page().goto(`${region().url}/nodes`);
  });

  describe.concurrent("a host that is not as it should be", () => {
    it("is inspected by a user without sudo in less detail, and not joined", async ({ expect }) => {
      const { id, inventory } = await add(ip(PLAIN_HOST), PLAIN);
      expect(inventory).toMatchObject({ privilege: "none", cpu: { threads: 1 }, memory: { totalBytes: 1024 * 2 ** 20 } });
      expect(inventory?.missing).toContain(
        "The user is not root and has no sudo without a password: system UUID, serial number and disk health are unknown.",
      );
      const privilege = await db.operationStep.findFirst({ where: { name: "privilege", operation: { ip: ip(PLAIN_HOST) } } });
      expect(privilege).toMatchObject({
        state: "warning",
        detail: expect.stringContaining("less can be read, and a join is not possible"),
      });

      const joined = await ended(await joinNode({ ...(await seen(id)), role: "Worker" }, await asAdministrator()));
      const reason = `plain is not root on ${ip(PLAIN_HOST)} and has no sudo without a password.`;
      expect(joined).toMatchObject({
        status: "failed",
        refusal: { code: "privilege", reason, hint: expect.stringContaining("sudo without a password") },
      });
      expect(await node(id)).toMatchObject({ status: "Failed", statusReason: reason });
      expect(await at(PLAIN_HOST, "command -v virsh || echo none")).toBe("none\n");
    });

    it("gets nothing more from Regent when its host key has changed, until an administrator trusts the new one", async ({ expect }) => {
      await guest(HV, "idle", 64, "bios");
      await at(HV, "echo 'LogLevel DEBUG1' >/etc/ssh/sshd_config.d/talk.conf");
      const { id, hostKey, inventory } = await add(ip(HV), ADMIN);
      expect(toldFacts(inventory!)).toEqual(await hostFacts(HV));
      expect(inventory?.vms).toMatchObject([{ name: "idle", state: "running" }]);

      await fault(HV, "rekey");
      const since = (await at(HV, "date +%s.%N")).trim();
      const call = await asAdministrator();
      const changed = { code: "host-key-changed", reason: `The host key of ${ip(HV)} changed.` };
      expect(await ended(await reinspectNode(await seen(id), call))).toMatchObject({ status: "failed", refusal: changed });
      expect(await ended(await reinspectNode(await seen(id), call))).toMatchObject({ status: "failed", refusal: changed });
      expect(await joinNode({ ...(await seen(id)), role: "Worker" }, call)).toMatchObject({ ok: false, ...changed });
      const heard = await journal(HV, since);
      expect(heard).toContain("host key");
      expect(heard).not.toMatch(/userauth-request|Failed|Accepted|Postponed/);

      const { changedHostKey } = await node(id);
      const [ed25519] = (await hostOf(HV)).hostKeys.filter(({ type }) => type === hostKey.type);
      expect(changedHostKey).toMatchObject(ed25519!);
      const trust = { ...(await seen(id)), hostKey: ed25519!, reason: "The host was reinstalled today." };
      expect(await retrustHostKey({ ...trust, hostKey }, call)).toMatchObject({ ok: false, code: "host-key-other" });
      await succeeded(await retrustHostKey(trust, call));
      expect(await journal(HV, since)).toMatch(/userauth-request for user admin service ssh-connection/);
      expect(await db.event.findFirst({ where: { nodeId: id, kind: "node.host-key-trusted" } })).toMatchObject({
        severity: "warning",
        message: expect.stringContaining("reinstalled today"),
      });

      const joined = await succeeded(await joinNode({ ...(await seen(id)), role: "Worker" }, call), 90_000);
      expect(joined.steps.find(({ name }) => name === "packages")?.detail).toContain("already there");
      expect((await node(id)).status).toBe("Active");
    });

    it("is told apart when it is silent, cut off, without SSH or the console itself", async ({ expect }) => {
      const call = await asAdministrator();
      const contact = () => contactMachine({ ip: ip(DUMB) }, call);
      const within = async (ms: number) => {
        const began = performance.now();
        const { refusal, steps } = await ended(await contact());
        expect(performance.now() - began).toBeLessThan(ms);
        return { ...refusal, at: steps.find(({ state }) => state === "failed")?.name };
      };
      const silent = `${ip(DUMB)} did not answer on port 22 within 5 s.`;
      await fault(DUMB, "silent");
      expect(await within(7000)).toMatchObject({ code: "timeout", reason: silent, at: "banner" });
      await fault(DUMB, "speak");
      await fault(DUMB, "cut");
      const cut = await within(7000);
      expect([silent, `${ip(DUMB)} is not reachable from this console: there is no route to it.`]).toContain(cut.reason);
      expect(cut.at).toBe("tcp");
      await fault(DUMB, "mend");
      expect(await within(7000)).toEqual({ at: undefined });
      expect(
        await contactMachine({ ip: ip(1) }, call).then((started) => (started.ok ? ended(started).then(({ refusal }) => refusal) : started)),
      ).toMatchObject({
        code: "address-not-allowed",
        reason: `${ip(1)} is an address of this console.`,
      });
      expect(await contactMachine({ ip: "10.74.0.5" }, call)).toMatchObject({ ok: false, code: "address-not-allowed" });
    });

    it("is left alone after refused passwords before it shuts the console out, and is named when it does", async ({ expect }) => {
      const wrong = { ...ADMIN, password: "wrong" };
      const address = ip(STRICT);
      for (const attempt of [1, 2])
        expect(await ended(await inspect(address, wrong)), `attempt ${attempt}`).toMatchObject({
          refusal: { code: "auth-refused", field: "password" },
        });
      const early = await inspect(address, ADMIN);
      expect(early).toMatchObject({
        ok: false,
        code: "backing-off",
        reason: expect.stringMatching(/refused 2 passwords in a row.*possible in [1-5] s\.$/),
      });
      expect(await login(address, ADMIN.password), "the host itself is still open").toBe("in");

      await Promise.all(["a", "b", "c", "d", "e"].map((password) => login(address, password)));
      await expect.poll(() => banner(address), { timeout: 5000, interval: 100 }).not.toMatch(/^SSH-/);
      const contacted = await ended(await contactMachine({ ip: address }, await asAdministrator()));
      expect(contacted.refusal).toMatchObject({ code: "penalised" });
      await expect.poll(() => banner(address), { timeout: 60_000, interval: 500 }).toMatch(/^SSH-/);
      await succeeded(await inspect(address, ADMIN));
    });
  });

  it("finishes a join whose worker was killed in the middle of apt, and one whose apt was killed, too", async () => {
    const call = await asAdministrator();
    const nodes = await Promise.all([add(ip(KILLED), ADMIN), add(ip(HALF), ADMIN)]);
    const started = await Promise.all(nodes.map(async ({ id }) => joinNode({ ...(await seen(id)), role: "Worker" }, call)));
    await Promise.all(
      [KILLED, HALF].map((number) => expect.poll(() => at(number, "dpkg --audit"), { timeout: 90_000, interval: 100 }).not.toBe("")),
    );

    const worker = region().workerPid();
    process.kill(worker!, "SIGKILL");
    const killedAt = Date.now();
    expect(await at(HALF, TEAR)).toContain("They must be reinstalled");
    const attempts = () => db.operation.findMany({ where: { kind: "join", status: "running" }, select: { attempt: true } });
    await expect.poll(attempts, { timeout: 15_000, interval: 50 }).toEqual([{ attempt: 2 }, { attempt: 2 }]);
    console.log(`another worker has both joins ${Date.now() - killedAt} ms after the kill`);
    expect(region().workerPid()).not.toBe(worker);

    for (const [index, number] of [KILLED, HALF].entries()) {
      const joined = await succeeded(started[index]!, 180_000);
      expect(joined.attempt).toBe(2);
      expect(await at(number, "dpkg --audit")).toBe("");
      expect(await at(number, "virsh -q -c qemu:///system version")).toContain("Running hypervisor: QEMU");
      expect(await transitions(joined.nodeId!)).toEqual([
        "new to Candidate",
        "Candidate to Approved",
        "Approved to Starting",
        "Starting to Activating",
        "Activating to Active",
      ]);
      expect(await regentLines(number)).toHaveLength(1);
    }
  });
});

const keyIn = (text: string) => ({
  type: /ssh-ed25519|ecdsa-sha2-nistp256/.exec(text)?.[0],
  sha256: /SHA256:[A-Za-z0-9+/]{43}/.exec(text)?.[0],
});

/** Ends the package manager in the middle of unpacking a package, as a power cut would; prints what dpkg thinks of that. */
const TEAR = `for i in $(seq 300); do
  pkill -STOP -x dpkg; dpkg-query -W -f '\${db:Status-Eflag} ' | grep -q reinstreq && break
  pkill -CONT -x dpkg; sleep 0.02
done
pkill -9 'apt-get|dpkg'; dpkg --audit`;

const macOf = async (number: number, link: string): Promise<string> => (await at(number, `cat /sys/class/net/${link}/address`)).trim();
const lines = (text: string): string[] => text.split("\n").filter(Boolean);

/** What was written since, in the places where a program leaves things. */
const changedSince = async (number: number, mark: string): Promise<string[]> =>
  lines(await at(number, `find /tmp /var/tmp /root /home /etc /opt /srv /usr -newer ${mark} | sort`));

const regentLines = async (number: number): Promise<string[]> =>
  lines(await at(number, "grep -h regent@ /home/*/.ssh/authorized_keys /root/.ssh/authorized_keys 2>/dev/null || true"));
const bootTime = async (number: number): Promise<number> => Number(await at(number, "echo $(($(date +%s) - $(cut -d. -f1 /proc/uptime)))"));
const journal = (number: number, since: string): Promise<string> => at(number, `journalctl -q -o cat -u ssh --since @${since}`);

/** One login with OpenSSH's own client: "in", or "" when it was refused. */
async function login(address: string, password: string): Promise<string> {
  const options = [
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "PreferredAuthentications=password",
    "NumberOfPasswordPrompts=1",
  ];
  const words = ["-p", password, "ssh", "-q", ...options.flatMap((option) => ["-o", option]), `${ADMIN.user}@${address}`, "echo in"];
  return promisify(execFile)("sshpass", words).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
}

/** The first words of port 22. */
function banner(address: string): Promise<string> {
  const socket = connect(22, address);
  const words = new Promise<string>((resolve) => {
    socket.once("data", (data) => resolve(String(data)));
    socket.once("close", () => resolve("")).once("error", () => resolve(""));
  });
  return Promise.race([words, sleep(2000, "")]).finally(() => socket.destroy());
}
