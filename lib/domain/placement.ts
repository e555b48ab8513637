/**
 * Where the virtual machines of a node go when it is taken out: a concrete target for each, or the reason why there is none.
 * The same facts give the same plan, so that what is shown is what runs.
 */
import type { Inventory, Vm } from "./inventory";
import { compareNames, formatBytes } from "./units";

export type Processor = Pick<Inventory["cpu"], "model" | "flags"> & { architecture: string };

/** An Active node with a hypervisor, as a place for more virtual machines. Memory in bytes. */
export type PlacementNode = {
  id: string;
  name: string;
  memoryBytes: number;
  /** Given to the virtual machines that hold memory there. */
  usedBytes: number;
  /** Promised to those that other plans send there and that have not arrived. */
  promisedBytes: number;
  cpu: Processor;
  /** "bridge br0" for each bridge it has; null where they are not known. */
  networks: readonly string[] | null;
};

export type Move = { vm: Vm; targetId: string; targetName: string; copyDisks: boolean };

export type StuckCode = "passthrough" | "network" | "cpu" | "memory" | "no-target";
/** A virtual machine that can not leave, and why: a sentence. */
export type Stuck = { vm: Vm; code: StuckCode; reason: string };

/** What a target holds before and after, bytes given to virtual machines, promises included. */
export type TargetLoad = {
  id: string;
  name: string;
  vms: number;
  movedBytes: number;
  beforeBytes: number;
  afterBytes: number;
  memoryBytes: number;
};

export type Placement = {
  moves: readonly Move[];
  stuck: readonly Stuck[];
  /** Shut off: they hold no memory and stay defined where they are. */
  stopped: readonly Vm[];
  /** Only those that get something, by name. */
  targets: readonly TargetLoad[];
  /** Free on all targets together before anything moves, the reserve kept, bytes. */
  freeBytes: number;
};

const HOLDS_NONE = ["shut off", "crashed"];
export const holdsMemory = ({ state }: Pick<Vm, "state">): boolean => !HOLDS_NONE.includes(state);

/**
 * How many arrangements are tried when the first is no good, and how many places are looked at for them: bounds the work, and still finds
 * all but contrived packings. The region waits meanwhile.
 */
const SEARCH_STEPS = 20_000;
const SEARCH_LOOKS = 1_000_000;

/**
 * Largest first, each into the node where it leaves the least room (best-fit decreasing), keeping `reserveShare` (0 to 1) of every
 * target's memory free. Where that leaves one without a place, up to `searchSteps` other arrangements are searched: a bad guess must not
 * refuse a maintenance that fits.
 */
export function place(
  vms: readonly Vm[],
  source: Processor,
  nodes: readonly PlacementNode[],
  { reserveShare, searchSteps = SEARCH_STEPS }: { reserveShare: number; searchSteps?: number | undefined },
): Placement {
  const targets = [...nodes].sort((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1));
  const room = new Map(targets.map((node) => [node.id, roomOn(node, reserveShare)]));
  const freeBytes = [...room.values()].reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
  const stuck: Stuck[] = [];
  const movable: { vm: Vm; fits: readonly PlacementNode[] }[] = [];
  const suits = suitedTo(source, targets);
  for (const vm of bySize(vms.filter(holdsMemory))) {
    const fits = suits(vm);
    const why = fixed(vm, source, targets, fits);
    if (why) stuck.push(why);
    else movable.push({ vm, fits });
  }
  const placed = bestFit(movable, room) ?? search(movable, room, searchSteps) ?? bestFit(movable, room, stuck) ?? [];
  const moves = placed.map(({ vm, node }): Move => ({ vm, targetId: node.id, targetName: node.name, copyDisks: vm.storage === "local" }));
  return { moves, stuck, stopped: vms.filter((vm) => !holdsMemory(vm)), targets: loads(targets, moves), freeBytes };
}

