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

/** What `virsh version; list --all --uuid` prints. */
export const libvirtLines = (vms: readonly Vm[]): string[] => [...versionLines(), "", ...vms.map(({ uuid }) => uuid), ""];

/** What `virsh dominfo` prints for each VM. */
export const dominfoLines = (vms: readonly Vm[]): string[] =>
  vms.flatMap((vm, index) => [
    `Id:             ${vm.state === "running" ? index + 1 : "-"}`,
    `Name:           ${vm.name}`,
    `UUID:           ${vm.uuid}`,
    "OS Type:        hvm",
    `State:          ${vm.state}`,
    `CPU(s):         ${vm.vcpus}`,
    `Max memory:     ${vm.memoryBytes / 1024} KiB`,
    `Used memory:    ${vm.memoryBytes / 1024} KiB`,
    "Persistent:     yes",
    "Autostart:      enable",
    "Managed save:   no",
    "Security model: apparmor",
    "Security DOI:   0",
    "",
  ]);

/** The VM's UUID, then the part of its XML description that names devices passed through to it. */
export const passthroughLines = (vms: readonly Vm[]): string[] =>
  vms.flatMap((vm) => [`  <uuid>${vm.uuid}</uuid>`, ...vm.passthrough.flatMap(hostdev)]);

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
