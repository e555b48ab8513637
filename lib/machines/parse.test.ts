import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Inventory } from "@/lib/domain/inventory";
import { parseProbe } from "@/lib/machines/parse";

const folder = new URL("captures/", import.meta.url);
const capture = (name: string): string => readFileSync(new URL(`${name}.txt`, folder), "utf8");

function read(text: string): Inventory {
  const parsed = parseProbe(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const reasonOf = (text: string): string => {
  const parsed = parseProbe(text);
  return parsed.ok ? "accepted" : `${parsed.code}: ${parsed.reason}`;
};

describe("a bare-metal worker with bond, VLANs, NVMe, GPUs and VMs", () => {
  const inventory = read(capture("debian12-gpu-worker"));
  const link = (name: string) => inventory.links.find((candidate) => candidate.name === name);

  it("counts sockets, cores and threads", () => {
    expect(inventory.cpu).toMatchObject({ sockets: 2, cores: 64, threads: 128, model: "Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz" });
    expect(inventory.cpu.flags).toContain("vmx");
  });

  it("reads identity, memory and boot time", () => {
    expect(inventory.system).toEqual({
      uuid: "4c4c4544-0038-3010-8044-b7c04f515633",
      serial: "S482301X3A11207",
      vendor: "Supermicro",
      product: "SYS-420GP-TNR",
    });
    expect(inventory.memory.totalBytes).toBe(1_056_389_012 * 1024);
    expect(inventory.bootedAt).toBe(1_771_402_685);
  });

  it("lists physical disks once, with their health", () => {
    expect(inventory.disks.map(({ name, type, health }) => `${name} ${type} ${health}`)).toEqual([
      "sda ssd ok",
      "sdb ssd failing",
      "sdc hdd ok",
      "nvme0n1 nvme ok",
      "nvme1n1 nvme null",
    ]);
    expect(inventory.disks[2]?.serial).toBe("ZR5 A1");
  });

  it("tells a card's own address from the bond's", () => {
    expect(link("ens1f1np1")).toMatchObject({
      address: "b8:3f:d2:aa:00:10",
      permanentAddress: "b8:3f:d2:aa:00:11",
      master: "bond0",
      speedMbps: 25_000,
      duplex: "full",
      driver: "mlx5_core",
      pciSlot: "0000:17:00.1",
      vendor: "Mellanox Technologies",
      deviceName: "MT27800 Family [ConnectX-5]",
      deviceId: "1017",
    });
    expect(link("bond0")).toMatchObject({ type: "bond", bondMode: "802.3ad", permanentAddress: null, driver: "bonding" });
  });

  it("knows VLANs, bridges, taps and links that are down", () => {
    expect(link("bond0.200")).toMatchObject({ type: "vlan", vlanId: 200, parent: "bond0", master: "br-data" });
    expect(link("bond0.100")?.addresses).toEqual([{ address: "10.30.0.47", prefix: 22 }]);
    expect(link("br-data")).toMatchObject({ type: "bridge", speedMbps: null, addresses: [{ address: "10.40.0.47", prefix: 32 }] });
    expect(link("vnet0")?.type).toBe("tunnel");
    expect(link("ibp175s0")).toMatchObject({ type: "infiniband", address: null, carrier: false });
    expect(link("eno2")).toMatchObject({ adminUp: false, carrier: null, speedMbps: null });
  });

  it("gives PCI devices their driver and IOMMU group, and VMs what is passed through", () => {
    const gpu = {
      slot: "0000:3b:00.0",
      classId: "0302",
      vendor: "NVIDIA Corporation",
      deviceId: "20b5",
      driver: "vfio-pci",
      iommuGroup: 61,
    };
    expect(inventory.pci.find(({ slot }) => slot === gpu.slot)).toMatchObject(gpu);
    expect(inventory.hypervisor).toEqual({ libvirt: "9.0.0", qemu: "7.2.15", running: true });
    expect(inventory.vms.map(({ uuid: _, memoryBytes: __, ...facts }) => facts)).toEqual([
      {
        name: "train: llm-1",
        state: "running",
        vcpus: 64,
        passthrough: ["0000:3b:00.0"],
        storage: "local",
        networks: ["network default"],
        cpu: "host-passthrough",
      },
      {
        name: "web-12",
        state: "running",
        vcpus: 4,
        passthrough: ["0000:17:02.3"],
        storage: "shared",
        networks: ["bridge br0"],
        cpu: "Cascadelake-Server-noTSX",
      },
      { name: "old-build", state: "shut off", vcpus: 2, passthrough: [], storage: "shared", networks: [], cpu: "host-model" },
    ]);
  });

  it("reads services, filling in memory that systemd does not account", () => {
    expect(inventory.services).toEqual([
      { name: "libvirtd.service", state: "active", subState: "running", cpuSeconds: 812.345678901, memoryBytes: 41_943_040, restarts: 0 },
      { name: "ssh.service", state: "active", subState: "running", cpuSeconds: null, memoryBytes: 12 * 2 ** 20, restarts: 0 },
      { name: "smartmontools.service", state: "failed", subState: "failed", cpuSeconds: null, memoryBytes: null, restarts: 5 },
    ]);
  });

  it("puts the watched partitions first and shows no file system twice", () => {
    expect(inventory.partitions.map(({ mount }) => mount)).toEqual(["/", "/var/log", "/mnt/data", "/mnt/containers", "/boot/efi"]);
    expect(inventory.partitions[2]).toMatchObject({
      filesystem: "xfs",
      sizeBytes: 3_750_000_000 * 1024,
      availableBytes: 2_250_000_000 * 1024,
    });
  });
});

describe("a small ARM host without tools or rights", () => {
  const inventory = read(capture("arm-unprivileged"));

  it("still knows processors, disks and links", () => {
    expect(inventory.cpu).toMatchObject({ model: "Cortex-A55 + Cortex-A76", threads: 7, cores: 7 });
    expect(inventory.disks.map(({ name, model, sizeBytes }) => ({ name, model, sizeBytes }))).toEqual([
      { name: "mmcblk0", model: null, sizeBytes: 62_333_952 * 512 },
      { name: "nvme0n1", model: "WD Blue SN580 500GB", sizeBytes: 976_773_168 * 512 },
    ]);
    expect(inventory.links.map(({ name, type, parent }) => `${name} ${type} ${parent}`)).toEqual([
      "eth0 ethernet null",
      "eth0.7 vlan eth0",
      "wlan0 other null",
      "lo loopback null",
    ]);
  });

  it("says what is missing", () => {
    expect(inventory.privilege).toBe("none");
    expect(inventory.missing).toHaveLength(4);
    expect(inventory.missing[0]).toContain("no sudo without a password");
    expect(inventory.system).toEqual({ uuid: null, serial: "7d3b4f1122334455", vendor: null, product: "Radxa ROCK 5B" });
  });
});

describe("hostile and broken answers", () => {
  const good = capture("debian12-gpu-worker");
  const change = (from: string | RegExp, to: string): string => {
    const changed = good.replace(from, to);
    expect(changed).not.toBe(good);
    return changed;
  };

  it.each([
    ["nothing", "", "it does not begin as expected"],
    ["a NUL", change("gpu-07", "gpu\0-07"), "NUL"],
    ["no end", change("@@end", ""), "cut short"],
    ["more after the end", `${good}@@files\n`, "goes on after its end"],
    ["one part twice", change("@@smart", "@@dmi"), "out of order"],
    ["an endless line", change("gpu-07", "x".repeat(5000)), "too long"],
    ["more than 1 MiB", good.repeat(50), "longer than 1 MiB"],
    ["no memory", change("MemTotal", "MemFree"), "no memory size"],
    ["no processor", change("online:0-127", "online:").replace("@@processors\n128", "@@processors\n0"), "no processor"],
    ["no boot id", change("/proc/sys/kernel/random/boot_id:", "/proc/x:"), "a boot id"],
    ["colours in the host name", change("gpu-07", "\u001b[31mgpu"), "a host name with control characters"],
    ["an unknown privilege", change("@@privilege\nsudo", "@@privilege\nking"), "which rights"],
    ["a disk name turned round", change('NAME="sda"', 'NAME="sd\u202ea"'), "a disk name"],
    ["a link without flags", change("/sys/class/net/eno1/flags:0x1003", "/sys/class/net/eno1/flags:yes"), "no flags"],
  ])("refuses %s in one sentence", (_, text, what) => {
    expect(reasonOf(text)).toContain(what);
    expect(reasonOf(text)).toMatch(/^bad-answer: The answer of the machine could not be read: .*\. Nothing was changed\.$/);
  });

  it("drops what is unsafe from names that only people read", () => {
    const inventory = read(change("SAMSUNG MZ7L3480HCHQ-00A07", "\u001b[31mSAM\u200b\u202eSUNG\u0007 \ud83d"));
    expect(inventory.disks[0]?.model).toBe("SAMSUNG");
  });

  it("takes numbers that makers forgot to set for none", () => {
    for (const uuid of [
      "00000000-0000-0000-0000-000000000000",
      "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
      "03000200-0400-0500-0006-000700080009",
      "12345678-1234-5678-90AB-CDDEEFAABBCC",
      "none",
    ]) {
      expect(read(change("4C4C4544-0038-3010-8044-B7C04F515633", uuid)).system.uuid).toBeNull();
    }
    expect(read(change("S482301X3A11207", "To be filled by O.E.M.")).system.serial).toBeNull();
  });

  it("does not take a line of one part for the head of another", () => {
    expect(read(change('NAME="sda"', ' @@end\nNAME="sda"')).disks).toHaveLength(5);
  });

  it("leaves guests' links out first when there are too many, and says so", () => {
    const many = Array.from({ length: 600 }, (_, n) => `/sys/class/net/tap${n}/flags:0x1003\n/sys/class/net/tap${n}/tun_flags:0x1`).join(
      "\n",
    );
    const inventory = read(change("@@counters", `${many}\n@@counters`));
    expect(inventory.links).toHaveLength(512);
    expect(inventory.links.map(({ name }) => name)).toEqual(expect.arrayContaining(["eno1", "ens1f0np0", "bond0.200", "br-data"]));
    expect(inventory.missing.join(" ")).toContain("of 611 network links");
  });
});
