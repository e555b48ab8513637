import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN, at, available, down, fault, PLAIN, status, up } from "./lab";

const LAB = fileURLToPath(new URL("lab.sh", import.meta.url));
const here = available();
// A lab of its own, so that one that is up for other tests stays as it is.
process.env.REGENT_LAB_NET = "10.79.0";

function login(ip: string, who: typeof ADMIN, command: string): string {
  const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "PreferredAuthentications=password", "ConnectTimeout=5"];
  const words = ["-p", who.password, "ssh", "-q", ...options.flatMap((option) => ["-o", option]), `${who.user}@${ip}`, command];
  return execFileSync("sshpass", words, { encoding: "utf8", stdio: "pipe" }).trim();
}

/** The first bytes a TCP client gets from port 22 within the time, "" for silence. */
async function firstWords(ip: string, withinMs: number): Promise<string> {
  const socket = connect(22, ip);
  const words = new Promise<string>((resolve, reject) => socket.once("data", (data) => resolve(String(data))).once("error", reject));
  return Promise.race([words, sleep(withinMs, "")]).finally(() => socket.destroy());
}

/** Everything of the lab that the machine itself can see. */
function traces(): string[] {
  const run = (program: string, ...words: string[]) => execFileSync(program, words, { encoding: "utf8" }).split("\n");
  const links = readdirSync("/sys/class/net").filter((name) => name.startsWith("rl-10-79-0"));
  const groups = run("find", "/sys/fs/cgroup", "-path", "*regent-lab-10-79-0*");
  const mounts = run("cat", "/proc/self/mountinfo").filter((line) => line.includes("10-79-0"));
  const files = ["/run/regent-lab/10-79-0", "/var/cache/regent-lab/disks-10-79-0"].filter((path) => existsSync(path));
  const processes = run("ps", "axo", "cgroup,args").filter((line) => line.includes("regent-lab-10-79-0"));
  return [...links, ...groups, ...mounts, ...files, ...processes].filter((line) => line !== "");
}

describe("available", () => {
  it("answers yes, or no with one sentence", () => {
    if (!here.ok) expect(here.reason).toMatch(/^the lab needs [^\n]+\.$/);
    else expect(here).toEqual({ ok: true });
  });
});

describe.skipIf(!here.ok)("a wrong command line", () => {
  it.each([
    [["up", "11:frob"], '"11:frob": the kind is one of bare hv light whole mail.'],
    [["up", "5"], '"5": a host has a number from 10 to 250, as in 11:bare or 12:hv:4096:2.'],
    [["fault", "99", "cut"], "there is no host 99; `status` lists them."],
  ])("%j is refused in one sentence", (words, message) => {
    expect(() => execFileSync("bash", [LAB, ...words], { stdio: "pipe" })).toThrow(`lab: ${message}`);
  });
});

// Starts real hosts and may build the layers first, hence by wish only.
describe.skipIf(!here.ok || process.env.REGENT_LAB_LIVE !== "1")("a lab that is up", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await down();
    await up([
      { number: 11, kind: "bare" },
      { number: 12, kind: "light", memoryMiB: 64, cpus: 1 },
    ]);
  }, 900_000);
  afterAll(down, 60_000);

  it("lets both users in, and only one of them to sudo", () => {
    expect(login("10.79.0.11", ADMIN, "sudo -n id -u")).toBe("0");
    expect(login("10.79.0.11", PLAIN, "id -un; sudo -n true 2>/dev/null || echo no sudo")).toBe("plain\nno sudo");
  });

  it("shows a host its own memory and CPUs", async () => {
    expect(Number(await at(12, "awk '/^MemTotal/ { print $2 }' /proc/meminfo"))).toBe(64 * 1024);
    expect((await at(12, "nproc")).trim()).toBe("1");
    expect(login("10.79.0.11", ADMIN, "free -k | awk '/^Mem/ { print $2 }'")).toBe(String(2048 * 1024));
  });

  it("walls the host off from the machine's disks and settings", async () => {
    const refused = async (command: string) =>
      expect(login("10.79.0.11", ADMIN, `sudo sh -c '${command}' 2>&1 && echo DONE || true`)).not.toContain("DONE");
    await refused("mknod /tmp/disk b 254 0");
    await refused("mkdir -p /tmp/dev && mount -t devtmpfs d /tmp/dev && head -c 1 /tmp/dev/vda /tmp/dev/sda");
    await refused("echo 1 >/proc/sys/kernel/panic");
    await refused("echo 1 >/sys/kernel/mm/ksm/run");
    await refused("date -s 2020-01-01");
    await refused("ip route get 198.51.100.1");
  });

  it("makes a host silent, cuts it off, and gives it new keys", async () => {
    await fault(11, "silent");
    expect(await firstWords("10.79.0.11", 1000)).toBe("");
    await fault(11, "speak");
    expect(await firstWords("10.79.0.11", 5000)).toMatch(/^SSH-2\.0-/);
    await fault(11, "cut");
    expect(await at(11, "cat /sys/class/net/eno1/carrier")).toBe("0\n");
    await fault(11, "mend");
    const before = (await status()).find((host) => host.number === 11);
    await fault(11, "rekey");
    const after = (await status()).find((host) => host.number === 11);
    expect(after?.hostKeys).toHaveLength(2);
    expect(after?.hostKeys).not.toEqual(before?.hostKeys);
  });

  it("keeps the disk through a crash, and has a new boot id", async () => {
    const bootId = await at(11, "cat /proc/sys/kernel/random/boot_id; echo kept >/root/mark");
    await fault(11, "crash");
    expect((await status()).find((host) => host.number === 11)).toMatchObject({ power: "off", hostKeys: [] });
    await fault(11, "boot");
    expect(await at(11, "cat /root/mark")).toBe("kept\n");
    expect(await at(11, "cat /proc/sys/kernel/random/boot_id")).not.toBe(bootId);
  });

  it("leaves nothing behind, even when `up` was killed half way", async () => {
    expect(traces()).not.toEqual([]);
    await down();
    expect(traces()).toEqual([]);
    for (const afterMs of [80, 200, 350, 600, 900]) {
      const child = spawn("bash", [LAB, "up", "11:bare", "13:light"], { stdio: "ignore" });
      await sleep(afterMs);
      child.kill("SIGKILL");
      await down();
      expect(traces(), `killed after ${afterMs} ms`).toEqual([]);
    }
  });
});
