/** Network links, from /sys/class/net, `ip` and `ethtool`. */
import type { Link } from "@/lib/domain/inventory";
import type { Pci } from "@/lib/machines/parse-hardware";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, cosmetic, filesOf, identity, integer, linesOf, symlinksOf } from "@/lib/machines/parse-text";

const NET = "/sys/class/net";
const MAX_LINKS = 512;
const MAX_ADDRESSES = 64;
const MAX_MTU = 1_000_000;
const MAX_SPEED_MBPS = 10_000_000;

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;
const NO_MAC = "00:00:00:00:00:00";

/** A MAC address in its canonical form; null for a missing, empty or longer (InfiniBand) one. */
export function macOf(text: string | null | undefined): string | null {
  const mac = text?.trim().toLowerCase() ?? "";
  return MAC.test(mac) && mac !== NO_MAC ? mac : null;
}

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

type Details = { kind: string | null; vlanId: number | null; parent: string | null; permanent: string | null };

/** `ip -d -o link`: one line a link, only what /sys does not say to everyone. */
function detailsOf(lines: readonly string[]): Map<string, Details> {
  const found = new Map<string, Details>();
  for (const line of lines) {
    const head = /^\d+: ([^\s:@]+)(?:@([^\s:]+))?: </.exec(line);
    if (!head?.[1]) continue;
    const kind = /\s(veth|vxlan|geneve|wireguard|macvlan|vlan protocol|bond mode|bridge forward_delay|tun type)\s/.exec(line)?.[1]?.split(" ")[0];
    found.set(head[1], {
      kind: kind ?? null,
      vlanId: integer(/\svlan protocol \S+ id (\d+)/.exec(line)?.[1], 4095),
      parent: head[2] ?? null,
      permanent: macOf(/\s(?:permaddr|perm_hwaddr) ([0-9a-fA-F:]{17})/.exec(line)?.[1]),
    });
  }
  return found;
}

function addressesOf(lines: readonly string[]): Map<string, Link["addresses"]> {
  const found = new Map<string, Link["addresses"]>();
  for (const line of lines) {
    const match = /^\d+: ([^\s@]+)(?:@\S+)?\s+(inet6?) ([0-9a-fA-F.:]{2,45})(?: peer [^\s/]+)?(?:\/(\d{1,3}))?\s/.exec(line);
    if (!match?.[1] || !match[3]) continue;
    const prefix = Number(match[4] ?? (match[2] === "inet" ? 32 : 128));
    const list = found.get(match[1]) ?? [];
    if (list.length < MAX_ADDRESSES && prefix <= 128) list.push({ address: match[3], prefix });
    found.set(match[1], list);
  }
  return found;
}

/** /proc/net/vlan/config, for hosts whose `ip` has no `-d`: "bond0.100      | 100  | bond0". */
function vlansOf(lines: readonly string[]): Map<string, { id: number | null; parent: string }> {
  const rows = lines.map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(rows.flatMap(([name, id, parent]) => (name && parent && id && /^\d+$/.test(id) ? [[name, { id: integer(id, 4095), parent }]] : [])));
}

/** `link x` followed by what `ethtool -P x` said. */
function permanentOf(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  let name = "";
  for (const line of lines) {
    if (line.startsWith("link ")) name = line.slice(5);
    const mac = macOf(/^Permanent address: ([0-9a-fA-F:]{17})$/.exec(line)?.[1]);
    if (name && mac) found.set(name, mac);
  }
  return found;
}

/** The PCI function behind a device path of /sys; null for what hangs on USB or on no bus. */
export function slotOf(path: string | undefined): string | null {
  if (!path || /\/usb\d/.test(path)) return null;
  return [...path.matchAll(/\/([0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])(?=\/)/g)].at(-1)?.[1] ?? null;
}

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
  const weight = (link: Link): number => (link.pciSlot ? 0 : link.type !== "ethernet" && link.type !== "tunnel" ? 1 : link.addresses.length ? 2 : 3);
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
  return { adminUp: (Number(flags) & 1) === 1, operState: cosmetic(read("operstate"), 32) ?? "unknown", mtu: integer(read("mtu"), MAX_MTU) ?? 0 };
}

function typeOf(name: string, read: (attribute: string) => string | null, sources: Sources, kind: string | null): Link["type"] {
  if (read("tun_flags") !== null) return "tunnel";
  if (read("bonding/mode") !== null) return "bond";
  if (read("bridge/bridge_id") !== null) return "bridge";
  if (sources.vlans.has(name)) return "vlan";
  const declared = sources.files.get(`${NET}/${name}/uevent`)?.find((line) => line.startsWith("DEVTYPE="))?.slice(8);
  const hardware = read("type") ?? "";
  return KINDS[declared ?? ""] ?? KINDS[kind ?? ""] ?? (hardware === "1" ? "ethernet" : (HARDWARE[hardware] ?? "other"));
}

/** A changed address (inside a bond) hides the card's own; an address of type 0 is the card's own. */
function permanentAddress(name: string, read: (attribute: string) => string | null, sources: Sources, path: string | undefined): string | null {
  const told = macOf(read("bonding_slave/perm_hwaddr")) ?? sources.details.get(name)?.permanent ?? sources.permanent.get(name);
  if (told) return told;
  const onBus = path !== undefined && !path.includes("/virtual/");
  return onBus && read("addr_assign_type") === "0" ? macOf(read("address")) : null;
}

function hardwareOf(device: Pci["devices"][number] | undefined, boards: Pci["boards"]): Pick<Link, "vendor" | "deviceName" | "deviceId" | "model"> {
  if (!device) return { vendor: null, deviceName: null, deviceId: null, model: null };
  const deviceName = cosmetic(device.device, 128);
  return { vendor: device.vendor, deviceName, deviceId: device.deviceId, model: boards.get(device.slot) ?? deviceName };
}
