/**
 * Which PCI devices a node could give to a virtual machine, and why not the others. The rule is that of Linux's VFIO
 * (Documentation/driver-api/vfio.rst): the IOMMU group is what is given away, so every device of a group must be free of
 * host drivers before any of them can be. Bridges in a group do not count: the kernel's own port driver is allowed there.
 */
import type { Inventory, Link, Vm } from "./inventory";

type Device = Inventory["pci"][number];
type Machine = Pick<Inventory, "pci" | "links" | "vms">;

export type Passthrough = { enabled: boolean; reason: string };
export type PciRow = { device: Device; passthrough: Passthrough; vms: Vm[] };

/** Set aside for virtual machines. */
const SET_ASIDE = "vfio-pci";
const BRIDGE = /^06/;
/**
 * Classes of the PCI ID list that a guest has a use for: storage, network, display, multimedia, communication, USB,
 * co-processor, encryption, accelerator. Everything else (bridges, memory, timers, SMBus) is a part of the machine itself.
 */
const FOR_GUESTS = /^(01|02|03|04|07|10|12)|^0b40$|^0c03$/;

/** Enabled: a virtual machine could have it, or has it. Blocked: not, for the first of these reasons. */
export function passthrough(device: Device, { pci, links }: Pick<Machine, "pci" | "links">): Passthrough {
  const blocked = (reason: string): Passthrough => ({ enabled: false, reason });
  if (!FOR_GUESTS.test(device.classId)) return blocked("Part of the machine itself.");
  if (device.iommuGroup === null) return blocked("No IOMMU group: the IOMMU is off in the firmware or the kernel.");
  const shared = pci.find((other) => other.slot !== device.slot && other.iommuGroup === device.iommuGroup && heldByHost(other));
  if (shared) return blocked(`Shares IOMMU group ${device.iommuGroup} with ${shared.slot}, which the host uses.`);
  const link = links.find((one) => one.pciSlot === device.slot && inUse(one));
  if (link) return blocked(`The host uses it as network link ${link.name}.`);
  return { enabled: true, reason: isSetAside(device) ? "Set aside for virtual machines." : "Alone in its IOMMU group." };
}

const isSetAside = ({ driver }: Device): boolean => driver === SET_ASIDE;
const heldByHost = ({ driver, classId }: Device): boolean => driver !== null && driver !== SET_ASIDE && !BRIDGE.test(classId);

/** Carries an address, or is a member of a bond or bridge. */
const inUse = ({ adminUp, addresses, master }: Link): boolean => adminUp && (addresses.length > 0 || master !== null);

/** What is set aside comes first, then what could be, then the rest. */
const rank = ({ device, passthrough: { enabled } }: PciRow): number => (enabled ? (isSetAside(device) ? 0 : 1) : 2);

/** Every device with its verdict and the virtual machines that have it: the usable ones first, then by slot. */
export const pciRows = (machine: Machine): PciRow[] =>
  machine.pci
    .map((device) => ({
      device,
      passthrough: passthrough(device, machine),
      vms: machine.vms.filter((vm) => vm.passthrough.includes(device.slot)),
    }))
    .toSorted((a, b) => rank(a) - rank(b) || (a.device.slot < b.device.slot ? -1 : 1));

/** What a person calls a device: its name, or, where the machine's list does not know it, its numbers. */
export const deviceName = ({ device, vendorId, deviceId }: Device): string => device ?? `Device ${vendorId}:${deviceId}`;

/** "AD102GL [L40S] (0000:81:00.0)"; the slot alone where the inventory has nothing there. */
export function deviceAt(slot: string, pci: readonly Device[]): string {
  const device = pci.find((one) => one.slot === slot);
  return device ? `${deviceName(device)} (${slot})` : slot;
}
