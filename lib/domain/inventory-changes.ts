/** What is different in a machine since its last inspection, in sentences for the event log. */
import { Inventory } from "./inventory";
import { ownMac, physicalLinks } from "./links";
import { formatBytes, formatDisk } from "./units";

/**
 * One clause per difference, empty when nothing that matters changed. `before` is the stored inventory as it was read; one that
 * no longer parses counts as none, because there is nothing to compare.
 */
export function inventoryChanges(before: unknown, after: Inventory): string[] {
  const { data: was } = Inventory.safeParse(before);
  if (!was) return [];
  return [
    ...changed("System serial", was.system.serial, after.system.serial),
    ...changed("System UUID", was.system.uuid, after.system.uuid),
    ...changed("Hostname", was.hostname, after.hostname),
    ...changed("Operating system", was.os.name, after.os.name),
    ...changed("Kernel", was.os.kernel, after.os.kernel),
    ...changed("CPU", was.cpu.model, after.cpu.model),
    ...changed("vCPUs", was.cpu.threads, after.cpu.threads),
    ...changed("Memory", formatBytes(was.memory.totalBytes), formatBytes(after.memory.totalBytes)),
    ...comeAndGone("Disk", disks(was), disks(after)),
    ...comeAndGone("Network link", links(was), links(after)),
    ...comeAndGone("PCI device", pci(was), pci(after)),
    ...carriers(was, after),
    ...(was.bootId === after.bootId ? [] : ["The server was restarted"]),
  ];
}

const shown = (value: string | number | null): string => (value === null || value === "" ? "unknown" : String(value));

const changed = (what: string, was: string | number | null, is: string | number | null): string[] =>
  was === is ? [] : [`${what} was ${shown(was)}, is ${shown(is)}`];

type Named = Map<string, string>;

function comeAndGone(what: string, was: Named, is: Named): string[] {
  const gone = [...was].filter(([key]) => !is.has(key)).map(([, name]) => `${what} ${name} is gone`);
  const come = [...is].filter(([key]) => !was.has(key)).map(([, name]) => `${what} ${name} is new`);
  return [...gone, ...come];
}

/** A disk is known by its serial: names change from boot to boot. */
const disks = ({ disks: list }: Inventory): Named =>
  new Map(
    list.map(({ name, model, serial, sizeBytes }) => [
      serial ?? name,
      `${name} (${[model, serial, formatDisk(sizeBytes)].filter(Boolean).join(", ")})`,
    ]),
  );

const links = (inventory: Inventory): Named =>
  new Map(physicalLinks(inventory).map((link) => [ownMac(link) ?? link.name, `${link.name} (${ownMac(link) ?? "no address"})`]));

const pci = ({ pci: list }: Inventory): Named =>
  new Map(
    list.map(({ slot, vendorId, deviceId, device }) => [
      `${slot} ${vendorId}:${deviceId}`,
      `${slot} (${device ?? `${vendorId}:${deviceId}`})`,
    ]),
  );

function carriers(was: Inventory, is: Inventory): string[] {
  const before = new Map(physicalLinks(was).map((link) => [ownMac(link) ?? link.name, link.carrier]));
  return physicalLinks(is).flatMap((link) => {
    const carrier = before.get(ownMac(link) ?? link.name);
    if (typeof carrier !== "boolean" || typeof link.carrier !== "boolean" || carrier === link.carrier) return [];
    return [`Network link ${link.name} is ${link.carrier ? "up" : "down"} now`];
  });
}
