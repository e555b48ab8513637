/** A simulated server's hypervisor as virsh and QEMU print it. */
import type { Vm } from "@/lib/domain/inventory";

export const LIBVIRT_VERSION = "11.3.0";
export const QEMU_VERSION = "10.0.2";

/** What `virsh version` prints. */
export const versionLines = (): string[] => [
  `Compiled against library: libvirt ${LIBVIRT_VERSION}`,
  `Using library: libvirt ${LIBVIRT_VERSION}`,
  `Using API: QEMU ${LIBVIRT_VERSION}`,
  `Running hypervisor: QEMU ${QEMU_VERSION}`,
];

/** What the word `vms` of the scripts prints: of each description what is read, then what the disks lie on. */
export const vmLines = (vms: readonly Vm[]): string[] => [
  ...vms.flatMap((vm, index) => [
    vm.state,
    vm.state === "running" ? `<domain type='kvm' id='${index + 1}'>` : "<domain type='kvm'>",
    `  <name>${vm.name}</name>`,
    `  <uuid>${vm.uuid}</uuid>`,
    `  <memory unit='KiB'>${vm.memoryBytes / 1024}</memory>`,
    `  <vcpu placement='static'>${vm.vcpus}</vcpu>`,
    ...cpuLines(vm),
    ...diskLines(vm),
    ...vm.networks.flatMap((network) => [
      "    <interface type='bridge'>",
      `      <source bridge='${network.replace(/^bridge /, "")}'/>`,
      "    </interface>",
    ]),
    ...vm.passthrough.flatMap(hostdev),
  ]),
  ...vms.flatMap((vm) => (vm.storage === "local" ? [`fs xfs ${imageOf(vm)}`] : [])),
  "answered",
];

const cpuLines = ({ cpu }: Vm): string[] =>
  cpu?.startsWith("host-")
    ? [`  <cpu mode='${cpu}' check='none' migratable='on'/>`]
    : ["  <cpu mode='custom' match='exact' check='full'>", `    <model fallback='forbid'>${cpu}</model>`];

const imageOf = ({ name }: Vm): string => `/mnt/data/images/${name}.qcow2`;

function diskLines(vm: Vm): string[] {
  if (vm.storage === "local")
    return ["    <disk type='file' device='disk'>", `      <source file='${imageOf(vm)}' index='1'/>`, "    </disk>"];
  return [
    "    <disk type='network' device='disk'>",
    `      <source protocol='rbd' name='vms/${vm.name}' index='1'>`,
    "      </source>",
    "    </disk>",
  ];
}

function hostdev(slot: string): string[] {
  const [domain, bus, device, port] = slot.split(/[:.]/);
  return [
    "    <hostdev mode='subsystem' type='pci' managed='yes'>",
    "      <driver name='vfio'/>",
    "      <source>",
    `        <address domain='0x${domain}' bus='0x${bus}' slot='0x${device}' function='0x${port}'/>`,
    "      </source>",
    "      <address type='pci' domain='0x0000' bus='0x06' slot='0x00' function='0x0'/>",
    "    </hostdev>",
  ];
}

export const qemuLines = (): string[] => [
  `QEMU emulator version ${QEMU_VERSION} (Debian 1:${QEMU_VERSION}+ds-2)`,
  "Copyright (c) 2003-2025 Fabrice Bellard and the QEMU Project developers",
];
