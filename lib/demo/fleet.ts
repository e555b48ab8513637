/** The demo region: 48 servers in all thirteen states, and three more that a visitor can add. The same on every machine. */
import type { NodeRole, NodeStatus } from "@/lib/domain/status";
import type { Hardware, Kit } from "@/lib/demo/hardware";
import { buildHardware, convergedMacs } from "@/lib/demo/hardware";
import { between, chance, pick } from "@/lib/demo/random";

/** One simulated physical server: what it is, and (for the 48) how the demo region knows it at its first start. */
export type DemoServer = {
  ip: string;
  name: string;
  credentials: { user: string; password: string };
  /** What `credentials.user` may do: be root, or become root with `sudo -n`. */
  privilege: "root" | "sudo";
  role: NodeRole;
  tags: string[];
  /** Permanent addresses of the links for converged traffic. */
  convergedMacs: string[];
  hardware: Hardware;
  /** False: nothing listens at its address, as with a server that was powered off. */
  powered: boolean;
  /** Age of its last boot when the demo region first starts. */
  uptimeSeconds: number;
  /** The share of its memory given to VMs, 0 to 1. */
  vmShare: number;
  /** Whether libvirt and QEMU are there from the beginning. */
  prepared: boolean;
  /** Units that are found failed. */
  failedUnits: string[];
};

/** A server that the demo region already has as a node. */
export type DemoNode = DemoServer & { status: NodeStatus; statusReason: string | null; statusAgeSeconds: number };

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PASSWORD = "regent-demo";
const NETWORK = "127.20.1";

type Row = {
  name: string;
  kit: Kit;
  status?: NodeStatus;
  reason?: string;
  ageSeconds?: number;
  uptimeSeconds?: number;
  role?: NodeRole;
  tags?: string[];
  privilege?: "sudo";
  vmShare?: number;
  prepared?: boolean;
  powered?: boolean;
  failedUnits?: string[];
};

