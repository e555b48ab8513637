/**
 * Whether a node can be drained now, check by check, and where each of its virtual machines would go. The dialog shows it, the
 * transaction that begins the maintenance decides by it, and the worker asks it again before it moves anything.
 */
import { refuse, type Refusal } from "../outcome";
import { refusal, type NodeFacts, type RefusalContext } from "./lifecycle";
import type { Inventory, Vm } from "./inventory";
import { deviceAt } from "./pci";
import { holdsMemory, passthroughSentence, place, type Placement, type PlacementNode, type Processor } from "./placement";
import { formatBytes } from "./units";

export type PreflightCheck = {
  id: "others" | "workload" | "passthrough" | "memory" | "suited" | "together" | "quorum" | "pools" | "idle";
  label: string;
  state: "pass" | "fail" | "warn";
  detail: string;
  /** What to do about it. */
  remedy?: string;
  /** The one sentence of a refusal, where the detail says more than belongs into it. */
  reason?: string;
};

/** Another node on its way out, and what its plan still has to move. */
export type Draining = { name: string; bytes: number };

export type PreflightFacts = {
  node: NodeFacts & { id: string };
  context: RefusalContext;
  /** As they were last seen on the node; null: nobody could see them, or not since it was fenced. */
  vms: readonly Vm[] | null;
  /** Whether the node answers: what can not be reached can not be drained. */
  answers: boolean;
  /** A fence that was confirmed proves that nothing ran on it then; what runs since must not move, for it may run elsewhere. */
  fenced: boolean;
  processor: Processor;
  /** Its devices, to name those that its VMs hold; none while it was not inspected. */
  pci: Inventory["pci"];
  /** Active nodes with a hypervisor, but this one. */
  targets: readonly PlacementNode[];
  draining: readonly Draining[];
  /** Unhealthy data pools of this node, each a name with what is wrong. */
  degradedPools: readonly string[];
  reserveShare: number;
  /** How long a place is searched where the first guess finds none; as usual without it. */
  searchSteps?: number;
};

export type Preflight = {
  checks: readonly PreflightCheck[];
  placement: Placement;
  /** Why it can not begin, or null. */ refusal: Refusal | null;
};

export function preflight(facts: PreflightFacts): Preflight {
  const { vms, fenced } = facts;
  const placement = place(vms ?? [], facts.processor, facts.targets, { reserveShare: facts.reserveShare, searchSteps: facts.searchSteps });
  const table = refusal("maintenance", facts.node, facts.context);
  const checks = [
    others(facts),
    workload(facts, placement),
    ...[passthroughs(facts, placement), memory(facts, placement), suited(placement)].map((check) =>
      vms || fenced ? check : unknown(check),
    ),
    together(facts, placement),
    lifecycleCheck("quorum", "Control nodes keep their majority", "quorum", table),
    lifecycleCheck("idle", "No other operation on this node", "busy", table),
    pools(facts),
  ];
  return { checks, placement, refusal: table ?? blocked(checks) };
}

/** The first failed check as a refusal, with the words that the check shows. */
function blocked(checks: readonly PreflightCheck[]): Refusal | null {
  const failed = checks.find(({ state }) => state === "fail");
  return failed ? refuse(`preflight-${failed.id}`, failed.reason ?? failed.detail, failed.remedy ? { hint: failed.remedy } : {}) : null;
}

const pass = (id: PreflightCheck["id"], label: string, detail: string): PreflightCheck => ({ id, label, state: "pass", detail });

/** Of machines that nobody can see nothing is said, good or bad. */
const unknown = ({ id, label }: PreflightCheck): PreflightCheck => ({
  id,
  label,
  state: "warn",
  detail: "Not known, because its VMs are not.",
});

function others({ node, context: { region } }: PreflightFacts): PreflightCheck {
  const label = "Cluster has more than one node";
  const left = region.activeCount - (node.status === "Active" ? 1 : 0);
  const detail = `${region.activeCount} active ${region.activeCount === 1 ? "node" : "nodes"}; ${left} ${left === 1 ? "remains" : "remain"}.`;
  const state = region.joinedCount > 1 && left > 0 ? "pass" : "fail";
  return { id: "others", label, state, detail, ...(state === "fail" ? { remedy: "Activate or join another node first." } : {}) };
}

/** What was there when a node was cut off may run elsewhere by now, and must not run twice. */
export const oldVmsRefusal = (name: string, running: readonly Pick<Vm, "name">[]): Refusal | null =>
  running.length
    ? refuse("old-vms", `${name} still runs ${running.map((vm) => vm.name).join(", ")}.`, {
        hint: "Shut them down: they may run elsewhere by now.",
      })
    : null;

