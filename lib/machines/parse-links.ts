/** Network links, from /sys/class/net, `ip` and `ethtool`. */
import type { Link } from "@/lib/domain/inventory";
import type { Pci } from "@/lib/machines/parse-pci";
import type { Details } from "@/lib/machines/parse-link-tools";
import { addressesOf, detailsOf, macOf, permanentOf, slotOf, vlansOf } from "@/lib/machines/parse-link-tools";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, cosmetic, filesOf, identity, integer, linesOf, symlinksOf } from "@/lib/machines/parse-text";

const NET = "/sys/class/net";
const MAX_LINKS = 512;
const MAX_MTU = 1_000_000;
const MAX_SPEED_MBPS = 10_000_000;

/** ARP hardware types of /sys/class/net/x/type (if_arp.h) that are not Ethernet. */
const HARDWARE: Readonly<Record<string, Link["type"]>> = {
  "772": "loopback",
  "32": "infiniband",
  "768": "tunnel",
  "769": "tunnel",
  "776": "tunnel",
  "778": "tunnel",
  "823": "tunnel",
  "65534": "tunnel",
};
const KINDS: Readonly<Record<string, Link["type"]>> = {
  bond: "bond",
  bridge: "bridge",
  vlan: "vlan",
  vxlan: "vxlan",
  geneve: "tunnel",
  gre: "tunnel",
  wireguard: "tunnel",
  wlan: "other",
};

const lastName = (path: string | undefined): string | null => cosmetic(path?.split("/").at(-1), 32);

/** Everything known of the links, physical ones first. More than the inventory holds: guests' taps are left out, and said. */
export function parseLinks(from: Sections, pci: Pci, missing: string[]): Link[] {
  const files = filesOf(linesOf(from, "files"));
  const symlinks = symlinksOf(linesOf(from, "symlinks"));
  const sources = {
    files,
    symlinks,
    details: detailsOf(linesOf(from, "linkdetails")),
    addresses: addressesOf(linesOf(from, "addresses")),
    vlans: vlansOf(linesOf(from, "vlans")),
    permanent: permanentOf(linesOf(from, "permanent")),
    pci: new Map(pci.devices.map((device) => [device.slot, device])),
    boards: pci.boards,
    lowers: lowersOf(symlinks),
  };
  const names = [...files.keys()].flatMap((path) => /^\/sys\/class\/net\/([^/]+)\/flags$/.exec(path)?.[1] ?? []);
  const links = names.map((name) => linkOf(identity(name, 32, "a link name"), sources));
  if (links.length <= MAX_LINKS) return links;
  const weight = (link: Link): number =>
    link.pciSlot ? 0 : link.type !== "ethernet" && link.type !== "tunnel" ? 1 : link.addresses.length ? 2 : 3;
  links.sort((a, b) => weight(a) - weight(b));
  if (links[MAX_LINKS]?.pciSlot) throw new BadAnswer(`it names more than ${MAX_LINKS} network cards`);
  missing.push(`Only ${MAX_LINKS} of ${links.length} network links are kept; links of guests are left out first.`);
  return links.slice(0, MAX_LINKS);
}

/** The links below each link: for a VLAN that is the one it lies on. */
function lowersOf(symlinks: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of symlinks.keys()) {
    const match = /^\/sys\/class\/net\/([^/]+)\/lower_([^/]+)$/.exec(path);
    if (match?.[1] && match[2]) found.set(match[1], match[2]);
  }
  return found;
}

type Sources = {
  files: ReadonlyMap<string, readonly string[]>;
  symlinks: ReadonlyMap<string, string>;
  details: ReadonlyMap<string, Details>;
  addresses: ReadonlyMap<string, Link["addresses"]>;
  vlans: ReadonlyMap<string, { id: number | null; parent: string }>;
  permanent: ReadonlyMap<string, string>;
  pci: ReadonlyMap<string, Pci["devices"][number]>;
  boards: Pci["boards"];
  lowers: ReadonlyMap<string, string>;
};

