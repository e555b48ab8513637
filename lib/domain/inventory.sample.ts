/** A plausible machine for tests: one access link, two converged links inside a bond with a VLAN, and a link without a cable. */
import { Inventory, type Link } from "./inventory";

export const sampleLink = (facts: Partial<Link>): Link => ({
  name: "eno1",
  address: "3c:ec:ef:00:00:10",
  vendor: "Intel",
  duplex: "full",
  speedMbps: 1000,
  driver: "igb",
  deviceName: "I350",
  carrier: true,
  pciSlot: "0000:04:00.0",
  type: "ethernet",
  deviceId: "0x1521",
  model: "I350",
  permanentAddress: "3c:ec:ef:00:00:10",
  adminUp: true,
  operState: "up",
  mtu: 1500,
  bondMode: null,
  master: null,
  vlanId: null,
  parent: null,
  addresses: [],
  ...facts,
});

const fast = { speedMbps: 25_000, driver: "mlx5_core", master: "bond0", address: "b8:ce:f6:01:02:20" } as const;
const above = { driver: null, pciSlot: null, permanentAddress: null, address: "b8:ce:f6:01:02:20" } as const;

export const SAMPLE_LINKS: Link[] = [
  sampleLink({
    name: "lo",
    type: "loopback",
    address: null,
    permanentAddress: null,
    pciSlot: null,
    addresses: [{ address: "127.0.0.1", prefix: 8 }],
  }),
  sampleLink({ addresses: [{ address: "10.20.1.40", prefix: 24 }] }),
  sampleLink({
    name: "eno2",
    address: "3c:ec:ef:00:00:11",
    permanentAddress: "3c:ec:ef:00:00:11",
    carrier: false,
    speedMbps: null,
    pciSlot: "0000:04:00.1",
  }),
  sampleLink({ ...fast, name: "ens1f0", permanentAddress: "b8:ce:f6:01:02:20", pciSlot: "0000:41:00.0" }),
  sampleLink({ ...fast, name: "ens1f1", permanentAddress: "b8:ce:f6:01:02:21", pciSlot: "0000:41:00.1" }),
  sampleLink({ ...above, name: "bond0", type: "bond", bondMode: "802.3ad", speedMbps: 50_000 }),
  sampleLink({
    ...above,
    name: "bond0.110",
    type: "vlan",
    vlanId: 110,
    parent: "bond0",
    addresses: [{ address: "10.110.1.40", prefix: 24 }],
  }),
  sampleLink({ name: "vnet0", pciSlot: null, permanentAddress: null, address: "fe:54:00:00:00:01", speedMbps: 10, driver: "tun" }),
];

export const sampleInventory = (facts: Partial<Inventory> = {}): Inventory =>
  Inventory.parse({
    privilege: "root",
    missing: [],
    hostname: "compute-west-10",
    machineId: null,
    system: { uuid: "4c4c4544-0000-1000-8000-000000000010", serial: "S10", vendor: "Supermicro", product: "AS-1114" },
    os: { id: "debian", name: "Debian GNU/Linux 13", version: "13", kernel: "6.12.9-amd64", architecture: "x86_64" },
    bootedAt: 1_790_000_000,
    bootId: "b-1",
    clock: 1_790_003_600,
    cpu: { model: "AMD EPYC 7313", sockets: 1, cores: 16, threads: 32, flags: ["lm", "svm"] },
    memory: { totalBytes: 64 * 2 ** 30 },
    disks: [{ name: "nvme0n1", model: "PM9A3", serial: "D1", sizeBytes: 960e9, type: "nvme", health: "ok" }],
    links: SAMPLE_LINKS,
    pci: [],
    hypervisor: { libvirt: null, qemu: null, running: false },
    vms: [],
    services: [],
    partitions: [],
    ...facts,
  });
