import { describe, expect, it } from "vitest";
import { shortfalls, verdict } from "./adequacy";
import { sampleInventory, sampleLink } from "./inventory.sample";
import { Verdict } from "./requests";
import { DEFAULT_SETTINGS, RegionSettings, Requirements } from "./settings";

const need = (facts: Partial<Requirements> = {}) => Requirements.parse(facts);
const failed = (inventory = sampleInventory(), requirements = need(), role: "Worker" | "Control" = "Worker") =>
  shortfalls(verdict(inventory, requirements, role));

describe("verdict", () => {
  it("passes an ordinary server by default, and has the stored shape", () => {
    const judged = verdict(sampleInventory(), need(), "Worker");
    expect(judged.adequate).toBe(true);
    expect(Verdict.parse(judged)).toEqual(judged);
  });

  it("says have and need for each shortfall", () => {
    const small = sampleInventory({
      memory: { totalBytes: 4 * 2 ** 30 },
      disks: [],
      cpu: { model: null, sockets: 1, cores: 2, threads: 2, flags: [] },
    });
    expect(failed(small)).toEqual(["vCPUs 2, needs 4", "Memory 4 GiB, needs 8 GiB", "Storage 0 B, needs 20 GB"]);
    expect(failed(sampleInventory(), need({ memoryGiB: 128 }))).toEqual(["Memory 64 GiB, needs 128 GiB"]);
  });

  it("allows for the memory that firmware and kernel keep", () => {
    const nominal = sampleInventory({ memory: { totalBytes: Math.round(7.7 * 2 ** 30) } });
    expect(failed(nominal)).toEqual([]);
    expect(failed(sampleInventory({ memory: { totalBytes: 7 * 2 ** 30 } }))).toEqual(["Memory 7 GiB, needs 8 GiB"]);
  });

  it("can be set so that a machine with 1 GiB is adequate", () => {
    const tiny = sampleInventory({
      memory: { totalBytes: 2 ** 30 - 70_000_000 },
      cpu: { model: null, sockets: 1, cores: 1, threads: 1, flags: [] },
    });
    expect(failed(tiny, need({ threads: 1, memoryGiB: 0.5, diskGB: 1 }))).toEqual([]);
  });

  it("judges the fastest physical link, and leaves silent ones to the join", () => {
    const slow = [sampleLink({ speedMbps: 100 }), sampleLink({ name: "vnet0", pciSlot: null, speedMbps: 10_000 })];
    expect(failed(sampleInventory({ links: slow }))).toEqual(["Link speed 100 Mb/s, needs 1 Gb/s"]);
    expect(failed(sampleInventory({ links: [sampleLink({ speedMbps: null })] }))).toEqual([]);
    expect(failed(sampleInventory({ links: [] }))).toEqual(["Link speed no network link, needs 1 Gb/s"]);
  });

  it.each([
    ["5.10.0-28-amd64", true],
    ["5.9.16", false],
    ["6.1", true],
    ["5.10", true],
    ["4.19.0", false],
    ["10.0.1", true],
    ["unknown", false],
  ])("kernel %s", (kernel, ok) => {
    const { os } = sampleInventory();
    expect(failed(sampleInventory({ os: { ...os, kernel } })).length === 0).toBe(ok);
  });

  it("refuses other architectures", () => {
    const { os } = sampleInventory();
    expect(failed(sampleInventory({ os: { ...os, architecture: "riscv64" } }))).toEqual(["Architecture riscv64, needs x86_64 or aarch64"]);
  });

  it("asks for virtualisation only of an x86 Worker, and only when it is required", () => {
    const { cpu, os } = sampleInventory();
    const locked = sampleInventory({ cpu: { ...cpu, flags: [] } });
    const strict = need({ virtualisation: true });
    expect(failed(locked)).toEqual([]);
    expect(verdict(locked, need(), "Worker").results.at(-1)).toMatchObject({ need: "recommended", ok: true });
    expect(failed(locked, strict)).toEqual([
      "Hardware virtualisation not offered by the CPU; it may be switched off in the firmware, needs required",
    ]);
    expect(failed(locked, strict, "Control")).toEqual([]);
    expect(failed(sampleInventory({ cpu: { ...cpu, flags: [] }, os: { ...os, architecture: "aarch64" } }), strict)).toEqual([]);
  });
});

describe("settings", () => {
  it("have a default for everything, also for a part that is there", () => {
    expect(RegionSettings.parse({})).toEqual(DEFAULT_SETTINGS);
    expect(RegionSettings.parse({ requirements: { threads: 1 } }).requirements).toEqual({ ...DEFAULT_SETTINGS.requirements, threads: 1 });
    expect(DEFAULT_SETTINGS).toMatchObject({
      requireManualApproval: true,
      requireControlFirst: false,
      safetyTimerSeconds: 30,
      drainDeadline: "ask",
    });
  });

  it("refuse what would make no sense", () => {
    for (const bad of [
      { safetyTimerSeconds: 0 },
      { requirements: { minKernel: "new" } },
      { requirements: { architectures: [] } },
      { deadlines: { approvedMinutes: 0 } },
    ]) {
      expect(RegionSettings.safeParse(bad).success).toBe(false);
    }
  });
});
