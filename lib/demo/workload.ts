/** What runs on a simulated server at a given moment: VMs, services, and how full its partitions are. */
import type { Inventory, Vm } from "@/lib/domain/inventory";
import type { DemoServer } from "@/lib/demo/fleet";
import { gpuSlot } from "@/lib/demo/hardware";
import { cpuSecondsOf, fillOf, memoryNear } from "@/lib/demo/load";
import { chance, hex, pick, uuid } from "@/lib/demo/random";
import type { MachineState } from "@/lib/demo/state";
import { unitState } from "@/lib/demo/units";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const VM_MEMORY_GIB: [number, ...number[]] = [4, 8, 8, 16, 16, 32, 64];
const VM_NAMES: [string, ...string[]] = [
  "web",
  "api",
  "postgres",
  "kafka",
  "redis",
  "build",
  "batch",
  "mail",
  "desktop",
  "vpn",
  "search",
  "metrics",
];

/** The VMs on the server at the beginning. Where they are now, lib/demo/vms.ts knows. */
export function firstVms(server: DemoServer): Vm[] {
  const budget = Math.floor((server.hardware.memory.totalBytes / GIB) * server.vmShare);
  const vms = server.vmShare > 0 ? gpuVms(server) : [];
  let used = vms.length * 128;
  for (let index = 0; index < 64; index += 1) {
    const key = `${server.name} vm ${index}`;
    const memoryGiB = pick(`${key} memory`, VM_MEMORY_GIB);
    if (used + memoryGiB > budget) break;
    used += memoryGiB;
    vms.push(vm(key, pick(`${key} name`, VM_NAMES), memoryGiB, []));
  }
  return vms;
}

/** A server with GPUs gives all but its last one to a VM each. */
function gpuVms(server: DemoServer): Vm[] {
  const gpus = server.hardware.pci.filter((device) => device.classId === "0302").length;
  const count = Math.max(0, gpus - 1);
  return Array.from({ length: count }, (_, index) => vm(`${server.name} gpu vm ${index}`, "train", 128, [gpuSlot(index)], true));
}

function vm(key: string, name: string, memoryGiB: number, passthrough: string[], running = false): Vm {
  return {
    uuid: uuid(key),
    name: `${name}-${hex(`${key} suffix`, 4)}`,
    state: running || chance(`${key} off`) > 0.07 ? "running" : "shut off",
    vcpus: Math.min(32, Math.max(2, memoryGiB / 4)),
    memoryBytes: memoryGiB * GIB,
    passthrough,
    storage: passthrough.length > 0 || chance(`${key} local`) < 0.08 ? "local" : "shared",
    networks: ["bridge br-tenant"],
    cpu: passthrough.length > 0 ? "host-passthrough" : "Westmere",
  };
}

type Unit = { name: string; cpus: number; memoryBytes: number };

const BASE_UNITS: Unit[] = [
  { name: "ssh.service", cpus: 0.0004, memoryBytes: 9 * MIB },
  { name: "chrony.service", cpus: 0.0002, memoryBytes: 5 * MIB },
  { name: "systemd-networkd.service", cpus: 0.0008, memoryBytes: 7 * MIB },
  { name: "prometheus-node-exporter.service", cpus: 0.006, memoryBytes: 31 * MIB },
];
const HYPERVISOR_UNITS: Unit[] = [
  { name: "libvirtd.service", cpus: 0.02, memoryBytes: 64 * MIB },
  { name: "virtlogd.service", cpus: 0.0006, memoryBytes: 12 * MIB },
  { name: "openvswitch-switch.service", cpus: 0.03, memoryBytes: 190 * MIB },
  { name: "frr.service", cpus: 0.009, memoryBytes: 85 * MIB },
];
const STORAGE_UNITS: Unit[] = [
  { name: "ceph-osd@0.service", cpus: 0.6, memoryBytes: 4.2 * GIB },
  { name: "ceph-osd@1.service", cpus: 0.5, memoryBytes: 4.1 * GIB },
];
const CONTROL_UNITS: Unit[] = [
  { name: "etcd.service", cpus: 0.12, memoryBytes: 900 * MIB },
  { name: "haproxy.service", cpus: 0.05, memoryBytes: 210 * MIB },
];

/** The services of the server with what they have used of CPU (seconds since they started) and memory so far. */
export function servicesOf(server: DemoServer, state: MachineState, now: number): Inventory["services"] {
  const hypervisor = state.prepared ? HYPERVISOR_UNITS : [];
  const special = server.tags.includes("storage") ? STORAGE_UNITS : server.role === "Control" ? CONTROL_UNITS : [];
  const age = Math.max(0, now - state.bootedAt);
  return [...BASE_UNITS, ...hypervisor, ...special].map((unit) => {
    const is = unitState(state, unit.name);
    const active = is === "active";
    return {
      name: unit.name,
      state: is,
      subState: { active: "running", failed: "failed", inactive: "dead" }[is],
      restarts: is === "failed" ? 3 : 0,
      cpuSeconds: active ? Math.round(cpuSecondsOf(unit.cpus, age) * 1000) / 1000 : null,
      memoryBytes: active ? memoryNear(`${server.name} ${unit.name}`, unit.memoryBytes, now) : null,
    };
  });
}

/** The four partitions that the console watches; a server fresh from the rack has only two of them. */
export function partitionsOf(server: DemoServer, now: number): Inventory["partitions"] {
  const data = server.hardware.disks.filter((disk) => disk.type === "nvme").length > 0;
  const failing = server.hardware.disks.some((disk) => disk.health === "failing");
  const root = [
    { mount: "/", filesystem: "ext4", sizeGiB: 58, low: 0.17, high: 0.24 },
    { mount: "/var/log", filesystem: "ext4", sizeGiB: 98, low: 0.12, high: failing ? 0.93 : 0.7 },
  ];
  const mounts = [
    { mount: "/mnt/data", filesystem: "xfs", sizeGiB: 3420, low: 0.35, high: 0.6 },
    { mount: "/mnt/containers", filesystem: "xfs", sizeGiB: 240, low: 0.22, high: 0.55 },
  ];
  return [...root, ...(data ? mounts : [])].map(({ mount, filesystem, sizeGiB, low, high }) => {
    const sizeBytes = sizeGiB * GIB;
    const usedBytes = kibibytes(sizeBytes * fillOf(`${server.name} ${mount}`, low, high, now));
    const reserved = filesystem === "ext4" ? kibibytes(sizeBytes * 0.05) : 0;
    return { mount, filesystem, sizeBytes, usedBytes, availableBytes: Math.max(0, sizeBytes - usedBytes - reserved) };
  });
}

/** As `df` counts: whole KiB. */
const kibibytes = (value: number): number => Math.floor(value / 1024) * 1024;