/** Left for virtual machines on a target, bytes; negative when its reserve is used already. */
export const roomOn = ({ memoryBytes, usedBytes, promisedBytes }: PlacementNode, reserveShare: number): number =>
  Math.floor(memoryBytes * (1 - reserveShare)) - usedBytes - promisedBytes;

const bySize = (vms: readonly Vm[]): Vm[] => [...vms].sort((a, b) => b.memoryBytes - a.memoryBytes || (a.uuid < b.uuid ? -1 : 1));

/** The places that suit a machine, whatever room there is. Most need the same, so that is asked once. */
function suitedTo(source: Processor, targets: readonly PlacementNode[]): (vm: Vm) => readonly PlacementNode[] {
  const known = new Map<string, readonly PlacementNode[]>();
  return (vm) => {
    const needs = JSON.stringify([vm.cpu, vm.networks]);
    const fits = known.get(needs) ?? targets.filter((node) => !unsuited(vm, source, node));
    known.set(needs, fits);
    return fits;
  };
}

type Unsuited = "network" | "cpu";

/** Why this machine could not run there, whatever room there is. */
function unsuited(vm: Vm, source: Processor, node: PlacementNode): Unsuited | null {
  if (node.networks && missingNetworks(vm, node.networks).length) return "network";
  return cpuFits(vm, source, node.cpu) ? null : "cpu";
}

/** Only bridges are known of a node; libvirt's own networks are checked by libvirt. */
const missingNetworks = (vm: Vm, networks: readonly string[]): string[] =>
  vm.networks.filter((network) => network.startsWith("bridge ") && !networks.includes(network));

/** A guest sees the features of the processor it was started on; the one it goes to must have them, or be the very same model. */
function cpuFits({ cpu }: Vm, source: Processor, target: Processor): boolean {
  if (source.architecture !== target.architecture) return false;
  if (cpu === "host-passthrough") return source.model === target.model;
  if (cpu !== "host-model") return true; // A named model: libvirt refuses it where it is not available.
  return hasFlagsOf(source, target);
}

/** Asked for every machine and target, of which there are few kinds. */
const compared = new WeakMap<Processor, WeakMap<Processor, boolean>>();

function hasFlagsOf(source: Processor, target: Processor): boolean {
  const known = compared.get(source) ?? new WeakMap<Processor, boolean>();
  compared.set(source, known);
  const had = known.get(target);
  if (had !== undefined) return had;
  const flags = new Set(target.flags);
  const has = source.flags.every((flag) => flags.has(flag) || !GUEST_FLAGS.test(flag));
  known.set(target, has);
  return has;
}

/** Features that a guest may have begun to use; the rest of /proc/cpuinfo is the kernel's own book-keeping. */
const GUEST_FLAGS =
  /^(sse|ssse|avx|aes|vaes|pclmulqdq|vpclmulqdq|fma|bmi|f16c|movbe|popcnt|sha_ni|gfni|rdrand|rdseed|adx|erms|fsrm|xsave|amx|sve|asimd)/;

function fixed(vm: Vm, source: Processor, targets: readonly PlacementNode[], fits: readonly PlacementNode[]): Stuck | null {
  if (vm.passthrough.length)
    return { vm, code: "passthrough", reason: `${vm.name} uses ${vm.passthrough.join(", ")} of this node and can not move while it runs.` };
  if (!targets.length) return { vm, code: "no-target", reason: `${vm.name} has no place to go: no other Active node runs a hypervisor.` };
  if (fits.length) return null;
  const causes = new Set(targets.map((node) => unsuited(vm, source, node)));
  if (!causes.has("cpu")) {
    const lacking = missingNetworks(vm, targets[0]?.networks ?? []);
    return {
      vm,
      code: "network",
      reason: `${vm.name} needs ${lacking.join(", ") || vm.networks.join(", ")}, which no other Active node has.`,
    };
  }
  return {
    vm,
    code: "cpu",
    reason: `${vm.name} runs on a processor (${source.model ?? source.architecture}) that no other suitable Active node can stand in for.`,
  };
}

