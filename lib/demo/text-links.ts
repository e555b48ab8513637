/** A simulated server's network links as sysfs and iproute2 print them. */
import type { Link } from "@/lib/domain/inventory";

const NET = "/sys/class/net";
/** The loopback link's. */
const NO_ADDRESS = "00:00:00:00:00:00";
const LOOPBACK_TYPE = 772;
const ETHERNET_TYPE = 1;

/** What `grep -H .` prints of the files below /sys/class/net. */
export function linkFiles(links: readonly Link[]): string[] {
  const file = (name: string, of: (link: Link) => string | number | null) =>
    links.flatMap((link) => {
      const content = of(link);
      return content === null ? [] : [`${NET}/${link.name}/${name}:${content}`];
    });
  const mode = (link: Link) => (link.bondMode === null ? null : `${link.bondMode} 4`);
  const deviceType = (link: Link) => (["vlan", "bond", "bridge"].includes(link.type) ? `DEVTYPE=${link.type}` : null);
  return [
    ...file("address", addressOf),
    ...file("addr_assign_type", (link) => (link.pciSlot === null && link.type !== "loopback" ? 3 : 0)),
    ...file("carrier", (link) => (link.carrier === null ? null : Number(link.carrier))),
    ...file("duplex", (link) => (link.type === "loopback" ? null : (link.duplex ?? "unknown"))),
    ...file("speed", (link) => (link.type === "loopback" ? null : (link.speedMbps ?? -1))),
    ...file("mtu", (link) => link.mtu),
    ...file("operstate", (link) => link.operState),
    ...file("flags", (link) => `0x${flagBits(link).toString(16)}`),
    ...file("type", (link) => (link.type === "loopback" ? LOOPBACK_TYPE : ETHERNET_TYPE)),
    ...file("uevent", deviceType),
    ...file("uevent", (link) => `INTERFACE=${link.name}`),
    ...file("bridge/bridge_id", (link) => (link.type === "bridge" ? `8000.${addressOf(link).replaceAll(":", "")}` : null)),
    ...file("bonding/mode", mode),
    ...file("bonding_slave/perm_hwaddr", (link) => (link.master === "bond0" ? link.permanentAddress : null)),
  ];
}

const addressOf = (link: Link): string => link.address ?? NO_ADDRESS;

const flagBits = (link: Link): number =>
  (link.type === "loopback" ? 0x8 : 0x1002) | Number(link.adminUp) | (link.master === "bond0" ? 0x800 : 0);

/** What `ls -l` prints of the symbolic links below /sys/class/net. */
export function linkSymlinks(links: readonly Link[]): string[] {
  const target = (link: Link) => (link.pciSlot === null ? `virtual/net/${link.name}` : `pci0000:00/${link.pciSlot}/net/${link.name}`);
  const lowers = (upper: Link) => links.filter((link) => link.master === upper.name || link.name === upper.parent);
  return [
    ...links.map((link) => symlink(`${NET}/${link.name}`, `../../devices/${target(link)}`)),
    ...links.flatMap((link) => (link.master === null ? [] : [symlink(`${NET}/${link.name}/master`, `../${link.master}`)])),
    ...links.flatMap((link) => lowers(link).map(({ name }) => symlink(`${NET}/${link.name}/lower_${name}`, `../${name}`))),
    ...links.flatMap((link) =>
      link.driver === null ? [] : [symlink(`${NET}/${link.name}/device/driver`, `../../../../bus/pci/drivers/${link.driver}`)],
    ),
  ];
}

/** One line of `ls -l` for a symbolic link of sysfs. */
export const symlink = (path: string, target: string): string => `lrwxrwxrwx 1 root root 0 Nov  2 09:14 ${path} -> ${target}`;

/** What `ip -o addr` prints. */
export const addressLines = (links: readonly Link[]): string[] =>
  links.flatMap(({ name, type, addresses }, index) =>
    addresses.map(({ address, prefix }) => {
      const scope = type === "loopback" ? `scope host ${name}` : `brd ${address.replace(/\d+$/, "255")} scope global ${name}`;
      return `${index + 1}: ${name}    inet ${address}/${prefix} ${scope}\\       valid_lft forever preferred_lft forever`;
    }),
  );

/** What `ip -d -o link` prints. */
export const detailLines = (links: readonly Link[]): string[] =>
  links.map((link, index) => {
    const over = link.parent === null ? "" : `@${link.parent}`;
    const master = link.master === null ? "" : ` master ${link.master}`;
    const queue = link.type === "ethernet" ? "mq" : "noqueue";
    const kind = link.type === "loopback" ? "loopback" : "ether";
    const broadcast = link.type === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
    const moved = link.permanentAddress !== null && link.permanentAddress !== link.address ? ` permaddr ${link.permanentAddress}` : "";
    const bus = link.pciSlot === null ? "" : ` parentbus pci parentdev ${link.pciSlot}`;
    return (
      `${index + 1}: ${link.name}${over}: <${flagWords(link)}> mtu ${link.mtu} qdisc ${queue}${master} state ${link.operState.toUpperCase()} ` +
      `mode DEFAULT group default qlen 1000\\    link/${kind} ${addressOf(link)} brd ${broadcast}${moved} promiscuity 0 allmulti 0 minmtu 68 ` +
      `maxmtu 9978 ${detail(link)}addrgenmode eui64 numtxqueues 64 numrxqueues 64 gso_max_size 65536 gso_max_segs 65535${bus} `
    );
  });

function flagWords(link: Link): string {
  if (link.type === "loopback") return "LOOPBACK,UP,LOWER_UP";
  const role = link.type === "bond" ? ["MASTER"] : link.master === "bond0" ? ["SLAVE"] : [];
  const carrier = link.carrier ? ["LOWER_UP"] : [];
  return [...(link.carrier ? [] : ["NO-CARRIER"]), "BROADCAST", "MULTICAST", ...role, "UP", ...carrier].join(",");
}

function detail(link: Link): string {
  if (link.type === "vlan") return `\\    vlan protocol 802.1Q id ${link.vlanId} <REORDER_HDR> `;
  if (link.type === "bond") return `\\    bond mode ${link.bondMode} miimon 100 updelay 0 downdelay 0 `;
  if (link.type === "bridge") return "\\    bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 ";
  if (link.master !== "bond0") return "";
  const state = link.carrier ? "UP" : "DOWN";
  return `\\    bond_slave state ACTIVE mii_status ${state} link_failure_count 0 perm_hwaddr ${link.permanentAddress} queue_id 0 `;
}

/** What /proc/net/vlan/config holds; empty where no VLAN is set up. */
export function vlanLines(links: readonly Link[]): string[] {
  const vlans = links.filter((link) => link.type === "vlan");
  if (vlans.length === 0) return [];
  const head = ["VLAN Dev name    | VLAN ID", "Name-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD"];
  return [...head, ...vlans.map((link) => `${link.name.padEnd(15)}| ${link.vlanId}  | ${link.parent}`)];
}
