import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, hostname, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Inventory } from "@/lib/domain/inventory";
import { parseProbe } from "@/lib/machines/parse";
import { PROBE_SCRIPT } from "@/lib/machines/probe";

const linux = process.platform === "linux";
const has = (tool: string): boolean => spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
const shells = [["sh"], ["dash"], ["bash", "--posix"], ["busybox", "sh"]].filter(([shell]) => shell && has(shell));

function answer(argv: readonly string[], script = PROBE_SCRIPT): string {
  const [command = "sh", ...rest] = argv;
  return execFileSync(command, [...rest, "-c", script], { encoding: "utf8", timeout: 25_000, cwd: "/" });
}

function read(text: string): Inventory {
  const parsed = parseProbe(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const ask = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } }).trim();

describe.runIf(linux)("on this machine", () => {
  it.each(shells)("%s reads it without an error", (...shell) => {
    expect(spawnSync(shell[0] ?? "sh", [...shell.slice(1), "-n", "-c", PROBE_SCRIPT]).status).toBe(0);
    const begun = performance.now();
    const text = answer(shell);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(text.length).toBeLessThan(256 * 1024);
    const inventory = read(text);
    expect(inventory.cpu.threads).toBeGreaterThan(0);
    expect(inventory.hostname).toBe(hostname());
  });

  it("agrees with what the machine says of itself", () => {
    const inventory = read(answer(["sh"]));
    expect(inventory.cpu.threads).toBe(cpus().length);
    expect(inventory.memory.totalBytes).toBe(totalmem());
    expect(inventory.bootId).toBe(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
    expect(Math.abs(inventory.clock - Date.now() / 1000)).toBeLessThan(20);
    expect(inventory.os.kernel).toBe(ask("uname", "-r"));
  });

  it.runIf(has("lscpu"))("counts cores and sockets as lscpu does", () => {
    const rows = ask("lscpu", "-p=CPU,CORE,SOCKET")
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .map((line) => line.split(","));
    const { threads, cores, sockets } = read(answer(["sh"])).cpu;
    expect({ threads, cores, sockets }).toEqual({
      threads: rows.length,
      cores: new Set(rows.map(([, core]) => core)).size,
      sockets: new Set(rows.map(([, , socket]) => socket)).size,
    });
  });

  it.runIf(has("lsblk"))("lists the disks of lsblk", () => {
    const rows = ask("lsblk", "-b", "-d", "-n", "-o", "NAME,TYPE,SIZE")
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
    const disks = rows.filter(([name, type, size]) => type === "disk" && size !== "0" && !/^(zram|nbd|zd|ram|loop)/.test(name ?? ""));
    expect(read(answer(["sh"])).disks.map(({ name, sizeBytes }) => [name, "disk", String(sizeBytes)])).toEqual(disks);
  });

  it.runIf(has("ip"))("lists the links and addresses of ip", () => {
    // The schema of `ip -j addr`, of which only these members are read.
    const links = JSON.parse(ask("ip", "-j", "addr")) as {
      ifname: string;
      address: string;
      mtu: number;
      addr_info: { local: string; prefixlen: number }[];
    }[];
    const mine = new Map(read(answer(["sh"])).links.map((link) => [link.name, link]));
    for (const { ifname, address, mtu, addr_info } of links) {
      expect(mine.get(ifname)?.mtu).toBe(mtu);
      expect(mine.get(ifname)?.address ?? "00:00:00:00:00:00").toBe(address);
      expect(mine.get(ifname)?.addresses).toEqual(addr_info.map(({ local, prefixlen }) => ({ address: local, prefix: prefixlen })));
    }
    expect(mine.size).toBe(links.length);
  });

  it.runIf(has("df"))("measures / as df does", () => {
    const [size] = ask("df", "-kP", "/").split("\n")[1]?.split(/\s+/).slice(1) ?? [];
    expect(read(answer(["sh"])).partitions.find(({ mount }) => mount === "/")?.sizeBytes).toBe(Number(size) * 1024);
  });

  it.runIf(process.getuid?.() === 0 && has("setpriv"))("works for a user with no rights, and says what is missing", () => {
    const inventory = read(answer(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "sh"]));
    expect(inventory.privilege).toBe("none");
    expect(inventory.missing[0]).toContain("no sudo without a password");
    expect(inventory.memory.totalBytes).toBe(totalmem());
    expect(inventory.links.length).toBeGreaterThan(0);
  });

  it("leaves standard input alone", () => {
    // spawnSync, which does not mind that the script may end before its input is written.
    expect(parseProbe(spawnSync("sh", ["-c", PROBE_SCRIPT], { input: "x\n".repeat(1000), encoding: "utf8" }).stdout).ok).toBe(true);
  });
});

describe.runIf(linux)("with one tool missing", () => {
  const TOOLS = "sh timeout id sudo sed date uname grep ls sort lsblk ip cut ethtool lspci df tr cat lscpu systemctl virsh smartctl".split(
    " ",
  );
  /** Without these there is no answer to give: every system has them. */
  const BASE = ["date", "grep", "sed", "uname"];
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  function pathWithout(missing: string): string {
    const folder = mkdtempSync(join(tmpdir(), "regent-probe-"));
    folders.push(folder);
    for (const tool of TOOLS.filter((name) => name !== missing)) {
      const found = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).stdout.trim();
      if (found.startsWith("/") && existsSync(found)) symlinkSync(found, join(folder, tool));
    }
    return folder;
  }

  it.each(TOOLS.slice(1))("%s", (tool) => {
    const script = PROBE_SCRIPT.replace(/PATH=\S+;/, `PATH=${pathWithout(tool)};`);
    const parsed = parseProbe(answer(["sh"], script));
    if (!BASE.includes(tool)) expect(parsed).toMatchObject({ ok: true });
    else expect(parsed.ok || parsed.code === "bad-answer").toBe(true);
  });

  it("a tool that hangs costs its own part only", { timeout: 25_000 }, () => {
    const folder = pathWithout("lsblk");
    writeFileSync(join(folder, "lsblk"), "#!/bin/sh\nexec /bin/sleep 60\n", { mode: 0o755 });
    const begun = performance.now();
    const inventory = read(answer(["sh"], PROBE_SCRIPT.replace(/PATH=\S+;/, `PATH=${folder};`)));
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(inventory.memory.totalBytes).toBe(totalmem());
  });
});
