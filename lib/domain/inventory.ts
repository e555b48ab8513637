/**
 * What a machine is, as its probe reported it. The schema is the only door by which text from a machine
 * enters Regent: every string is bounded, every list is bounded, control characters never pass.
 */
import { z } from "zod";

/** Control characters, ANSI introducers and bidirectional overrides: PostgreSQL refuses NUL, a page must not obey the rest. */
// oxlint-disable-next-line no-control-regex -- these are exactly the characters that may not pass
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** One line of printable text, trimmed by the parser before it comes here. */
export const machineText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !UNSAFE.test(text), "contains control characters");

const bytes = z
  .number()
  .int()
  .min(0)
  .max(2 ** 52);
const count = z.number().int().min(0).max(65_536);
const mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
const nullable = <T extends z.ZodType>(type: T) => type.nullable();

const Disk = z.strictObject({
  name: machineText(64),
  model: nullable(machineText(128)),
  serial: nullable(machineText(128)),
  sizeBytes: bytes,
  type: z.enum(["nvme", "ssd", "hdd", "virtual"]),
  /** From SMART where it can be read; null = could not be read. */
  health: nullable(z.enum(["ok", "failing"])),
});

const LinkAddress = z.strictObject({ address: machineText(64), prefix: z.number().int().min(0).max(128) });

/** A network link. The first eleven fields are those of the Join dialog; the rest are the Node Links tab's. */
const Link = z.strictObject({
  name: machineText(32),
  address: nullable(mac),
  vendor: nullable(machineText(128)),
  duplex: nullable(z.enum(["full", "half"])),
  speedMbps: nullable(z.number().int().min(1).max(10_000_000)),
  driver: nullable(machineText(64)),
  deviceName: nullable(machineText(128)),
  carrier: nullable(z.boolean()),
  pciSlot: nullable(machineText(32)),
  type: z.enum(["ethernet", "bond", "bridge", "vlan", "vxlan", "tunnel", "loopback", "infiniband", "other"]),
  deviceId: nullable(machineText(32)),
  model: nullable(machineText(128)),
  /** The address burnt into the card; differs from `address` inside a bond. */
  permanentAddress: nullable(mac),
  adminUp: z.boolean(),
  operState: machineText(32),
  mtu: z.number().int().min(0).max(1_000_000),
  /** e.g. "802.3ad", for a bond. */
  bondMode: nullable(machineText(32)),
  /** The bond or bridge this link is a member of. */
  master: nullable(machineText(32)),
  vlanId: nullable(z.number().int().min(0).max(4095)),
  /** The link a VLAN lies on. */
  parent: nullable(machineText(32)),
  addresses: z.array(LinkAddress).max(64),
});

const PciDevice = z.strictObject({
  slot: machineText(32),
  classId: machineText(8),
  className: nullable(machineText(128)),
  vendorId: machineText(8),
  vendor: nullable(machineText(128)),
  deviceId: machineText(8),
  device: nullable(machineText(160)),
  driver: nullable(machineText(64)),
  iommuGroup: nullable(z.number().int().min(0).max(65_536)),
});

const Vm = z.strictObject({
  uuid: machineText(64),
  name: machineText(128),
  state: machineText(32),
  vcpus: count,
  memoryBytes: bytes,
  /** PCI slots passed through to this VM; such a VM can not be migrated. */
  passthrough: z.array(machineText(32)).max(64),
  /** Where its disks lie: every node reaches "shared" ones, "local" ones are copied along; null = not known. */
  storage: nullable(z.enum(["none", "shared", "local"])).default(null),
  /** What its cards are plugged into: "bridge br0", "network default". */
  networks: z.array(machineText(80)).max(64).default([]),
  /** Which processor it sees: "host-passthrough", "host-model" or the name of a model; null = not known. */
  cpu: nullable(machineText(64)).default(null),
});

const Service = z.strictObject({
  name: machineText(128),
  state: machineText(32),
  subState: machineText(32),
  /** CPU time since the unit started, seconds; null where the host does not account it. */
  cpuSeconds: nullable(z.number().min(0)),
  memoryBytes: nullable(bytes),
  restarts: nullable(count),
});

const Partition = z.strictObject({
  mount: machineText(255),
  filesystem: machineText(255),
  sizeBytes: bytes,
  usedBytes: bytes,
  availableBytes: bytes,
});

export const Inventory = z.strictObject({
  privilege: z.enum(["root", "sudo", "none"]),
  /** What could not be read and why, one sentence each. */
  missing: z.array(machineText(200)).max(32),
  hostname: machineText(255),
  machineId: nullable(machineText(64)),
  system: z.strictObject({
    uuid: nullable(machineText(64)),
    serial: nullable(machineText(128)),
    vendor: nullable(machineText(128)),
    product: nullable(machineText(128)),
  }),
  os: z.strictObject({
    id: machineText(64),
    name: machineText(160),
    version: nullable(machineText(64)),
    kernel: machineText(128),
    architecture: machineText(32),
  }),
  /** Seconds since 1970 by the machine's own clock. */
  bootedAt: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40),
  bootId: machineText(64),
  /** The machine's clock when the probe ran, seconds since 1970: skew against ours is a fact worth showing. */
  clock: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40),
  cpu: z.strictObject({
    model: nullable(machineText(160)),
    sockets: count,
    cores: count,
    /** Logical CPUs: what the console shows as vCPUs. */
    threads: count,
    flags: z.array(machineText(32)).max(400),
  }),
  memory: z.strictObject({ totalBytes: bytes }),
  disks: z.array(Disk).max(512),
  links: z.array(Link).max(512),
  pci: z.array(PciDevice).max(1024),
  hypervisor: z.strictObject({ libvirt: nullable(machineText(32)), qemu: nullable(machineText(64)), running: z.boolean() }),
  vms: z.array(Vm).max(4096),
  services: z.array(Service).max(512),
  partitions: z.array(Partition).max(128),
});

export type Inventory = z.infer<typeof Inventory>;
export type Link = z.infer<typeof Link>;
export type Vm = z.infer<typeof Vm>;
