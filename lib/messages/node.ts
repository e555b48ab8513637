/** The page of a node. */

/** The page of a node: its tabs in their order, and what stands where something is missing. */
export const NODE_TABS = {
  overview: "Overview",
  events: "Events",
  links: "Node Links",
  monitoring: "Monitoring",
  disks: "Disks",
  vms: "VMs",
  services: "Services",
  pci: "PCI Devices",
} as const;

/** When a node answered last. */
export const HEARTBEAT = {
  label: "Heartbeat",
  stale: "Stale",
  out: "Not asked any more",
} as const;

export const NODE_PAGE = {
  notInspected: { title: "No inventory yet", why: "Hardware discovery is not complete. Re-inspect reads what the server is." },
  reviewLinks: "Review the Node Links tab after a node joins.",
  changes: {
    title: "Changed at the last inspection",
    nothing: "Nothing changed since the inspection before it.",
    never: "It was inspected only once, so there is nothing to compare.",
  },
  silent: "No answer to sampling since",
  surveyed: (when: string): string => `Free space, services, failing disks and running VMs as of ${when}`,
  noPartition: "No file system of its own on this node.",
  disks: { none: "The inspection found no disk." },
  links: { none: "The inspection found no network link.", interfaces: "Cluster network interfaces" },
  peers: {
    title: "Other nodes",
    help: "The ways on which VMs move: proved when the node joins, and again before each drain.",
    none: "No way to another node was proved yet. It is when the node joins, and before each drain.",
    node: "Node",
    there: "From this node",
    back: "To this node",
    reached: "Reached",
  },
  vms: {
    none: "No virtual machine runs on this node.",
    noHypervisor: "No hypervisor is installed on this node, so no virtual machine can run on it.",
    silent: "The hypervisor of this node does not answer, so its virtual machines are not known.",
    passthrough: "Passthrough: can not migrate",
  },
  services: {
    none: "The inspection found no service.",
    cpuNow: "Over the last minute, in per cent of one core.",
    cpuTime: "CPU time that the service has used since it was started.",
    cpuShare:
      "CPU time divided by the time since the server was started, in per cent of one core. A service that was restarted meanwhile has used more while it ran.",
  },
  pci: { none: "The inspection found no PCI device." },
} as const;
