/**
 * Which addresses Regent may dial. An address is typed by a person and then dialled from inside the region, so one spelling only
 * is read (the canonical dotted quad), and only what lies in a listed management network is dialled.
 */
import { done, refuse, type Outcome } from "../outcome";

export type Network = { cidr: string; base: number; prefix: number; port: number };

const SSH_PORT = 22;
const QUAD = /^(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}$/;

/** The address itself when it is a canonical dotted quad, else null: no octal, no hexadecimal, no short forms, no spaces. */
export const parseIPv4 = (text: string): string | null =>
  QUAD.test(text) && text.split(".").every((part) => Number(part) <= 255) ? text : null;

/** A canonical dotted quad as an unsigned 32-bit number. */
export const ipv4Number = (ip: string): number => ip.split(".").reduce((value, part) => value * 256 + Number(part), 0);

const ipv4Text = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");

/** Order of two canonical addresses by number: 10.0.0.9 before 10.0.0.10. */
export const compareIPv4 = (a: string, b: string): number => ipv4Number(a) - ipv4Number(b);

/** First address of the block of this prefix length in which `value` lies. */
export const blockStart = (value: number, prefix: number): number => value - (value % 2 ** (32 - prefix));
const blockEnd = (value: number, prefix: number): number => blockStart(value, prefix) + 2 ** (32 - prefix) - 1;
const within = (value: number, base: number, prefix: number): boolean => blockStart(value, prefix) === base;

/** Reads `CIDR[:port]` entries separated by white space, e.g. "10.20.0.0/16 192.168.7.0/24:2222". */
export function parseNetworks(text: string): Outcome<Network[]> {
  const entries = text.split(/\s+/).filter(Boolean);
  if (!entries.length)
    return refuse("bad-networks", "No management network is listed.", { hint: "List at least one, as in 10.20.0.0/16." });
  const networks: Network[] = [];
  for (const entry of entries) {
    const network = parseNetwork(entry);
    if (!network.ok) return network;
    networks.push(network.value);
  }
  return done(networks);
}

function parseNetwork(entry: string): Outcome<Network> {
  const [, address = "", length = "", portText] = /^([0-9.]+)\/(0|[1-9][0-9]?)(?::([1-9][0-9]{0,4}))?$/.exec(entry) ?? [];
  const ip = parseIPv4(address);
  const prefix = Number(length);
  const port = portText === undefined ? SSH_PORT : Number(portText);
  if (!ip || prefix > 32)
    return refuse("bad-networks", `“${entry}” is not a management network.`, { hint: "Write it as in 10.20.0.0/16 or 10.20.0.0/16:2222." });
  if (port > 65_535) return refuse("bad-networks", `“${entry}” has a port above 65535.`, { hint: "Ports go from 1 to 65535." });
  const value = ipv4Number(ip);
  const base = blockStart(value, prefix);
  if (base !== value) {
    const meant = `${ipv4Text(base)}/${prefix}`;
    return refuse("bad-networks", `“${entry}” is an address inside a network.`, { hint: `Write the network itself: ${meant}.` });
  }
  return done({ cidr: `${ip}/${prefix}`, base, prefix, port });
}

const LOOPBACK_BASE = ipv4Number("127.0.0.0");

/** Blocks that never hold a server's access address, the narrowest first. */
const SPECIAL = [
  { base: 0xffffffff, prefix: 32, what: "is the broadcast address", hint: "Enter the address of one server." },
  { base: 0, prefix: 8, what: "means “no address”", hint: "Enter the server's own address." },
  {
    base: LOOPBACK_BASE,
    prefix: 8,
    what: "is this console's own machine (loopback)",
    hint: "Enter the server's address in the management network.",
  },
  {
    base: ipv4Number("169.254.0.0"),
    prefix: 16,
    what: "is a link-local address",
    hint: "Give the server an address in the management network.",
  },
  { base: ipv4Number("224.0.0.0"), prefix: 4, what: "is a multicast address", hint: "Enter the address of one server." },
  {
    base: ipv4Number("240.0.0.0"),
    prefix: 4,
    what: "is a reserved address",
    hint: "Enter the server's address in the management network.",
  },
] as const;

