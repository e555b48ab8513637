/** Planned maintenance: its pages, its dialogs and what the event log says of it. */
import type { Phase } from "../domain/maintenance-plan";
import { refuse } from "../outcome";
import { counted } from "./counted";

const unreached = refuse("unreached", "Regent did not answer.", {
  hint: "It is safe to press again: the same request is never done twice.",
});

export const PLAN = {
  title: "Maintenance",
  help: "Takes nodes out of service in a window of time, one after the other: each is drained, restarted if you want, and brought back. The checks are made again before each, and the first one that stands against it stops the plan.",
  plan: "Plan maintenance",
  none: "No maintenance planned",
  noneHelp: "Plan one for a single node, or for a row of nodes that take turns.",
  groups: { now: "In maintenance now", open: "Planned and running", past: "Past" },
  nonePast: "None yet",
  columns: { name: "Name", state: "State", window: "Window", nodes: "Nodes", by: "By" },
  nowColumns: { node: "Node", status: "Status", since: "Since", reason: "Reason", by: "By" },
  nodeColumns: { position: "#", node: "Node", status: "Status now", state: "In this plan", took: "Time taken" },
  nodesOf: (done: number, all: number): string => `${done} of ${all} done`,
  noEnd: "no end",
  unreached,
} as const;

export const PLAN_DIALOG = {
  title: "Plan maintenance",
  submit: "Plan",
  name: "Name",
  nameHelp: "What is done, up to 60 characters. It stands in the events of each node.",
  nodes: "Nodes, in their order",
  addNode: "Add a node",
  noNodes: "Choose at least one node.",
  from: "From",
  to: "To",
  fromHelp: "Empty: as soon as it is planned.",
  toHelp: "Empty: no end. After it no further node is begun; one that is out is brought to its end.",
  noMoment: "Write both the day and the time, or leave it empty.",
  zone: (zone: string): string => `Times are in ${zone}.`,
  reboot: "Restart each node",
  rebootHelp: "After its VMs have left. Regent waits until the machine answers with a new boot.",
  activate: "Activate each node again",
  activateHelp: "It is inspected before it returns to service. Off: it stays In maintenance, and the next one is begun all the same.",
  bringBack: "Bring its VMs back",
  bringBackHelp: "Before the next node is begun.",
  reason: "Reason",
  reasonHelp: "Optional. Shown beside the status of each node and kept in the event log.",
  up: (name: string): string => `Move ${name} up`,
  down: (name: string): string => `Move ${name} down`,
  remove: (name: string): string => `Take ${name} off the plan`,
  checking: "Checking",
  possible: "Could be taken out now",
  notNow: "Not now:",
  addHelp: "By name, IP, MAC address or tag.",
  found: "Nodes found",
  notFound: "No node that has joined matches.",
  add: (name: string): string => `Add ${name}`,
  takeOff: (name: string): string => `${name} can not be planned for; take it off.`,
  window: "Window",
  unknown: "Could not be checked now",
  couldNow: (possible: number, all: number): string => `${possible} of ${all} could be taken out now. It is checked again before each.`,
  made: (name: string): string => `“${name}” is planned.`,
} as const;

export const PLAN_PAGE = {
  cancel: "Cancel plan",
  cancelTitle: (name: string): string => `Cancel “${name}”?`,
  cancelHelp: "No further node is begun. A node that is out stays as it is; what runs on it runs on.",
  cancelOut: (node: string, word: string): string => `${node} is out (${word.toLowerCase()}) and stays as it is.`,
  keep: "Keep it",
  goOn: "Go on",
  goOnTitle: (name: string): string => `Go on with “${name}”?`,
  goOnHelp: (node: string | null): string =>
    node
      ? `${node} is tried again, from where it stands now, then the nodes after it.`
      : "The nodes that are left are begun, one after the other.",
  newEnd: "New end",
  newEndHelp: "The window is over. Empty: no end.",
  skip: "Skip this node and go on",
  skipTitle: (node: string): string => `Skip ${node}?`,
  skipHelp: (node: string): string => `${node} stays as it is. The plan goes on with the next node.`,
  doneWith: "What is done with each node",
  window: "Window",
  by: "In the name of",
  reason: "Reason",
  begun: "Begun",
  ended: "Ended",
  nodes: "Nodes",
  steps: "Steps",
  again: "It is asked again for a minute.",
  ofNode: (label: string): string => `${label} maintenance:`,
  cancelled: "The plan is cancelled.",
  continued: "The plan goes on.",
} as const;

