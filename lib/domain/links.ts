/** Which of a machine's network links is which: physical, carrying the access address, matching a converged MAC. */
import type { Inventory, Link } from "./inventory";

const isNic = ({ type }: Link): boolean => type === "ethernet" || type === "infiniband";

/**
 * The links with hardware behind them. Guests' tap devices are "ethernet" too, but sit on no bus; on a machine whose own
 * links sit on none either (a container host), all of them count.
 */
export function physicalLinks(inventory: Pick<Inventory, "links">): Link[] {
  const nics = inventory.links.filter(isNic);
  const onBus = nics.filter(({ pciSlot }) => pciSlot !== null);
  return onBus.length ? onBus : nics;
}

/** The address burnt into the card; inside a bond `address` is the bond's, not the card's. */
export const ownMac = (link: Link): string | null => link.permanentAddress ?? link.address;

/**
 * The link that each MAC address names, in the order of the addresses, each link once. A card is preferred to the bond, bridge
 * or VLAN above it, which show the same address. An address that no link has yields nothing.
 */
export function findLinks(inventory: Pick<Inventory, "links">, macs: readonly string[]): Link[] {
  const physical = physicalLinks(inventory);
  const named = macs.flatMap(
    (mac) =>
      physical.find((link) => ownMac(link) === mac) ??
      physical.find(({ address }) => address === mac) ??
      inventory.links.find(({ address, permanentAddress }) => address === mac || permanentAddress === mac) ??
      [],
  );
  return [...new Set(named)];
}

/** The link that carries the access address, and everything below it: VLAN to parent, bridge and bond to members. */
export function accessLinks(inventory: Pick<Inventory, "links">, ip: string): Link[] {
  const found = new Set(inventory.links.filter(({ addresses }) => addresses.some(({ address }) => address === ip)));
  // A Set's iteration reaches what is added while it runs, and adds nothing twice: loops among links end.
  for (const upper of found) {
    for (const link of inventory.links) if (link.master === upper.name || link.name === upper.parent) found.add(link);
  }
  return [...found];
}

const MAX_SUGGESTED = 16;

/**
 * MAC addresses to propose as converged: the fastest physical links with carrier, without the access link unless there is
 * no other. Links of one speed only, because a bond of mixed speeds does not work.
 */
export function suggestedMacs(inventory: Pick<Inventory, "links">, ip: string): string[] {
  const access = new Set(accessLinks(inventory, ip));
  const live = physicalLinks(inventory).filter((link) => link.carrier === true && ownMac(link) !== null);
  const apart = live.filter((link) => !access.has(link));
  const usable = apart.length ? apart : live;
  const fastest = Math.max(...usable.map(({ speedMbps }) => speedMbps ?? 0));
  const macs = usable.filter(({ speedMbps }) => (speedMbps ?? 0) === fastest).flatMap((link) => ownMac(link) ?? []);
  return [...new Set(macs)].slice(0, MAX_SUGGESTED);
}

/** An interface of the cluster on a link: the link's own addresses, and the VLANs that lie on it. An address is written with its prefix. */
export type ClusterInterface = { name: string; address: string | null; vlanId: number | null; state: string };

/** A link in its place: `under` says what it is to the link above it in the list, which is indented one less. */
export type LinkRow = { link: Link; depth: number; under: "member" | "vlan" | null; interfaces: ClusterInterface[] };

/**
 * Every link but loopback, each once and below what it belongs to: a member under its bond or bridge, a VLAN under its parent.
 * A VLAN that is also a member of a bridge stands under its parent. Links that point at each other in a ring are all shown.
 */
export function linkTree(links: readonly Link[]): LinkRow[] {
  const shown = links.filter(({ type }) => type !== "loopback");
  const names = new Set(shown.map(({ name }) => name));
  const aboveOf = ({ parent, master }: Link): string | null => [parent, master].find((name) => name !== null && names.has(name)) ?? null;
  const rows: LinkRow[] = [];
  const placed = new Set<Link>();
  const place = (link: Link, depth: number): void => {
    if (placed.has(link)) return;
    placed.add(link);
    const under = depth === 0 ? null : aboveOf(link) === link.parent ? "vlan" : "member";
    rows.push({ link, depth, under, interfaces: clusterInterfaces(link, shown) });
    const below = shown.filter((other) => aboveOf(other) === link.name);
    for (const member of below.filter(({ parent }) => parent !== link.name)) place(member, depth + 1);
    for (const vlan of below.filter(({ parent }) => parent === link.name)) place(vlan, depth + 1);
  };
  for (const link of shown.filter((one) => aboveOf(one) === null)) place(link, 0);
  for (const link of shown) place(link, 0);
  return rows;
}

function clusterInterfaces(link: Link, links: readonly Link[]): ClusterInterface[] {
  const vlans = links.filter(({ type, parent }) => type === "vlan" && parent === link.name);
  return [...(link.addresses.length ? [link] : []), ...vlans].flatMap(({ name, vlanId, operState, addresses }) => {
    const written = addresses.map(({ address, prefix }) => `${address}/${prefix}`);
    return (written.length ? written : [null]).map((address) => ({ name, address, vlanId, state: operState }));
  });
}