/**
 * The address and its SSH port when Regent may dial it. Refusals ("address-not-allowed") name the field `ip`.
 * Loopback passes only inside a listed network that itself lies in 127.0.0.0/8.
 */
export function dialable(ip: string, networks: readonly Network[], ownAddresses: readonly string[]): Outcome<{ ip: string; port: number }> {
  if (parseIPv4(ip) === null) return notAllowed("That is not an IPv4 address.", "Write four numbers from 0 to 255, as in 10.20.1.40.");
  const value = ipv4Number(ip);
  const network = narrowest(value, networks);
  const special = SPECIAL.find(({ base, prefix }) => within(value, base, prefix));
  const listedLoopback = special?.base === LOOPBACK_BASE && network !== undefined && liesInLoopback(network);
  if (special && !listedLoopback) return notAllowed(`${ip} ${special.what}.`, special.hint);
  if (!network) {
    const listed = networks.map(({ cidr }) => cidr).join(", ");
    return notAllowed(`${ip} is outside the management networks.`, `Regent dials only ${listed}. They are set where Regent is started.`);
  }
  if (network.prefix < 31 && value === network.base)
    return notAllowed(`${ip} is the network ${network.cidr} itself.`, "Enter the address of one server.");
  if (network.prefix < 31 && value === blockEnd(value, network.prefix)) {
    return notAllowed(`${ip} is the broadcast address of ${network.cidr}.`, "Enter the address of one server.");
  }
  if (ownAddresses.includes(ip)) return notAllowed(`${ip} is an address of this console.`, "The console's own machine can not be a node.");
  return done({ ip, port: network.port });
}

const notAllowed = (reason: string, hint: string) => refuse("address-not-allowed", reason, { hint, field: "ip" });

const liesInLoopback = ({ base, prefix }: Network): boolean => prefix >= 8 && within(base, LOOPBACK_BASE, 8);

const narrowest = (value: number, networks: readonly Network[]): Network | undefined =>
  networks.filter(({ base, prefix }) => within(value, base, prefix)).toSorted((a, b) => b.prefix - a.prefix)[0];

const MAC_SPELLINGS = [
  /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/,
  /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/,
  /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/,
  /^[0-9a-f]{12}$/,
];

/**
 * A MAC address in lower case with colons, from any of the four usual spellings; null for anything else and for addresses
 * that no network interface has: multicast (broadcast among them) and all zero.
 */
export function normaliseMac(text: string): string | null {
  const typed = text.trim().toLowerCase();
  if (!MAC_SPELLINGS.some((spelling) => spelling.test(typed))) return null;
  const digits = typed.replace(/[^0-9a-f]/g, "");
  const multicast = Number.parseInt(digits.slice(0, 2), 16) % 2 === 1;
  if (multicast || /^0+$/.test(digits)) return null;
  return digits.replace(/(..)(?=.)/g, "$1:");
}

const SHOWN_MAX = 40;
/** What was typed, in a sentence about it. */
export const quoted = (typed: string): string => `“${typed.length > SHOWN_MAX ? `${typed.slice(0, SHOWN_MAX)}…` : typed}”`;

export const notAnIPv4 = (typed: string): string =>
  `${quoted(typed)} is not an IPv4 address. Write four numbers from 0 to 255, as in 10.20.1.40.`;
export const notAMac = (typed: string): string =>
  `${quoted(typed)} is not the MAC address of a network interface. Write it as in b8:ce:f6:01:02:03.`;

/** Where a node's own installer is. Plain http, as the installer has it; an IPv6 address stands in brackets. */
export const installerUrl = (ip: string): string => `http://${ip.includes(":") ? `[${ip}]` : ip}/installer`;
