/** What `ip`, `ethtool` and /proc/net/vlan say of links, by the name of the link. */
import type { Link } from "@/lib/domain/inventory";
import { integer } from "@/lib/machines/parse-text";

const MAX_ADDRESSES = 64;

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;
const NO_MAC = "00:00:00:00:00:00";

/** A MAC address in its canonical form; null for a missing, empty or longer (InfiniBand) one. */
export function macOf(text: string | null | undefined): string | null {
  const mac = text?.trim().toLowerCase() ?? "";
  return MAC.test(mac) && mac !== NO_MAC ? mac : null;
}

export type Details = { kind: string | null; vlanId: number | null; parent: string | null; permanent: string | null };

/** `ip -d -o link`: one line a link, only what /sys does not say to everyone. */
export function detailsOf(lines: readonly string[]): Map<string, Details> {
  const found = new Map<string, Details>();
  for (const line of lines) {
    const head = /^\d+: ([^\s:@]+)(?:@([^\s:]+))?: </.exec(line);
    if (!head?.[1]) continue;
    const kind = /\s(veth|vxlan|geneve|wireguard|macvlan|vlan protocol|bond mode|bridge forward_delay|tun type)\s/
      .exec(line)?.[1]
      ?.split(" ")[0];
    found.set(head[1], {
      kind: kind ?? null,
      vlanId: integer(/\svlan protocol \S+ id (\d+)/.exec(line)?.[1], 4095),
      parent: head[2] ?? null,
      permanent: macOf(/\s(?:permaddr|perm_hwaddr) ([0-9a-fA-F:]{17})/.exec(line)?.[1]),
    });
  }
  return found;
}

export function addressesOf(lines: readonly string[]): Map<string, Link["addresses"]> {
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
export function vlansOf(lines: readonly string[]): Map<string, { id: number | null; parent: string }> {
  const rows = lines.map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows.flatMap(([name, id, parent]) => (name && parent && id && /^\d+$/.test(id) ? [[name, { id: integer(id, 4095), parent }]] : [])),
  );
}

/** `link x` followed by what `ethtool -P x` said. */
export function permanentOf(lines: readonly string[]): Map<string, string> {
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
