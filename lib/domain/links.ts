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
