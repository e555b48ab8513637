/** The answer of the probe, from raw text to the typed inventory. Nothing a machine says is believed before it passed the schema. */
import { Inventory } from "@/lib/domain/inventory";
import { parseCpu } from "@/lib/machines/parse-cpu";
import { parseDisks } from "@/lib/machines/parse-disks";
import { parseClock, parseMemory, parseOs, parseSystem } from "@/lib/machines/parse-host";
import { parseLinks } from "@/lib/machines/parse-links";
import { parsePci } from "@/lib/machines/parse-pci";
import { parseHypervisor, parsePartitions, parseServices } from "@/lib/machines/parse-running";
import { parseVms } from "@/lib/machines/parse-vms";
import type { Sections } from "@/lib/machines/parse-text";
import { BadAnswer, cosmetic, filesOf, guarded, identity, linesOf, sections } from "@/lib/machines/parse-text";
import type { Outcome } from "@/lib/outcome";

/** Reads what PROBE_SCRIPT printed. A hostile or broken answer is refused with "bad-answer" in one sentence; nothing is thrown. */
export const parseProbe = (stdout: string): Outcome<Inventory> =>
  guarded(() => {
    const checked = Inventory.safeParse(inventoryOf(sections(stdout, "probe")));
    if (checked.success) return checked.data;
    const path = checked.error.issues[0]?.path.filter((part) => typeof part === "string").join(" ");
    throw new BadAnswer(`the value of ${path || "a field"} is out of bounds`);
  });

function inventoryOf(from: Sections): Inventory {
  const files = filesOf(linesOf(from, "files"));
  const one = (path: string): string => files.get(path)?.[0] ?? "";
  const missing: string[] = [];
  const pci = parsePci(from, missing);
  const inventory: Inventory = {
    privilege: privilegeOf(from),
    missing,
    hostname: identity(one("/proc/sys/kernel/hostname"), 255, "a host name"),
    machineId: cosmetic(one("/etc/machine-id"), 64),
    system: parseSystem(from),
    os: parseOs(from),
    ...parseClock(from),
    bootId: identity(one("/proc/sys/kernel/random/boot_id"), 64, "a boot id"),
    cpu: parseCpu(from),
    memory: parseMemory(from),
    disks: parseDisks(from),
    links: parseLinks(from, pci, missing),
    pci: pci.devices,
    hypervisor: parseHypervisor(from),
    vms: parseVms(linesOf(from, "vms")) ?? [],
    services: parseServices(from, missing),
    partitions: parsePartitions(from, missing),
  };
  missing.push(...gaps(inventory, linesOf(from, "notes")));
  missing.splice(32);
  return inventory;
}

function privilegeOf(from: Sections): Inventory["privilege"] {
  const told = linesOf(from, "privilege")[0];
  if (told === "root" || told === "sudo" || told === "none") return told;
  throw new BadAnswer("it does not say with which rights it was made");
}

const WITHOUT: Readonly<Record<string, string>> = {
  lsblk: "lsblk is not installed: disks are read from the kernel alone.",
  lspci: "lspci is not installed: PCI devices have numbers instead of names.",
  ip: "ip is not installed: the addresses of the links are unknown.",
  systemctl: "systemctl is not installed: services are unknown.",
  df: "df is not installed: partitions are unknown.",
  timeout: "timeout is not installed: a tool that hangs is ended only by the end of the connection.",
};
const LATE: Readonly<Record<string, string>> = {
  vms: "VMs were not read: the machine answers too slowly.",
  services: "Services were not read: the machine answers too slowly.",
  partitions: "Partitions were not read: the machine answers too slowly.",
};

/** What a person would miss in this inventory, one sentence each. */
function gaps(inventory: Inventory, notes: readonly string[]): string[] {
  const { privilege, system, disks, hypervisor } = inventory;
  const found = notes.flatMap((note) => {
    const [kind, name = ""] = note.split(" ");
    if (kind === "late") return [LATE[name] ?? `${cosmetic(name, 32) ?? "A part"} was not read: the machine answers too slowly.`];
    return kind === "no" && Object.hasOwn(WITHOUT, name) ? [WITHOUT[name] ?? ""] : [];
  });
  if (privilege === "none")
    found.unshift("The user is not root and has no sudo without a password: system UUID, serial number and disk health are unknown.");
  else if (system.uuid === null) found.push("The firmware gives no usable system UUID.");
  const real = disks.some(({ type }) => type !== "virtual");
  if (privilege !== "none" && real && notes.includes("no smartctl"))
    found.push("smartctl is not installed: the health of the disks is unknown.");
  if (hypervisor.libvirt !== null && !hypervisor.running) found.push("libvirt is installed but does not answer: VMs are unknown.");
  return found;
}
