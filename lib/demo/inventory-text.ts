/** The raw answer of the probe on a simulated server: the same sections that the script collects on a real one. */
import type { Inventory, Link, Vm } from "@/lib/domain/inventory";
import type { DemoServer } from "@/lib/demo/fleet";
import { uuid } from "@/lib/demo/random";
import type { MachineState } from "@/lib/demo/state";
import { firstState } from "@/lib/demo/state";
import { diskFiles, diskSymlinks, lsblkLines, lspciLines, pciSymlinks, smartLines } from "@/lib/demo/text-devices";
import { addressLines, detailLines, linkFiles, linkSymlinks, vlanLines } from "@/lib/demo/text-links";
import { LIBVIRT_VERSION, qemuLines, versionLines, vmLines } from "@/lib/demo/text-vms";
import { hypervisorRuns } from "@/lib/demo/units";
import { firstVms, partitionsOf, servicesOf } from "@/lib/demo/workload";

/**
 * What the probe prints on `server` at `now` (seconds since 1970). Facts move with the time: CPU time, memory, disk use.
 * @param state what has been installed and started there since; by default nothing
 * @param linkDown links whose cable is out
 * @param vms those that are there now; by default those that have always been
 */
export function inventoryText(
  server: DemoServer,
  now: number,
  state: MachineState = firstState(server, now),
  linkDown: readonly string[] = [],
  vms: readonly Vm[] = firstVms(server),
): string {
  const { hardware } = server;
  const links = linksNow(server, linkDown);
  const sections: [string, string[]][] = [
    ["probe 1", []],
    ["privilege", [server.privilege]],
    ["clock", [String(Math.floor(now))]],
    ["kernel", [`Linux ${hardware.os.kernel} ${hardware.os.architecture}`]],
    ["files", [...systemFiles(server, state, now), ...linkFiles(links), ...diskFiles(hardware.disks)]],
    ["counters", [`/proc/meminfo:MemTotal:       ${hardware.memory.totalBytes / 1024} kB`, `/proc/stat:btime ${state.bootedAt}`]],
    ["symlinks", [...linkSymlinks(links), ...diskSymlinks(hardware.disks), ...pciSymlinks(hardware.pci)]],
    ...cpuSections(hardware.cpu),
    ["dmi", dmiLines(hardware.system)],
    ["disks", lsblkLines(hardware.disks)],
    ["smart", smartLines(hardware.disks, hardware.os.kernel)],
    ["addresses", addressLines(links)],
    ["linkdetails", detailLines(links)],
    ["vlans", vlanLines(links)],
    ["pci", lspciLines(hardware.pci)],
    ...(state.prepared ? hypervisorSections(vms, state) : []),
    ["services", servicesOf(server, state, now).flatMap(serviceLines)],
    ["partitions", partitionLines(partitionsOf(server, now))],
    ["notes", []],
    ["end", []],
  ];
  return sections.map(([name, lines]) => [`@@${name}`, ...lines, ""].join("\n")).join("");
}

/** The links as they are with some cables out: a bond is up as long as one member is. */
export function linksNow({ hardware: { links } }: DemoServer, down: readonly string[]): Link[] {
  if (down.length === 0) return links;
  const dead = { carrier: false, operState: "down", speedMbps: null, duplex: null } as const;
  const alive = (name: string) => links.some((link) => link.master === name && link.carrier && !down.includes(link.name));
  const bondGone = !alive("bond0");
  return links.map((link) => {
    const above = link.type === "bond" || link.parent === "bond0" || link.type === "bridge";
    return down.includes(link.name) || (above && bondGone) ? { ...link, ...dead } : link;
  });
}

/** Another one after each restart. */
export const bootIdOf = ({ name }: Pick<DemoServer, "name">, bootedAt: number): string => uuid(`${name} boot ${bootedAt}`);

