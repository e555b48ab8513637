/** Builds the hardware of one simulated server from a short description, in the shapes of the inventory. */
import type { Inventory, Link } from "@/lib/domain/inventory";
import type { Card, CardName } from "@/lib/demo/catalogue";
import { BOARDS, CARDS, CPUS, DISKS, SYSTEMS } from "@/lib/demo/catalogue";
import { hex, serial, uuid } from "@/lib/demo/random";

export type Kit = {
  board: keyof typeof BOARDS;
  system: keyof typeof SYSTEMS;
  cpu: keyof typeof CPUS;
  sockets: 1 | 2;
  memoryGiB: number;
  /** The card that carries converged traffic, two ports; null = the two built-in ports are all there is. */
  network: "connectX5" | "connectX6" | null;
  /** Joined servers bond their ports and lay VLANs on the bond; a server fresh from the rack does not. */
  bonded: boolean;
  disks: readonly (readonly [keyof typeof DISKS, number])[];
  gpus?: readonly [CardName, number];
  /** Position among all disks of the one whose SMART status is bad. */
  failingDisk?: number;
  /** Links whose cable is out. */
  unplugged?: readonly string[];
};

export type Hardware = Pick<Inventory, "machineId" | "system" | "os" | "cpu" | "memory" | "disks" | "links" | "pci">;

const GIB = 2 ** 30;
const SPEED_MBPS = { connectX5: 25_000, connectX6: 100_000 } as const;

/** Every fixed fact of the server `name` whose access address is `ip`. */
export function buildHardware(name: string, ip: string, kit: Kit): Hardware {
  const cpu = CPUS[kit.cpu];
  const cores = cpu.coresPerSocket * kit.sockets;
  const { vendor, product } = BOARDS[kit.board];
  return {
    machineId: hex(`${name} machine`, 32),
    system: { uuid: uuid(`${name} system`), serial: serial(`${name} system`, 10), vendor, product },
    os: SYSTEMS[kit.system],
    cpu: { model: cpu.name, sockets: kit.sockets, cores, threads: cores * 2, flags: cpu.flags.split(" ") },
    memory: { totalBytes: kit.memoryGiB * GIB },
    disks: disksOf(name, kit),
    links: linksOf(name, ip, kit).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    pci: pciOf(kit),
  };
}

/** The permanent addresses of the links that carry converged traffic, in the order of their ports. */
export const convergedMacs = (hardware: Hardware): string[] => converged(hardware).flatMap((link) => link.permanentAddress ?? []);

function converged(hardware: Hardware): Link[] {
  const fast = hardware.links.filter((link) => link.name.startsWith("ens1f"));
  return fast.length > 0 ? fast : hardware.links.filter((link) => link.name === "eno2");
}

function disksOf(name: string, kit: Kit): Inventory["disks"] {
  const letters = { nvme: 0, sd: 0 };
  const models = kit.disks.flatMap(([model, count]) => Array.from({ length: count }, () => DISKS[model]));
  return models.map((disk, index) => ({
    name: disk.type === "nvme" ? `nvme${letters.nvme++}n1` : `sd${String.fromCharCode(97 + letters.sd++)}`,
    model: disk.model,
    serial: `${disk.serialPrefix}${serial(`${name} disk ${index}`, 8)}`,
    sizeBytes: disk.sizeBytes,
    type: disk.type,
    health: index === kit.failingDisk ? "failing" : "ok",
  }));
}

const builtIn = (kit: Kit): CardName => (kit.board === "dell" ? "bcm5720" : "i350");

/** Slots as the firmware of such boards numbers them; each device has an IOMMU group of its own, except functions of one root. */
function pciOf(kit: Kit): Inventory["pci"] {
  const root: CardName = CPUS[kit.cpu].name.startsWith("AMD") ? "rootAmd" : "rootIntel";
  const nvme = kit.disks
    .flatMap(([model, count]) => Array.from({ length: count }, () => DISKS[model].card))
    .filter((card) => card !== null);
  const gpus = kit.gpus ? Array.from({ length: kit.gpus[1] }, () => kit.gpus?.[0] ?? "l40s") : [];
  const network = kit.network === null ? [] : [kit.network, kit.network];
  const placed: [string, CardName][] = [
    ["0000:00:00.0", root],
    ["0000:02:00.0", "aspeed"],
    ["0000:04:00.0", builtIn(kit)],
    ["0000:04:00.1", builtIn(kit)],
    ...network.map((card, port): [string, CardName] => [`0000:41:00.${port}`, card]),
    ...nvme.map((card, index): [string, CardName] => [`0000:${(0x61 + index).toString(16)}:00.0`, card]),
    ...gpus.map((card, index): [string, CardName] => [gpuSlot(index), card]),
  ];
  return placed.map(([slot, card], index) => deviceAt(slot, cardOf(card), 10 + index * 3));
}