function linkOf(name: string, sources: Sources): Link {
  const read = (attribute: string): string | null => sources.files.get(`${NET}/${name}/${attribute}`)?.[0] ?? null;
  const details = sources.details.get(name);
  const vlan = sources.vlans.get(name);
  const type = typeOf(name, read, sources, details?.kind ?? null);
  const stacked = type === "vlan" || type === "vxlan";
  const path = sources.symlinks.get(`${NET}/${name}`);
  const slot = slotOf(path);
  const device = slot ? sources.pci.get(slot) : undefined;
  const speed = integer(read("speed"), MAX_SPEED_MBPS);
  return {
    name,
    address: macOf(read("address")),
    ...hardwareOf(device, sources.boards),
    duplex: duplexOf(read("duplex")),
    speedMbps: speed === 0 ? null : speed,
    driver: lastName(sources.symlinks.get(`${NET}/${name}/device/driver`)) ?? (type === "bond" ? "bonding" : (details?.kind ?? null)),
    carrier: carrierOf(read("carrier")),
    pciSlot: slot,
    type,
    permanentAddress: permanentAddress(name, read, sources, path),
    ...stateOf(read),
    bondMode: cosmetic(read("bonding/mode")?.split(" ")[0], 32),
    master: lastName(sources.symlinks.get(`${NET}/${name}/master`)),
    vlanId: type === "vlan" ? (details?.vlanId ?? vlan?.id ?? null) : null,
    parent: stacked ? cosmetic(sources.lowers.get(name) ?? vlan?.parent ?? details?.parent, 32) : null,
    addresses: sources.addresses.get(name) ?? [],
  };
}

export const carrierOf = (text: string | null): boolean | null => (text === "1" ? true : text === "0" ? false : null);
const duplexOf = (text: string | null): Link["duplex"] => (text === "full" || text === "half" ? text : null);

/** Bit 0 of the flags is IFF_UP: what the administrator asked for, where operstate is what came of it. */
export function stateOf(read: (attribute: string) => string | null): Pick<Link, "adminUp" | "operState" | "mtu"> {
  const flags = read("flags")?.trim() ?? "";
  if (!/^0x[0-9a-f]{1,8}$/.test(flags)) throw new BadAnswer("a link has no flags");
  return {
    adminUp: (Number(flags) & 1) === 1,
    operState: cosmetic(read("operstate"), 32) ?? "unknown",
    mtu: integer(read("mtu"), MAX_MTU) ?? 0,
  };
}

function typeOf(name: string, read: (attribute: string) => string | null, sources: Sources, kind: string | null): Link["type"] {
  if (read("tun_flags") !== null) return "tunnel";
  if (read("bonding/mode") !== null) return "bond";
  if (read("bridge/bridge_id") !== null) return "bridge";
  if (sources.vlans.has(name)) return "vlan";
  const declared = sources.files
    .get(`${NET}/${name}/uevent`)
    ?.find((line) => line.startsWith("DEVTYPE="))
    ?.slice(8);
  const hardware = read("type") ?? "";
  return KINDS[declared ?? ""] ?? KINDS[kind ?? ""] ?? (hardware === "1" ? "ethernet" : (HARDWARE[hardware] ?? "other"));
}

/** A changed address (inside a bond) hides the card's own; an address of type 0 is the card's own. */
function permanentAddress(
  name: string,
  read: (attribute: string) => string | null,
  sources: Sources,
  path: string | undefined,
): string | null {
  const told = macOf(read("bonding_slave/perm_hwaddr")) ?? sources.details.get(name)?.permanent ?? sources.permanent.get(name);
  if (told) return told;
  const onBus = path !== undefined && !path.includes("/virtual/");
  return onBus && read("addr_assign_type") === "0" ? macOf(read("address")) : null;
}

function hardwareOf(
  device: Pci["devices"][number] | undefined,
  boards: Pci["boards"],
): Pick<Link, "vendor" | "deviceName" | "deviceId" | "model"> {
  if (!device) return { vendor: null, deviceName: null, deviceId: null, model: null };
  const deviceName = cosmetic(device.device, 128);
  return { vendor: device.vendor, deviceName, deviceId: device.deviceId, model: boards.get(device.slot) ?? deviceName };
}
