/** Taking a node out of service and bringing it back; the words of the mission for it stand in ./mission.ts. */
import { formatBytes } from "../domain/units";
import { counted, NUMBER } from "./counted";

/** As many names as a sentence bears. */
const NAMED = 12;
const named = (names: string[]): string[] =>
  names.length > NAMED + 1 ? [...names.slice(0, NAMED), `${NUMBER.format(names.length - NAMED)} more`] : names;

const AND = new Intl.ListFormat("en-GB");

export const CHECK_WORDS = { pass: "Pass", warn: "Note", fail: "Blocked" } as const;

export const MAINTENANCE = {
  started: (name: string) => `${name} is entering maintenance.`,
  entered: (name: string) => `${name} is In maintenance.`,
  stands: "The maintenance could not be finished",
  checks: "Pre-flight checks",
  checked: (age: string) => `checked ${age}`,
  seen: (age: string) => `VMs seen ${age}`,
  unchecked: "Regent does not answer. What stands here is old.",
  tooOld: "the checks are too old to go by",
  checking: "the checks are being made",
  unavailable: (reason: string) => `OK is unavailable: ${reason}`,
  available: "Nothing stands in the way: OK is available.",
  plan: "Migration plan",
  targets: "Target nodes",
  columns: { target: "Target node", vms: "VMs", moved: "Memory moved", load: "VM memory before and after" },
  load: (before: string, after: string) => `${before} before, ${after} after`,
  nothingMoves: "No VM has to move.",
  noPlan: "There is no plan while the VMs of this node are not known.",
  show: (count: number) => `Show the ${counted(count, "VM")} and where each goes`,
  vmColumns: { vm: "VM", memory: "Memory", target: "Target" },
  copied: "copied with its disks",
  noTarget: "No target",
  off: (count: number, names: readonly string[]) =>
    `${counted(count, "VM")} shut off, ${count === 1 ? "stays" : "stay"} defined on this node: ${AND.format(names)}.`,
  /** The mission's practice: enough spare memory that any single node can be taken out. */
  headroom: (bytes: number, name: string) =>
    bytes >= 0
      ? `Losing one more node would leave ${formatBytes(bytes)} free.`
      : `Losing one more node (${name}) would leave ${formatBytes(-bytes)} too little.`,
  reason: "Reason",
  reasonHelp: "Optional. Shown beside the status and kept in the event log.",
  force: "Force Maintenance…",
} as const;

export const FORCE = {
  /** Of everything that runs; null: nobody can see it. */
  stops: (count: number | null) =>
    count === null
      ? "Regent can not see which VMs run on this node. Whatever runs there will stop."
      : count === 0
        ? "No VM runs on this node."
        : `${counted(count, "VM")} on this node will stop:`,
  reason: "Reason",
  reasonHelp: "Kept in the event log. At least 10 characters.",
  name: (name: string) => `Type ${name} to confirm`,
  timer: "Safety timer",
  left: (seconds: number) => `${seconds} s`,
  completed: "Completed",
  announce: (seconds: number) => (seconds > 0 ? `Safety timer: ${seconds} seconds left.` : "The safety timer is complete."),
  waits: (seconds: number) => `The safety timer runs for ${seconds} s more.`,
  arming: "The safety timer has not started.",
  needsReason: "A reason of at least 10 characters is missing.",
  needsName: "The name is not typed as it stands.",
  expired: "This confirmation expired. Start again.",
  changed: (name: string) => `${name} changed while you looked at it. Start again.`,
  again: "Start again",
  confirmFor: (time: string) => `It can be confirmed for ${time}.`,
  done: (name: string) => `${name} is In maintenance. Review on its page what was skipped.`,
  failed: "Force Maintenance did not end well",
} as const;

/** Forms of "VM 7 of 12, 88 of 214 GiB moved, about 3 min left". */
export const DRAIN = {
  title: "Entering maintenance",
  at: (number: number, count: number) => `VM ${NUMBER.format(number)} of ${NUMBER.format(count)}`,
  none: "No VM has to move",
  movedOf: (moved: number, count: number) => `${NUMBER.format(moved)} of ${counted(count, "VM")} moved`,
  bytes: (moved: number, total: number) => `${formatBytes(moved)} of ${formatBytes(total)} moved`,
  left: (time: string) => `about ${time} left`,
  couldNot: (count: number) => `${counted(count, "VM")} could not move`,
  asked: (who: string) => `asked for by ${who}`,
  deadline: { ask: "Stops and waits for an administrator", rollback: "Is rolled back" },
  unless: "unless it is done before",
  stands: "The drain stands and waits for an administrator",
  standing: "Continue tries again what is left. Cancel leaves the VMs where they are, and the node in service as it was.",
  extended: "The drain has 15 minutes more.",
  lines: "VMs of this node",
  to: "to",
  insteadOf: (planned: string) => `planned: ${planned}`,
  progress: (percent: string, moved: string) => `${percent}, ${moved}`,
  tried: (tries: number, of: number) => `try ${tries} of ${of}`,
} as const;

