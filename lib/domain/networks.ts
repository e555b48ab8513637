/** Addresses and networks of both families, as a person lists them. They are compared as numbers: an address has many spellings. */
import { z } from "zod";
import { done, refuse, type Outcome } from "../outcome";
import { ipv4Number, parseIPv4 } from "./address";

type Address = { bits: 32 | 128; value: bigint };

const IPv6 = z.ipv6();
/** ::ffff:0:0/96 is how a server that listens to both families sees the older one. */
const MAPPED = 0xffffn;

/** null: it is none. What is behind % names a network card and no address. */
function readAddress(text: string): Address | null {
  if (parseIPv4(text)) return { bits: 32, value: BigInt(ipv4Number(text)) };
  const [address = ""] = text.split("%");
  const value = ipv6Number(address.replace(/[^:]*\.[^:]*$/, quadGroups));
  if (value === null) return null;
  return value >> 32n === MAPPED ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

/** The last four bytes may be written as an IPv4 address. */
function quadGroups(quad: string): string {
  const value = parseIPv4(quad) ? ipv4Number(quad) : NaN;
  return [Math.floor(value / 65_536), value % 65_536].map((group) => group.toString(16)).join(":");
}

function ipv6Number(text: string): bigint | null {
  if (!IPv6.safeParse(text).success) return null;
  const [head = [], tail] = text.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = tail ? Array.from({ length: 8 - head.length - tail.length }, () => "0") : [];
  return [...head, ...zeros, ...(tail ?? [])].reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

type Network = Address & { prefix: number };

function readNetwork(text: string): Network | null {
  const [, typed = "", length] = /^([0-9a-f.:]+)(?:\/(0|[1-9][0-9]{0,2}))?$/i.exec(text) ?? [];
  const address = readAddress(typed);
  // Of an IPv4 address in the newer spelling it is not clear which bits are counted.
  if (!address || (length !== undefined && address.bits === 32 && typed.includes(":"))) return null;
  const prefix = length === undefined ? address.bits : Number(length);
  return prefix <= address.bits ? { ...address, prefix } : null;
}

const NETWORKS_MOST = 50;

/** Reads addresses and networks in CIDR, separated by white space or commas, and gives them as they were written. */
export function parsePlaces(text: string): Outcome<string[]> {
  const entries = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ];
  if (entries.length > NETWORKS_MOST) return refuse("bad-places", `At most ${NETWORKS_MOST} addresses and networks.`);
  const wrong = entries.find((entry) => !readNetwork(entry));
  if (wrong === undefined) return done(entries);
  const hint = "Write it as in 10.20.1.40, 10.20.0.0/16 or 2001:db8::/32.";
  return refuse("bad-places", `“${wrong.slice(0, 60)}” is neither an address nor a network.`, { hint });
}

/** Whether an address lies in one of these. What is no address lies nowhere. */
export function isWithin(places: readonly string[], text: string): boolean {
  const address = readAddress(text);
  if (!address) return false;
  return places.some((place) => {
    const network = readNetwork(place);
    const rest = BigInt(address.bits - (network?.prefix ?? 0));
    return network?.bits === address.bits && network.value >> rest === address.value >> rest;
  });
}

/** One spelling of an address, for what is counted by it; null: it is none. Some proxies write a port behind it. */
function plainAddress(text: string): string | null {
  const bare = /^\[([^\]]*)\]/.exec(text)?.[1] ?? text.replace(/^([0-9.]+):[0-9]+$/, "$1");
  const address = readAddress(bare.trim());
  if (!address) return null;
  const number = (byte: number): number => Number((address.value >> BigInt(8 * byte)) & 0xffn);
  return address.bits === 32 ? [3, 2, 1, 0].map(number).join(".") : bare.trim().toLowerCase();
}

/**
 * Who asks: the other end of the connection, or, when that is a proxy of ours, whom it says it asks for, and so on. Everything before what
 * the last of our proxies wrote was sent by the client, who may write there what he likes.
 */
export function clientOf(peer: string, forwarded: string, proxies: readonly string[]): string {
  const written = forwarded.split(",").map((entry) => entry.trim());
  let client = plainAddress(peer) ?? "";
  while (isWithin(proxies, client)) {
    const next = plainAddress(written.pop() ?? "");
    if (next === null) break;
    client = next;
  }
  return client;
}
