/** What the word `vms` of the scripts prints: virtual machines as libvirt describes them, and what their disks lie on. */
import type { Vm } from "@/lib/domain/inventory";
import { BadAnswer, bytesOfKib, cosmetic, identity, integer } from "@/lib/machines/parse-text";

const MAX_COUNT = 65_536;
const MAX_VMS = 4096;
const MAX_SLOTS = 64;
const MAX_CARDS = 64;
const ANSWERED = "answered";

/** File systems that more than one host can have open; `df` calls them so. */
const SHARED_FILESYSTEM =
  /^(nfs4?|cifs|smb[23]?|smbfs|ceph|gfs2?|ocfs2|lustre|gpfs|glusterfs|beegfs|afs|moosefs|vxfs|quobyte|fuse\.(glusterfs|ceph|ceph-fuse|mfs|moosefs|quobyte|s3ql|sshfs|virtuozzo|vstorage|juicefs)|acfs|panfs|pvfs2|orangefs|wekafs|virtiofs)$/;
/** Pools of libvirt that stand for a server and not for something of this host. */
const SHARED_POOL = new Set(["rbd", "iscsi", "iscsi-direct", "gluster", "netfs", "sheepdog", "vstorage"]);
/** Block devices that come over a wire from somewhere else, as `lsblk` names the transport, or the device. */
const SHARED_DEVICE = /(^|,)(iscsi|fc|fcoe|rbd\d|drbd\d|nbd\d)/;

type Found = { vm: Vm; disks: Storage[] };
/** What one disk of a VM lies on: known at once, or to be looked up when all lines are read. */
type Storage = "shared" | "local" | { file: string } | { pool: string };
type Places = { files: Map<string, string>; devices: Map<string, string>; pools: Map<string, { type: string; path: string }> };

/** null when no hypervisor answered. Facts that libvirt does not tell are null, a VM's name is cleaned, its UUID must be whole. */
export function parseVms(lines: readonly string[]): Vm[] | null {
  if (lines.at(-1) !== ANSWERED) return null;
  const reading = new Reading();
  for (const line of lines) reading.take(line);
  const whole = reading.found.filter(({ vm }) => vm.uuid !== "");
  return whole.map(({ vm, disks }) => ({ ...vm, name: vm.name || vm.uuid, storage: storageOf(disks, reading.places) }));
}

class Reading {
  readonly found: Found[] = [];
  readonly places: Places = { files: new Map(), devices: new Map(), pools: new Map() };
  private state = "";
  private inCpu = false;
  private device: { kind: string; type: string; ignored: boolean; storage: Storage | null; inSource: boolean } | null = null;
  private pool = { type: "", name: "" };

  take(line: string): void {
    if (line.startsWith("  ")) return this.indented(line);
    const place = /^(fs|dev) +(\S+) +(\/.*)$/.exec(line);
    const pool = /^<pool type='([a-z-]{1,32})'/.exec(line);
    if (place?.[2] && place[3]) (place[1] === "fs" ? this.places.files : this.places.devices).set(place[3], place[2]);
    else if (pool?.[1]) this.pool = { type: pool[1], name: "" };
    else if (line.startsWith("<domain ")) this.begin();
    else if (/^[a-z][a-z ]{0,31}$/.test(line)) this.state = line;
  }

  /** The state stands right before the description; what a machine's owner wrote can not stand there. */
  private begin(): void {
    if (this.found.length >= MAX_VMS) throw new BadAnswer(`it names more than ${MAX_VMS} VMs`);
    const vm = { uuid: "", name: "", state: this.state || "unknown", vcpus: 0, memoryBytes: 0, passthrough: [], storage: null };
    this.found.push({ vm: { ...vm, networks: [], cpu: null }, disks: [] });
    this.state = "";
    this.pool = { type: "", name: "" };
    this.device = null;
  }

  private indented(line: string): void {
    if (this.pool.type) return this.ofPool(line);
    const last = this.found.at(-1);
    if (!last) return;
    if (line.startsWith("    ")) return this.nested(line, last);
    const { vm } = last;
    const [, tag = "", attributes = "", text = ""] = /^ {2}<(name|uuid|memory|vcpu|cpu)([^>]*)>([^<]*)/.exec(line) ?? [];
    this.inCpu = tag === "cpu";
    if (tag === "uuid") vm.uuid = identity(text, 64, "a VM's UUID");
    if (tag === "name") vm.name = cosmetic(plain(text), 128) ?? "";
    if (tag === "memory") vm.memoryBytes = /unit='KiB'/.test(attributes) ? (bytesOfKib(text) ?? 0) : 0;
    if (tag === "vcpu") vm.vcpus = integer(attribute(attributes, "current") ?? text, MAX_COUNT) ?? 0;
    if (tag === "cpu") vm.cpu = cosmetic(attribute(attributes, "mode"), 64);
  }