/** "Drain, restart, activate, bring VMs back". */
export function taskWords({ reboot, activate, bringBack }: { reboot: boolean; activate: boolean; bringBack: boolean }): string {
  const words = [
    "Drain",
    ...(reboot ? ["restart"] : []),
    ...(activate ? ["inspect", "activate"] : reboot ? ["inspect", "leave In maintenance"] : ["leave In maintenance"]),
    ...(bringBack ? ["bring VMs back"] : []),
  ];
  return words.join(", ");
}

const LEFT: Record<Phase, string> = {
  draining: "The drain runs on; then it stays In maintenance.",
  rebooting: "The restart runs on; then it stays In maintenance.",
  inspecting: "The inspection runs on; it stays In maintenance.",
  activating: "The activation runs on.",
};

export const PLAN_REFUSALS = {
  gone: refuse("plan-gone", "There is no such plan."),
  over: (label: string) => refuse("plan-over", `This plan is over: ${label.toLowerCase()}.`),
  keyReused: refuse("key-reused", "The key of this request belongs to another request.", { hint: "Send it again with a key of its own." }),
  notStopped: refuse("not-stopped", "The plan has not stopped."),
  elsewhere: (node: string, plan: string) =>
    refuse("planned-already", `${node} is in the plan “${plan}” already.`, {
      hint: "A node is in one plan at a time. Cancel that one, or leave the node out.",
    }),
  notIn: (node: string) =>
    refuse("not-in-maintenance", `${node} is no longer In maintenance; it is not restarted.`, {
      hint: "Skip it, or let the plan begin it anew.",
    }),
  nothingToSkip: refuse("nothing-to-skip", "The plan did not stop at a node."),
  cancelledBefore: (who: string) => refuse("cancelled", `${who} cancelled the plan before its turn came.`),
  cancelledOut: (who: string, phase: Phase) => refuse("cancelled", `${who} cancelled the plan while it was out. ${LEFT[phase]}`),
  lostRole: (who: string) =>
    refuse("forbidden", `${who}, in whose name it runs, may not take nodes out any more.`, {
      hint: "Whoever selects Go on becomes the one in whose name it runs.",
    }),
  otherMaintenance: (node: string) =>
    refuse("other-maintenance", `${node} is in a maintenance that this plan did not begin.`, {
      hint: "Wait until it is over, or skip the node.",
    }),
  operationGone: refuse("operation-gone", "The operation of this step is not there any more.", { hint: "Go on to try it again." }),
} as const;

/** What the event log says. */
export const PLAN_EVENTS = {
  made: (who: string, name: string, count: number): string => `${who} planned “${name}” for ${counted(count, "node")}.`,
  began: (name: string): string => `The plan “${name}” began.`,
  stopped: (name: string, why: string): string => `The plan “${name}” stopped: ${why}`,
  stoppedAt: (name: string, node: string, why: string): string => `The plan “${name}” stopped at ${node}: ${why}`,
  continued: (who: string, name: string): string => `${who} let the plan “${name}” go on.`,
  skipped: (who: string, name: string, node: string): string => `${who} skipped ${node} and let the plan “${name}” go on.`,
  ended: (name: string, done: number, all: number): string => `The plan “${name}” ended: ${done} of ${counted(all, "node")} done.`,
  cancelled: (who: string, name: string): string => `${who} cancelled the plan “${name}”.`,
  restart: (who: string, node: string): string => `${who} asked for a restart of ${node}.`,
} as const;

/** Beside the status of a node that a plan has taken out. */
export const reasonOf = ({ name, reason }: { name: string; reason: string }): string =>
  (reason ? `${name}: ${reason}` : name).slice(0, 500);