export const STAY = {
  title: "Maintenance",
  forced: "Forced into maintenance",
  outcome: (moved: number, count: number, asPlanned: number, took: string) =>
    `${NUMBER.format(moved)} of ${counted(count, "VM")} moved in ${took}, ${asPlanned === moved ? "all" : NUMBER.format(asPlanned)} as planned.`,
  nothing: "No VM had to move.",
  show: "Show where each VM went",
  skipped: "What was skipped, and how to repair it",
  away: (count: number) => `${counted(count, "VM")} that Regent moved away ${count === 1 ? "is" : "are"} elsewhere`,
  elsewhere: (vms: readonly { name: string; targetName: string | null }[]) =>
    `${AND.format(named(vms.map(({ name, targetName }) => (targetName ? `${name} on ${targetName}` : name))))}.`,
  lost: (count: number) => `${counted(count, "VM")} of this node ${count === 1 ? "was" : "were"} stopped`,
  lookingBack: "Regent is still looking where each VM is.",
} as const;

export const CANCEL = {
  title: (name: string) => `Cancel the maintenance of ${name}`,
  submit: "Cancel maintenance",
  keep: "Keep maintenance",
  back: (status: string) => `No further VM is moved, and migrations under way are stopped. The node is ${status} again at once.`,
  moved: (count: number) =>
    count
      ? `${counted(count, "VM")} that ${count === 1 ? "has" : "have"} moved already ${count === 1 ? "stays" : "stay"} where ${count === 1 ? "it is" : "they are"}, and can be moved back from the node's page.`
      : "No VM has moved yet.",
  progress: (name: string) => `The maintenance of ${name} is being cancelled.`,
  done: (name: string) => `The maintenance of ${name} is cancelled.`,
} as const;

export const CONTINUE = {
  title: (name: string) => `Continue the maintenance of ${name}`,
  submit: "Continue",
  what: "Regent looks again at what runs on the node, makes the checks and the plan anew, and moves what is left. It has a new deadline.",
  left: (count: number) => `${counted(count, "VM")} ${count === 1 ? "is" : "are"} left to move.`,
} as const;

export const MOVE_BACK = {
  title: (name: string) => `Move VMs back to ${name}`,
  submit: "Move VMs back",
  what: (count: number) =>
    `${counted(count, "VM")} ${count === 1 ? "is" : "are"} moved back live, as ${count === 1 ? "it was" : "they were"} moved away. One that can not be moved stays where it is.`,
  none: "No VM that Regent moved away from this node is still elsewhere.",
  progress: (name: string) => `VMs are moving back to ${name}.`,
  done: (name: string) => `The VMs are back on ${name}.`,
  failed: "VMs could not be moved back",
} as const;

export const ACTIVATE = {
  title: (name: string) => `Activate ${name}`,
  submit: "Activate",
  what: "Regent logs in and inspects the hardware again. Where it no longer meets the requirements, the node stays In maintenance and says why.",
  way: {
    fenced: "It then goes through Unfencing to Active, because it was Fenced before.",
    usual: "It then goes through Activating to Active.",
  },
  back: (count: number) =>
    count === 1 ? "Bring back the VM that Regent moved away" : `Bring back the ${counted(count, "VM")} that Regent moved away`,
  backHelp: "One that can not be moved stays where it is. It can also be done later, from the node's page.",
  stopped: "VMs that were stopped are not started by this.",
  progress: (name: string) => `${name} is being activated.`,
  done: (name: string) => `${name} is Active.`,
  failed: "Failed to activate the node",
} as const;

export const REMOVE = {
  final: "Out is final: the node leaves the cluster for good. Its record and history stay; the same machine added again is a new node.",
  what: "Regent first looks that no VM runs and that the data pools are healthy, then takes its key and its trust off the machine.",
  unknown: "The health of data pools is not known",
  reading: "What the last look at the machine found is being read.",
  found: "Found",
  healthy: "No VM runs on it, and its data pools are healthy.",
  refused: "The last try did not succeed",
  check: "Check again",
  lost: "The machine is lost: close the record only",
  lostHelp: "Nothing is contacted. Regent's key stays on the machine, wherever it is.",
  name: (name: string) => `Type ${name} to confirm`,
  reason: "Reason",
  reasonHelp: "Kept in the event log. At least 10 characters.",
  needsName: "The name is not typed as it stands.",
  needsReason: "A reason of at least 10 characters is missing.",
  progress: (name: string) => `${name} is being removed.`,
  done: (name: string) => `${name} is Out.`,
  failed: "Failed to remove the node",
} as const;
