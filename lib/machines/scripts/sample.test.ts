import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reading } from "@/lib/domain/reading";
import { parseSample } from "@/lib/machines/parse-sample";
import { SAMPLE_SCRIPT } from "@/lib/machines/scripts/sample";

const shells = ["sh", "bash", "busybox"].filter((shell) => spawnSync("sh", ["-c", `command -v ${shell}`]).status === 0);

/** The script as it is, but the kernel's files are those of a folder. */
describe.runIf(process.platform === "linux").each(shells)("the sample's script by %s", (shell) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "regent-sample-"));
    put("proc/uptime", "100.25 300.00\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  function sample(): Reading {
    const script = SAMPLE_SCRIPT.replaceAll(/\/(sys|proc)\//g, `${folder}/$1/`);
    const [command, ...args] = shell === "busybox" ? ["busybox", "sh", "-c", script] : [shell, "-c", script];
    const { stdout, status } = spawnSync(command ?? "", args, { input: "sample\n", encoding: "utf8", timeout: 20_000 });
    expect(status).toBe(0);
    const parsed = parseSample(stdout);
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.value;
  }
  const link = (name: string, rx: number, more: Record<string, string> = {}) => {
    put(`sys/class/net/${name}/statistics/rx_bytes`, `${rx}\n`);
    put(`sys/class/net/${name}/statistics/tx_bytes`, "1\n");
    for (const [path, text] of Object.entries(more)) put(`sys/class/net/${name}/${path}`, text);
  };
  const CARD = { "device/vendor": "0x8086\n" };

  it("counts what passes a network card once: not again on a bond, a bridge, a VLAN, or a virtual function and its representor", () => {
    link("lo", 1);
    link("eno1", 10, { ...CARD, carrier: "1\n" });
    link("eno2", 20, CARD);
    link("ens1f0np0", 40, { ...CARD, phys_port_name: "p0\n" });
    link("eno1v0", 5, { ...CARD, "device/physfn/vendor": "0x8086\n" });
    link("ens1f0npf0vf0", 5, { ...CARD, phys_port_name: "pf0vf0\n" });
    link("bond0", 30, { "bonding/mode": "802.3ad 4\n", "lower_eno1/mtu": "1500\n" });
    link("br0", 30, { "bridge/bridge_id": "8000\n" });
    link("bond0.100", 15, { "lower_bond0/mtu": "1500\n" });
    link("vnet0", 7, { tun_flags: "0x1002\n" });
    expect([...sample().links]).toEqual([
      ["eno1", { rx: "10", tx: "1", carrier: true }],
      ["eno2", { rx: "20", tx: "1", carrier: null }],
      ["ens1f0np0", { rx: "40", tx: "1", carrier: null }],
    ]);
  });

  it("counts the virtual links of a machine without network cards that carry no other", () => {
    link("lo", 1);
    link("eth0", 10);
    link("br0", 30, { "bridge/bridge_id": "8000\n" });
    link("eth0.7", 5, { "lower_eth0/mtu": "1500\n" });
    expect([...sample().links.keys()]).toEqual(["eth0"]);
  });

  it("counts whole disks once: no mirror, no mapping, no loop, and no second path", () => {
    const stat = "   10 1 2000 30 40 5 6000 70 0 800 90 0 0 0 0 0 0\n";
    for (const disk of ["sda", "nvme0n1", "nvme0c0n1", "vda", "dm-0", "md0", "loop0", "sr0", "zram0"]) put(`sys/block/${disk}/stat`, stat);
    const counters = { read: "2000", written: "6000", busyMs: "800" };
    expect(Object.fromEntries(sample().disks)).toEqual({ sda: counters, nvme0n1: counters, vda: counters });
  });

  it("has nulls for files that are not there, and for what a kernel does not say", () => {
    put("proc/meminfo", "MemTotal: 100 kB\nMemFree: 50 kB\nBuffers: 1 kB\n");
    expect(sample()).toEqual({
      uptime: 100.25,
      bootId: null,
      cpu: null,
      memory: null,
      load: null,
      links: new Map(),
      disks: new Map(),
    });
  });
});
