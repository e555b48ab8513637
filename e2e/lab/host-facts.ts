/** What a host of the lab says of itself, asked with tools of its own as root and without SSH, in the words of the inventory. */
import { z } from "zod";
import type { Inventory } from "../../lib/domain/inventory";
import { at } from "./lab";

const cells = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
const ask = async (host: number, command: string): Promise<string> => (await at(host, command)).trim();

const blockDevices = z.object({
  blockdevices: z.array(
    z.object({ name: z.string(), type: z.string(), size: z.number(), model: z.string().nullable(), serial: z.string().nullable() }),
  ),
});
const ipLinks = z.array(
  z.object({
    ifname: z.string(),
    flags: z.array(z.string()),
    mtu: z.number(),
    operstate: z.string(),
    address: z.string(),
    master: z.string().optional(),
    linkinfo: z.object({ info_kind: z.string() }).optional(),
    addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number() })),
  }),
);

/** The part of the inventory that other tools than the probe's can tell as exactly. */
export async function hostFacts(host: number): Promise<Record<string, unknown>> {
  return {
    hostname: await ask(host, "uname -n"),
    machineId: await ask(host, "cat /etc/machine-id"),
    bootId: await ask(host, "cat /proc/sys/kernel/random/boot_id"),
    os: await system(host),
    cpu: await processors(host),
    memory: { totalBytes: Number(await ask(host, "free -b | awk '/^Mem:/ { print $2 }'")) },
    disks: await disks(host),
    links: await links(host),
    pci: (await ask(host, "ls /sys/bus/pci/devices")).split("\n"),
    hypervisor: await hypervisor(host),
    vms: await machines(host),
    root: Number(cells(await at(host, "df -B1 --output=size / | tail -n 1"))[0]?.[0]),
  };
}

/** The same part of an inventory. */
export function toldFacts(inventory: Inventory): Record<string, unknown> {
  const { hostname, machineId, bootId, os, cpu, memory, hypervisor, vms, partitions, pci } = inventory;
  return {
    hostname,
    machineId,
    bootId,
    os: { id: os.id, name: os.name, version: os.version, kernel: os.kernel, architecture: os.architecture },
    cpu: { model: cpu.model, sockets: cpu.sockets, cores: cpu.cores, threads: cpu.threads, flags: cpu.flags.toSorted() },
    memory,
    disks: inventory.disks.map(({ name, sizeBytes, model, serial }) => ({ name, sizeBytes, model, serial })),
    links: byName(
      inventory.links.map((link) => ({
        name: link.name,
        address: link.address,
        mtu: link.mtu,
        adminUp: link.adminUp,
        operState: link.operState.toUpperCase(),
        master: link.master,
        kind: link.driver,
        carrier: link.carrier,
        addresses: byText(link.addresses),
        ...(link.type === "ethernet" ? { speedMbps: link.speedMbps, duplex: link.duplex } : {}),
      })),
    ),
    pci: pci.map(({ slot }) => slot).toSorted(),
    hypervisor: hypervisor.libvirt === null ? null : { libvirt: hypervisor.libvirt, qemu: hypervisor.qemu, running: hypervisor.running },
    vms: vms.map(({ uuid, name, state, vcpus, memoryBytes }) => ({ uuid, name, state, vcpus, memoryBytes })),
    root: partitions.find(({ mount }) => mount === "/")?.sizeBytes,
  };
}

const byName = <T extends { name: string }>(list: T[]): T[] => list.toSorted((a, b) => a.name.localeCompare(b.name));
const byText = (addresses: readonly { address: string; prefix: number }[]): string[] =>
  addresses.map(({ address, prefix }) => `${address}/${prefix}`).toSorted();

async function system(host: number) {
  const [id = "", name = "", version = ""] = (
    await ask(host, '. /etc/os-release; printf "%s\\n" "$ID" "$PRETTY_NAME" "$VERSION_ID"')
  ).split("\n");
  return { id, name, version, kernel: await ask(host, "uname -r"), architecture: await ask(host, "uname -m") };
}

async function processors(host: number) {
  const rows = (await ask(host, "lscpu -p=CPU,CORE,SOCKET"))
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.split(","));
  const distinct = (column: number): number => new Set(rows.map((row) => row[column])).size;
  const named = new Map(
    (await ask(host, "lscpu")).split("\n").map((line) => [line.split(":", 1)[0]?.trim(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return {
    model: named.get("Model name"),
    sockets: distinct(2),
    cores: distinct(1),
    threads: distinct(0),
    flags: named.get("Flags")?.trim().split(/\s+/).toSorted(),
  };
}

async function disks(host: number) {
  const { blockdevices } = blockDevices.parse(JSON.parse(await at(host, "lsblk -b -d -J -o NAME,TYPE,SIZE,MODEL,SERIAL")));
  const real = blockdevices.filter(({ type, size, name }) => type === "disk" && size > 0 && !/^(zram|nbd)/.test(name));
  // Without udev, as in the lab, lsblk knows no serial number; the kernel does.
  const serialOf = async (name: string) =>
    (await ask(host, `cat /sys/block/${name}/serial /sys/block/${name}/device/serial 2>/dev/null || true`)) || null;
  return Promise.all(
    real.map(async ({ name, size, model, serial }) => ({ name, sizeBytes: size, model, serial: serial ?? (await serialOf(name)) })),
  );
}

async function links(host: number) {
  const found = ipLinks.parse(JSON.parse(await at(host, "ip -d -j address")));
  const facts = found.map(async ({ ifname, flags, mtu, operstate, address, master = null, linkinfo, addr_info }) => {
    const kind = linkinfo?.info_kind ?? null;
    const nic = kind === "veth" ? await cable(host, ifname) : {};
    const addresses = byText(addr_info.map(({ local, prefixlen }) => ({ address: local, prefix: prefixlen })));
    return {
      name: ifname,
      address: /^(00:)+00$/.test(address) ? null : address,
      mtu,
      adminUp: flags.includes("UP"),
      operState: operstate,
      master,
      kind,
      carrier: flags.includes("LOWER_UP"),
      addresses,
      ...nic,
    };
  });
  return byName(await Promise.all(facts));
}

/** As ethtool has it: "Speed: 10000Mb/s", "Duplex: Full". */
async function cable(host: number, link: string) {
  const said = await at(host, `ethtool ${link}`);
  return { speedMbps: Number(/Speed: (\d+)Mb\/s/.exec(said)?.[1]), duplex: /Duplex: (\w+)/.exec(said)?.[1]?.toLowerCase() };
}

async function hypervisor(host: number) {
  const said = await at(host, "command -v virsh >/dev/null && virsh -q -c qemu:///system version || true");
  const libvirt = /Using library: libvirt (\S+)/.exec(said)?.[1];
  return libvirt === undefined ? null : { libvirt, qemu: /Running hypervisor: QEMU (\S+)/.exec(said)?.[1], running: true };
}

async function machines(host: number) {
  const uuids = await ask(host, "command -v virsh >/dev/null && virsh -q -c qemu:///system list --all --uuid || true");
  const known = uuids
    .split("\n")
    .filter(Boolean)
    .map(async (uuid) => {
      const said = await at(host, `virsh -q -c qemu:///system dominfo ${uuid}`);
      const read = (key: string): string => new RegExp(`^${key}: +(.*)$`, "m").exec(said)?.[1] ?? "";
      const memoryBytes = Number(read("Max memory").split(" ")[0]) * 1024;
      return { uuid, name: read("Name"), state: read("State"), vcpus: Number(read("CPU\\(s\\)")), memoryBytes };
    });
  return Promise.all(known);
}