/** Nobody may say "drained" of machines that nobody can see. */
function workload({ node, vms, answers, fenced }: PreflightFacts, { moves, stuck, stopped }: Placement): PreflightCheck {
  const label = "The VMs of this node are known";
  const old = fenced ? oldVmsRefusal(node.name, vms?.filter(holdsMemory) ?? []) : null;
  if (old) return { id: "workload", label, state: "fail", detail: old.reason, ...(old.hint ? { remedy: old.hint } : {}) };
  if (fenced && (!vms || !answers)) return pass("workload", label, `${node.name} is fenced with evidence: nothing runs on it.`);
  if (!answers) {
    const seen = vms?.filter(holdsMemory).length;
    const last = seen === undefined ? "Its VMs are not known." : `Last seen with ${seen} running ${seen === 1 ? "VM" : "VMs"}.`;
    return {
      id: "workload",
      label,
      state: "fail",
      detail: `${node.name} does not answer. ${last}`,
      remedy: "Fencing must be confirmed first, or use Force Maintenance.",
    };
  }
  if (!vms) return { id: "workload", label, state: "fail", detail: `The hypervisor of ${node.name} does not answer.`, remedy: "Start libvirt on the node, or use Force Maintenance." }; // prettier-ignore
  const running = moves.length + stuck.length;
  const off = stopped.length ? ` ${stopped.length} shut off ${stopped.length === 1 ? "stays" : "stay"} defined on it.` : "";
  return pass("workload", label, running ? `${running} ${running === 1 ? "VM runs" : "VMs run"} on it.${off}` : `No VM runs on it.${off}`);
}

function passthroughs({ pci }: PreflightFacts, { stuck }: Placement): PreflightCheck {
  const label = "No active VMs with GPU passthrough";
  const found = stuck.filter(({ code }) => code === "passthrough").map(({ vm }) => vm);
  if (!found.length) return pass("passthrough", label, "None is running.");
  const devices = found.map(({ name, passthrough }) => `${name}: ${passthrough.map((slot) => deviceAt(slot, pci)).join(", ")}`).join("; ");
  const one = found.length === 1;
  return {
    id: "passthrough",
    label,
    state: "fail",
    detail: `${found.length} ${one ? "VM holds a device" : "VMs hold devices"} of this node. ${devices}.`,
    remedy: "Shut down affected GPU VMs before retrying.",
    reason: passthroughSentence(found),
  };
}

function memory({ targets }: PreflightFacts, { moves, stuck, freeBytes }: Placement): PreflightCheck {
  const label = "Remaining nodes have enough memory";
  const short = stuck.filter(({ code }) => code === "memory" || code === "no-target");
  const need = [...moves, ...short].reduce((sum, { vm }) => sum + vm.memoryBytes, 0);
  const free = `${formatBytes(need)} to move; ${formatBytes(freeBytes)} free on ${targets.length} ${targets.length === 1 ? "node" : "nodes"}`;
  const [first] = short;
  if (!first) return pass("memory", label, need ? `${free}; every VM has a target.` : "Nothing has to move.");
  const more = short.length > 1 ? ` So do ${short.length - 1} more.` : "";
  return {
    id: "memory",
    label,
    state: "fail",
    detail: `${first.reason}${more} ${free}.`,
    remedy: "Shut down or migrate VMs to free cluster memory.",
    reason: first.reason,
  };
}

function suited({ stuck }: Placement): PreflightCheck {
  const label = "Every VM can run on another node";
  const reasons = stuck.filter(({ code }) => code === "network" || code === "cpu").map(({ reason }) => reason);
  return reasons.length
    ? { id: "suited", label, state: "fail", detail: reasons.join(" "), remedy: "Shut them down, or activate a node that suits them." }
    : pass("suited", label, "Networks and processors suit.");
}

/** What other plans have promised is taken off the targets already; here it is said. */
function together({ draining }: PreflightFacts, { stuck }: Placement): PreflightCheck {
  const label = "No other node is entering maintenance";
  if (!draining.length) return pass("together", label, "None is.");
  const names = draining.map(({ name }) => name).join(", ");
  const missing = stuck.filter(({ code }) => code === "memory").reduce((sum, { vm }) => sum + vm.memoryBytes, 0);
  const is = draining.length === 1 ? "is" : "are";
  return missing
    ? { id: "together", label, state: "fail", detail: `${names} ${is} already entering maintenance; together they would leave ${formatBytes(missing)} short.`, remedy: "Wait until it has ended." } // prettier-ignore
    : { id: "together", label, state: "warn", detail: `${names} ${is}; the memory promised to ${draining.length === 1 ? "its" : "their"} VMs is taken off the plan.` }; // prettier-ignore
}

/** A condition of the lifecycle's own table, shown as a check. */
function lifecycleCheck(id: "quorum" | "idle", label: string, code: string, refused: Refusal | null): PreflightCheck {
  if (refused?.code !== code) return pass(id, label, id === "idle" ? "None runs." : "It does not depend on this node.");
  return { id, label, state: "fail", detail: refused.reason, ...(refused.hint ? { remedy: refused.hint } : {}) };
}

function pools({ degradedPools }: PreflightFacts): PreflightCheck {
  const label = "No degraded data pools";
  return degradedPools.length
    ? { id: "pools", label, state: "warn", detail: `${degradedPools.join(", ")}. Servicing this node now may cost the last good copy.` }
    : pass("pools", label, "None is known.");
}