const numbered = (prefix: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${prefix}-west-${String(first + index).padStart(2, "0")}`);

const COMPUTE: Kit = {
  board: "supermicro",
  system: "debian",
  cpu: "milan",
  sockets: 2,
  memoryGiB: 512,
  network: "connectX5",
  bonded: true,
  disks: [
    ["boot", 2],
    ["pm9a3", 4],
  ],
};
const KITS: [Kit, ...Kit[]] = [
  COMPUTE,
  COMPUTE,
  { ...COMPUTE, board: "dell", system: "ubuntu" },
  { ...COMPUTE, board: "hpe", cpu: "icelake", disks: [["boot", 2], ["micron", 4]] }, // prettier-ignore
  { ...COMPUTE, cpu: "genoa", network: "connectX6", memoryGiB: 768 },
  { ...COMPUTE, board: "hpe", cpu: "silver", memoryGiB: 256, disks: [["boot", 2], ["micron", 2]] }, // prettier-ignore
];
const FRESH: Partial<Kit> = { bonded: false };

/** The kit of an ordinary compute server; which one depends on its name alone. */
const computeKit = (name: string, facts: Partial<Kit> = {}): Kit => ({ ...pick(`${name} kit`, KITS), ...facts });

/** Compute servers that are not simply Active; every number not listed here up to 22 is. Why the two Inadequate ones are is for the inspection to say. */
const SPECIAL: Record<string, Omit<Row, "name" | "kit"> & { kit?: Partial<Kit> }> = {
  "compute-west-05": { kit: { failingDisk: 3 } },
  "compute-west-09": {
    status: "Failed",
    reason: "Disk nvme1n1 reports failing health and /mnt/data went read-only.",
    ageSeconds: 41 * MINUTE,
    vmShare: 0.2,
    kit: { ...COMPUTE, failingDisk: 3 },
  },
  "compute-west-14": {
    status: "Fenced",
    reason: "No answer for 90 s on two paths; powered off through its BMC to protect its VMs' disks.",
    ageSeconds: 12 * MINUTE,
    powered: false,
    vmShare: 0,
  },
  "compute-west-23": {
    status: "Failed",
    reason: "libvirtd.service ended with an error three times and is not restarted any more.",
    ageSeconds: 3 * HOUR,
    failedUnits: ["libvirtd.service"],
    vmShare: 0,
    kit: { ...COMPUTE },
  },
  "compute-west-24": { status: "EnteringMaintenance", reason: "Planned: firmware update.", ageSeconds: 4 * MINUTE, vmShare: 0.25 },
  "compute-west-25": {
    status: "InMaintenance",
    reason: "Planned: memory module in slot B2 is replaced.",
    ageSeconds: 26 * HOUR,
    vmShare: 0,
  },
  "compute-west-26": {
    status: "Unfencing",
    reason: "Answers again; its health is being checked.",
    ageSeconds: 40,
    uptimeSeconds: 190,
    vmShare: 0,
  },
  "compute-west-27": { status: "Out", reason: "Removed: lease ended.", ageSeconds: 9 * DAY, vmShare: 0 },
  "compute-west-28": { status: "Approved", reason: "Accepted; waits to be prepared.", ageSeconds: 15, vmShare: 0, kit: FRESH },
  "compute-west-29": { status: "Starting", reason: "Services are being started.", ageSeconds: 50, vmShare: 0 },
  "compute-west-30": {
    status: "Activating",
    reason: "The hypervisor and the converged links are being checked.",
    ageSeconds: 25,
    vmShare: 0,
  },
  "compute-west-31": { status: "Candidate", ageSeconds: 6 * HOUR, vmShare: 0, kit: FRESH },
  "compute-west-32": { status: "Candidate", ageSeconds: 6 * HOUR, vmShare: 0, prepared: false, kit: FRESH },
  "compute-west-33": { status: "Candidate", ageSeconds: 5 * HOUR, vmShare: 0, prepared: false, kit: { ...COMPUTE, ...FRESH } },
  "compute-west-34": { status: "Candidate", ageSeconds: 2 * DAY, vmShare: 0, kit: { ...COMPUTE, ...FRESH, unplugged: ["ens1f1"] } },
  "compute-west-35": {
    status: "Inadequate",
    ageSeconds: 2 * DAY,
    vmShare: 0,
    prepared: false,
    kit: { ...COMPUTE, ...FRESH, cpu: "silver", memoryGiB: 4 },
  },
  "compute-west-36": {
    status: "Inadequate",
    ageSeconds: 5 * HOUR,
    vmShare: 0,
    prepared: false,
    kit: { ...COMPUTE, ...FRESH, board: "hpe", cpu: "locked", system: "rocky8" },
  },
  "compute-west-37": {
    status: "Rejected",
    reason: "Belongs to the laboratory.",
    ageSeconds: 4 * DAY,
    vmShare: 0,
    prepared: false,
    kit: FRESH,
  },
};

const compute = (name: string): Row => {
  const { kit, ...facts } = SPECIAL[name] ?? {};
  return { name, kit: computeKit(name, kit), ...facts };
};

const CONTROL_KIT: Kit = { ...COMPUTE, board: "dell", system: "debian", cpu: "silver", memoryGiB: 128, disks: [["boot", 2], ["micron", 2]] }; // prettier-ignore
const STORAGE_KIT: Kit = { ...COMPUTE, board: "hpe", cpu: "silver", memoryGiB: 256, network: "connectX6", disks: [["boot", 2], ["pm9a3", 2], ["exos", 12]] }; // prettier-ignore
const GPU_KIT: Kit = { ...COMPUTE, board: "gigabyte", system: "ubuntu", memoryGiB: 1024, network: "connectX6", gpus: ["l40s", 4] };

const ROWS: Row[] = [
  ...numbered("control", 1, 3).map((name): Row => ({
    name,
    kit: CONTROL_KIT,
    role: "Control",
    privilege: "sudo",
    tags: ["control"],
    vmShare: 0,
  })),
  ...numbered("compute", 1, 37).map(compute),
  { name: "storage-west-01", kit: STORAGE_KIT, tags: ["storage"], vmShare: 0.15 },
  { name: "storage-west-02", kit: { ...STORAGE_KIT, failingDisk: 9 }, tags: ["storage"], vmShare: 0.12 },
  { name: "storage-west-03", kit: STORAGE_KIT, tags: ["storage"], vmShare: 0.18 },
  { name: "storage-west-04", kit: STORAGE_KIT, tags: ["storage"], vmShare: 0.1 },
  ...numbered("gpu", 1, 3).map((name): Row => ({ name, kit: GPU_KIT, tags: ["gpu"] })),
  {
    name: "gpu-west-04",
    kit: { ...GPU_KIT, gpus: ["a100", 4] },
    status: "InMaintenance",
    reason: "Planned: driver update.",
    ageSeconds: 2 * HOUR,
    tags: ["gpu"],
    vmShare: 0,
  },
];

function server(row: Row, host: number): DemoServer {
  const { name, kit, privilege = "root", role = "Worker" } = row;
  const ip = `${NETWORK}.${host}`;
  const hardware = buildHardware(name, ip, kit);
  return {
    ip,
    name,
    credentials: { user: privilege === "root" ? "root" : "ops", password: PASSWORD },
    privilege,
    role,
    tags: [`rack-${pick(`${name} rack`, ["A", "B", "C", "D"])}`, ...(row.tags ?? [])],
    convergedMacs: convergedMacs(hardware),
    hardware,
    powered: row.powered ?? true,
    uptimeSeconds: row.uptimeSeconds ?? between(`${name} uptime`, DAY, 120 * DAY),
    vmShare: row.vmShare ?? 0.4 + 0.45 * chance(`${name} vms`),
    prepared: row.prepared ?? true,
    failedUnits: row.failedUnits ?? [],
  };
}

const node = (row: Row, index: number): DemoNode => ({
  ...server(row, index + 1),
  status: row.status ?? "Active",
  statusReason: row.reason ?? null,
  statusAgeSeconds: row.ageSeconds ?? between(`${row.name} since`, DAY, 200 * DAY),
});

/** The 48 nodes of the demo region. */
export const FLEET: readonly DemoNode[] = ROWS.map(node);

const SPARE_ROWS: Row[] = [
  { name: "spare-west-01", kit: { ...COMPUTE, ...FRESH, cpu: "genoa" }, vmShare: 0 },
  {
    name: "spare-west-02",
    kit: { ...COMPUTE, board: "dell", cpu: "atom", sockets: 1, memoryGiB: 4, network: null, bonded: false, disks: [["boot", 1]] },
    vmShare: 0,
    prepared: false,
  },
  { name: "spare-west-03", kit: { ...COMPUTE, ...FRESH }, vmShare: 0, prepared: false },
];

/**
 * Reachable servers that the region does not have yet, for a visitor who tries "+ Add Candidate":
 * the first is ready, the second is too small, the third is bare (libvirt must be installed).
 */
export const SPARE_SERVERS: readonly DemoServer[] = SPARE_ROWS.map((row, index) => server(row, 201 + index));

/** Every simulated server, in the region or not. */
export const ALL_SERVERS: readonly DemoServer[] = [...FLEET, ...SPARE_SERVERS];