type Movable = { vm: Vm; fits: readonly PlacementNode[] };
type Placed = { vm: Vm; node: PlacementNode };

/** Null when one finds no room, unless `stuck` takes those. */
function bestFit(movable: readonly Movable[], room: ReadonlyMap<string, number>, stuck?: Stuck[]): Placed[] | null {
  const left = new Map(room);
  const placed: Placed[] = [];
  for (const { vm, fits } of movable) {
    let best: PlacementNode | undefined;
    for (const node of fits) {
      const after = (left.get(node.id) ?? 0) - vm.memoryBytes;
      if (after >= 0 && (!best || after < (left.get(best.id) ?? 0) - vm.memoryBytes)) best = node;
    }
    if (best) {
      left.set(best.id, (left.get(best.id) ?? 0) - vm.memoryBytes);
      placed.push({ vm, node: best });
    } else if (stuck) stuck.push(tooBig(vm, fits, left));
    else return null;
  }
  return placed;
}

function tooBig(vm: Vm, fits: readonly PlacementNode[], left: ReadonlyMap<string, number>): Stuck {
  const free = (node: PlacementNode): number => Math.max(0, left.get(node.id) ?? 0);
  const widest = fits.reduce((best, node) => (free(node) > free(best) ? node : best));
  const reason = `${vm.name} needs ${formatBytes(vm.memoryBytes)}; the largest free space on another node is ${formatBytes(free(widest))} (${widest.name}).`;
  return { vm, code: "memory", reason };
}

/** Depth first over all arrangements, tightest place first, up to a bound. Null: none was found. */
function search(movable: readonly Movable[], room: ReadonlyMap<string, number>, most: number): Placed[] | null {
  const need = movable.reduce((sum, { vm }) => sum + vm.memoryBytes, 0);
  const free = [...room.values()].reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
  if (need > free) return null;
  const left = new Map(room);
  // Where every place suits every machine, two places of the same room are the same try.
  const alike = movable.every(({ fits }) => fits.length === room.size);
  let [steps, looks] = [0, 0];
  const from = (index: number): Placed[] | null => {
    const next = movable[index];
    if (!next) return [];
    const tried = new Set<number>();
    if ((looks += next.fits.length) > SEARCH_LOOKS) return null;
    const order = next.fits
      .map((node) => ({ node, space: left.get(node.id) ?? 0 }))
      .filter(({ space }) => space >= next.vm.memoryBytes)
      .sort((a, b) => a.space - b.space);
    for (const { node, space } of order) {
      if (alike && tried.has(space)) continue;
      tried.add(space);
      if ((steps += 1) > most) return null;
      left.set(node.id, space - next.vm.memoryBytes);
      const rest = from(index + 1);
      left.set(node.id, space);
      if (rest) return [{ vm: next.vm, node }, ...rest];
    }
    return null;
  };
  return from(0);
}

function loads(nodes: readonly PlacementNode[], moves: readonly Move[]): TargetLoad[] {
  return nodes.flatMap(({ id, name, memoryBytes, usedBytes, promisedBytes }) => {
    const here = moves.filter((move) => move.targetId === id);
    if (!here.length) return [];
    const movedBytes = here.reduce((sum, { vm }) => sum + vm.memoryBytes, 0);
    const beforeBytes = usedBytes + promisedBytes;
    return [{ id, name, vms: here.length, movedBytes, beforeBytes, afterBytes: beforeBytes + movedBytes, memoryBytes }];
  });
}

/** "2 VMs with GPU passthrough are running: ml-train-3, render-12. Shut them down first." */
export function passthroughSentence(vms: readonly Pick<Vm, "name">[]): string {
  const [one, names] = [vms.length === 1, vms.map(({ name }) => name).join(", ")];
  return `${vms.length} ${one ? "VM" : "VMs"} with GPU passthrough ${one ? "is" : "are"} running: ${names}. Shut ${one ? "it" : "them"} down first.`;
}