function deviceAt(slot: string, { board: _, ...card }: Card, iommuGroup: number): Inventory["pci"][number] {
  return { slot, ...card, iommuGroup };
}

/** Where the GPU number `index` sits. */
export const gpuSlot = (index: number): string => `0000:${(0x81 + index * 0x20).toString(16)}:00.0`;

const cardOf = (name: CardName): Card => CARDS[name];

const NO_CARD = {
  vendor: null,
  deviceName: null,
  deviceId: null,
  model: null,
  driver: null,
  pciSlot: null,
  duplex: null,
  speedMbps: null,
} as const;

/** What every link has unless said otherwise. */
function link(name: string, type: Link["type"], facts: Partial<Link>): Link {
  const state = {
    adminUp: true,
    operState: "up",
    carrier: true,
    mtu: 1500,
    bondMode: null,
    master: null,
    vlanId: null,
    parent: null,
    addresses: [],
  };
  return { name, type, address: null, permanentAddress: null, ...NO_CARD, ...state, ...facts };
}

function port(name: string, slot: string, card: CardName, mac: string, facts: Partial<Link>): Link {
  const { vendor, device, deviceId, driver, board } = cardOf(card);
  const identity = { vendor, deviceName: device, deviceId, model: board ?? device, driver, pciSlot: slot };
  const speed = { duplex: "full" as const, speedMbps: card === "connectX5" || card === "connectX6" ? SPEED_MBPS[card] : 1000 };
  const dead = facts.carrier === false ? { operState: "down", duplex: null, speedMbps: null } : {};
  return link(name, "ethernet", { address: mac, permanentAddress: mac, ...identity, ...speed, ...facts, ...dead });
}

function linksOf(name: string, ip: string, kit: Kit): Link[] {
  const onboard = `${kit.board === "dell" ? "2c:ea:7f" : "3c:ec:ef"}:${pairs(`${name} onboard`, 2)}`;
  const unplugged = (link: string) => (kit.unplugged?.includes(link) ? { carrier: false } : {});
  const first = port("eno1", "0000:04:00.0", builtIn(kit), `${onboard}:10`, { addresses: [{ address: ip, prefix: 24 }] });
  const spare = kit.network === null ? {} : { carrier: false };
  const second = port("eno2", "0000:04:00.1", builtIn(kit), `${onboard}:11`, { ...spare, ...unplugged("eno2") });
  const loopback = link("lo", "loopback", {
    operState: "unknown",
    mtu: 65_536,
    addresses: [{ address: "127.0.0.1", prefix: 8 }],
  });
  const { network } = kit;
  if (network === null) return [loopback, first, second];
  const base = `b8:ce:f6:${pairs(`${name} converged`, 2)}`;
  const shared = kit.bonded ? { master: "bond0", address: `${base}:20`, mtu: 9000 } : {};
  const ports = [0, 1].map((index) => {
    const facts = { ...shared, permanentAddress: `${base}:2${index}`, ...unplugged(`ens1f${index}`) };
    return port(`ens1f${index}`, `0000:41:00.${index}`, network, `${base}:2${index}`, facts);
  });
  return [loopback, first, second, ...ports, ...(kit.bonded ? bondOf(`${base}:20`, ip, network, ports) : [])];
}

/** The bond over both ports, its three VLANs, and the bridge that tenant networks hang on. */
function bondOf(address: string, ip: string, network: "connectX5" | "connectX6", ports: readonly Link[]): Link[] {
  const host = ip.split(".").at(-1) ?? "1";
  const live = ports.filter((link) => link.carrier).length;
  const speed = { duplex: "full" as const, speedMbps: SPEED_MBPS[network] * live };
  const on = { address, mtu: 9000, ...speed };
  const vlan = (vlanId: number, facts: Partial<Link>) =>
    link(`bond0.${vlanId}`, "vlan", { ...on, driver: "vlan", vlanId, parent: "bond0", ...facts });
  return [
    link("bond0", "bond", { ...on, driver: "bonding", bondMode: "802.3ad" }),
    vlan(110, { addresses: [{ address: `10.110.1.${host}`, prefix: 24 }] }),
    vlan(120, { addresses: [{ address: `10.120.1.${host}`, prefix: 24 }] }),
    vlan(130, { master: "br-tenant" }),
    link("br-tenant", "bridge", { address, driver: "bridge", mtu: 9000 }),
  ];
}

const pairs = (text: string, count: number): string => (hex(text, count * 2).match(/../g) ?? []).join(":");