  private ofPool(line: string): void {
    const [, tag, text = ""] = /^ +<(name|path)>([^<]*)</.exec(line) ?? [];
    if (tag === "name") this.pool.name = plain(text);
    const { type, name } = this.pool;
    if (name && this.places.pools.size < MAX_VMS)
      this.places.pools.set(name, { type, path: tag === "path" ? plain(text) : (this.places.pools.get(name)?.path ?? "") });
  }

  private nested(line: string, { vm, disks }: Found): void {
    const model = this.inCpu ? /^ {4}<model[^>]*>([^<]+)</.exec(line)?.[1] : undefined;
    if (model && (vm.cpu === null || vm.cpu === "custom")) vm.cpu = cosmetic(model, 64);
    const opened = /^ {4}<(disk|interface|hostdev) /.exec(line)?.[1];
    if (opened) {
      const ignored = opened === "disk" && /\bdevice='cdrom'/.test(line);
      this.device = { kind: opened, type: attribute(line, "type") ?? "", ignored, storage: null, inSource: false };
      this.inCpu = false;
    } else if (this.device && /^ {4}<\//.test(line)) {
      if (this.device.storage && !this.device.ignored) disks.push(this.device.storage);
      this.device = null;
    } else if (this.device) this.part(line, this.device, vm);
  }

  private part(line: string, device: NonNullable<Reading["device"]>, vm: Vm): void {
    if (/^ {6}<readonly/.test(line)) device.ignored = true;
    if (/^ {6}<\/source>/.test(line)) device.inSource = false;
    if (/^ {6}<source\b/.test(line)) {
      device.inSource = !line.endsWith("/>");
      if (device.kind === "disk") device.storage = storage(device.type, line);
      if (device.kind === "interface" && device.type !== "hostdev" && vm.networks.length < MAX_CARDS)
        vm.networks.push(cosmetic(`${device.type} ${plain(networkName(line))}`, 80) ?? device.type);
    }
    const slot = device.inSource && device.kind !== "disk" ? slotOf(line) : null;
    if (slot && vm.passthrough.length < MAX_SLOTS) vm.passthrough.push(slot);
  }
}

const networkName = (line: string): string =>
  attribute(line, "network") ?? attribute(line, "bridge") ?? attribute(line, "dev") ?? attribute(line, "path") ?? "";

/** The host's side of a passed-through PCI function; the guest's side has an address of its own beside it. */
function slotOf(line: string): string | null {
  const at = /^ {8}<address\b[^>]{0,64} domain='0x([0-9a-f]{4,8})' bus='0x([0-9a-f]{2})' slot='0x([0-9a-f]{2})' function='0x([0-7])'/.exec(
    line,
  );
  return at && `${at[1]}:${at[2]}:${at[3]}.${at[4]}`;
}

/** A disk without a medium has no source, and comes never here. */
function storage(type: string, line: string): Storage {
  if (type === "network") return "shared";
  if (type === "volume") return { pool: plain(attribute(line, "pool") ?? "") };
  const path = attribute(line, "file") ?? attribute(line, "dev");
  return path === null ? "local" : { file: plain(path) };
}

/** Local as soon as one disk is; not known when nothing is local, and of one disk nothing is known. */
function storageOf(disks: readonly Storage[], places: Places): Vm["storage"] {
  const each = disks.map((disk) =>
    typeof disk === "string" ? disk : "file" in disk ? ofFile(disk.file, places) : ofPool(disk.pool, places),
  );
  if (each.includes("local")) return "local";
  if (each.includes(null)) return null;
  return each.length > 0 ? "shared" : "none";
}

function ofFile(path: string, { files, devices }: Places): "shared" | "local" | null {
  if (path.startsWith("/dev/")) return SHARED_DEVICE.test(devices.get(path) ?? "") ? "shared" : "local";
  const filesystem = files.get(path);
  return filesystem === undefined ? null : SHARED_FILESYSTEM.test(filesystem) ? "shared" : "local";
}

function ofPool(name: string, places: Places): "shared" | "local" | null {
  const pool = places.pools.get(name);
  if (!pool) return null;
  return SHARED_POOL.has(pool.type) ? "shared" : ofFile(pool.path, places);
}

const attribute = (line: string, name: string): string | null => new RegExp(` ${name}='([^']{0,1024})'`).exec(line)?.[1] ?? null;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const plain = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? "");