function systemFiles({ name, hardware }: DemoServer, state: MachineState, now: number): string[] {
  const { os, cpu, machineId } = hardware;
  const uptime = Math.max(0, now - state.bootedAt);
  return [
    `/proc/sys/kernel/hostname:${name}`,
    `/proc/sys/kernel/random/boot_id:${bootIdOf({ name }, state.bootedAt)}`,
    `/proc/uptime:${uptime.toFixed(2)} ${(uptime * cpu.threads * 0.7).toFixed(2)}`,
    `/etc/machine-id:${machineId}`,
    `/etc/os-release:PRETTY_NAME="${os.name}"`,
    `/etc/os-release:VERSION_ID="${os.version}"`,
    `/etc/os-release:ID=${os.id}`,
    `/sys/devices/system/cpu/online:0-${cpu.threads - 1}`,
  ];
}

/** Hyper-threads as Linux numbers them: CPU n and CPU n + cores share a core. */
function cpuSections({ model, sockets, cores, threads, flags }: Inventory["cpu"]): [string, string[]][] {
  const amd = model?.startsWith("AMD") ?? false;
  return [
    ["siblings", Array.from({ length: cores }, (_, core) => `${core},${core + cores}`).toSorted()],
    ["packages", Array.from({ length: sockets }, (_, socket) => String(socket))],
    [
      "cpuinfo",
      [
        "processor\t: 0",
        `vendor_id\t: ${amd ? "AuthenticAMD" : "GenuineIntel"}`,
        `model name\t: ${model}`,
        "physical id\t: 0",
        `siblings\t: ${threads / sockets}`,
        "core id\t\t: 0",
        `cpu cores\t: ${cores / sockets}`,
        `flags\t\t: ${flags.join(" ")}`,
        "",
      ],
    ],
    ["processors", [String(threads)]],
  ];
}

const dmiLines = ({ uuid: id, serial, vendor, product }: Inventory["system"]): string[] => {
  const at = "/sys/class/dmi/id";
  return [`${at}/product_uuid:${id}`, `${at}/product_serial:${serial}`, `${at}/sys_vendor:${vendor}`, `${at}/product_name:${product}`];
};

/** A stopped libvirt daemon leaves the tool and its version, and nothing that it would have told. */
function hypervisorSections(vms: readonly Vm[], state: MachineState): [string, string[]][] {
  const running = hypervisorRuns(state);
  return [
    ["virsh", [LIBVIRT_VERSION]],
    ["libvirt", running ? versionLines() : [""]],
    ["vms", running ? vmLines(vms) : []],
    ["qemu", qemuLines()],
  ];
}

const serviceLines = (service: Inventory["services"][number]): string[] => [
  `Id=${service.name}`,
  "LoadState=loaded",
  `ActiveState=${service.state}`,
  `SubState=${service.subState}`,
  `CPUUsageNSec=${service.cpuSeconds === null ? "[not set]" : Math.round(service.cpuSeconds * 1e9)}`,
  `MemoryCurrent=${service.memoryBytes ?? "[not set]"}`,
  `NRestarts=${service.restarts}`,
  `ControlGroup=/system.slice/${service.name}`,
  "",
];

/** What `df` and the table of mounts say. */
export function partitionLines(partitions: Inventory["partitions"]): string[] {
  const device = (index: number) => `/dev/md${index}`;
  const kib = (bytes: number) => Math.floor(bytes / 1024);
  return [
    ...partitions.map(({ filesystem, mount }, index) => `mount ${filesystem} ${mount} ${device(index)}`),
    "Filesystem     1024-blocks      Used Available Capacity Mounted on",
    ...partitions.map(({ sizeBytes, usedBytes, availableBytes, mount }, index) => {
      const percent = Math.ceil((usedBytes * 100) / (usedBytes + availableBytes));
      return `${device(index)} ${kib(sizeBytes)} ${kib(usedBytes)} ${kib(availableBytes)} ${percent}% ${mount}`;
    }),
  ];
}
