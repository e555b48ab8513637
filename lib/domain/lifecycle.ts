/**
 * The lifecycle of a node: every legal change of status, every command of an administrator, and the answer to "why not".
 * Menu, server, worker, database and documentation all read these two tables.
 */
import { refuse, type Refusal } from "../outcome";
import { shortfalls } from "./adequacy";
import {
  adequate,
  anotherActive,
  bmcSet,
  controlQuorum,
  controlRemains,
  freshlyInspected,
  hostKeyDiffers,
  hostKeyUnchanged,
  idle,
  inspected,
  linksReady,
  moreThanOneNode,
  notBeingFenced,
  roleValid,
  silent,
  SINGLE_NODE,
  type Guard,
  type NodeFacts,
  type RefusalContext,
} from "./guards";
import { permissionRefusal, permits, type Permission, type UserRole } from "./permissions";
import { FENCEABLE } from "./fencing";
import type { RegionSettings } from "./settings";
import { NODE_STATUS_IDS, NODE_STATUSES, type NodeStatus } from "./status";

export { regionFacts, type NodeFacts, type RefusalContext, type RegionFacts } from "./guards";

/** What decides between two rows of one trigger. */
export type TransitionFacts = {
  adequate?: boolean;
  /** The status before maintenance was asked for. */
  cameFrom?: NodeStatus;
  drainDeadline?: RegionSettings["drainDeadline"];
};

type TransitionRow = {
  id: string;
  /** null: there is no record yet. */
  from: NodeStatus | null;
  trigger: string;
  by: "administrator" | "system" | "deadline";
  /** null: the record is deleted. */
  to: NodeStatus | null;
  /** Why the row is there. */
  basis: string;
  when?: { adequate?: boolean; cameFrom?: readonly NodeStatus[]; drainDeadline?: "rollback" };
};

// One row a line: this is the table people read.
// prettier-ignore
export const TRANSITIONS = [
  { id: "T01", from: null, trigger: "addCandidate", by: "administrator", to: "Candidate", when: { adequate: true }, basis: "An added server whose hardware is adequate." },
  { id: "T02", from: null, trigger: "addCandidate", by: "administrator", to: "Inadequate", when: { adequate: false }, basis: "An added server below a requirement." },
  { id: "T03", from: null, trigger: "discovered", by: "system", to: "Candidate", basis: "A server that announced itself." },
  { id: "T04", from: "Candidate", trigger: "modifyCandidate", by: "administrator", to: "Candidate", basis: "New credentials or converged MACs." },
  { id: "T05", from: "Candidate", trigger: "inspectedInadequate", by: "system", to: "Inadequate", basis: "An inspection found too little." },
  { id: "T06", from: "Inadequate", trigger: "inspectedAdequate", by: "system", to: "Candidate", basis: "The hardware or the requirements changed." },
  { id: "T07", from: "Inadequate", trigger: "modifyCandidate", by: "administrator", to: "Inadequate", basis: "New credentials or converged MACs." },
  { id: "T08", from: "Candidate", trigger: "accept", by: "administrator", to: "Approved", basis: "Joins with the Node Type chosen at Add." },
  { id: "T09", from: "Candidate", trigger: "join", by: "administrator", to: "Approved", basis: "Joins after a review of links and Node Type." },
  { id: "T10", from: "Candidate", trigger: "reject", by: "administrator", to: "Rejected", basis: "Declined; the record stays." },
  { id: "T11", from: "Rejected", trigger: "reconsider", by: "administrator", to: "Candidate", basis: "A rejection is not for ever." },
  { id: "T12", from: "Candidate", trigger: "deleteCandidate", by: "administrator", to: null, basis: "The record goes; the server is not touched." },
  { id: "T13", from: "Inadequate", trigger: "deleteCandidate", by: "administrator", to: null, basis: "The record goes; the server is not touched." },
  { id: "T14", from: "Rejected", trigger: "deleteCandidate", by: "administrator", to: null, basis: "The record goes; the server is not touched." },
  { id: "T15", from: "Approved", trigger: "provisioningBegan", by: "system", to: "Starting", basis: "The node is being prepared." },
  { id: "T16", from: "Starting", trigger: "servicesInitialised", by: "system", to: "Activating", basis: "Its services run." },
  { id: "T17", from: "Activating", trigger: "healthChecksPassed", by: "system", to: "Active", basis: "Every check passed." },
  { id: "T18", from: "Approved", trigger: "error", by: "system", to: "Failed", basis: "The join failed." },
  { id: "T18t", from: "Approved", trigger: "deadline", by: "deadline", to: "Failed", basis: "The join took too long." },
  { id: "T19", from: "Starting", trigger: "error", by: "system", to: "Failed", basis: "The join failed." },
  { id: "T19t", from: "Starting", trigger: "deadline", by: "deadline", to: "Failed", basis: "The join took too long." },
  { id: "T20", from: "Activating", trigger: "error", by: "system", to: "Failed", basis: "The activation failed." },
  { id: "T20t", from: "Activating", trigger: "deadline", by: "deadline", to: "Failed", basis: "The activation took too long." },
  { id: "T21", from: "Active", trigger: "healthError", by: "system", to: "Failed", basis: "The node stopped functioning correctly." },
  { id: "T22", from: "Active", trigger: "fenceConfirmed", by: "system", to: "Fenced", basis: "Isolated, with evidence." },
  { id: "T23", from: "Failed", trigger: "fenceConfirmed", by: "system", to: "Fenced", basis: "Isolated, with evidence." },
  { id: "T24", from: "EnteringMaintenance", trigger: "fenceConfirmed", by: "system", to: "Fenced", basis: "Lost while it was being drained." },
  { id: "T25", from: "Fenced", trigger: "recovered", by: "system", to: "Unfencing", basis: "Answers steadily, and runs nothing old." },
  { id: "T26", from: "Unfencing", trigger: "healthChecksPassed", by: "system", to: "Active", basis: "Every check passed." },
  { id: "T27", from: "Unfencing", trigger: "fenceConfirmed", by: "system", to: "Fenced", basis: "Lost again." },
  { id: "T28", from: "Unfencing", trigger: "error", by: "system", to: "Failed", basis: "A check failed." },
  { id: "T28t", from: "Unfencing", trigger: "deadline", by: "deadline", to: "Failed", basis: "The checks took too long." },
  { id: "T29", from: "Active", trigger: "maintenance", by: "administrator", to: "EnteringMaintenance", basis: "Workloads move away first." },
  { id: "T30", from: "Failed", trigger: "maintenance", by: "administrator", to: "EnteringMaintenance", basis: "To be repaired." },
  { id: "T31", from: "Fenced", trigger: "maintenance", by: "administrator", to: "EnteringMaintenance", basis: "To be investigated." },
  { id: "T32", from: "EnteringMaintenance", trigger: "drained", by: "system", to: "InMaintenance", basis: "No workload is left, as seen on the node." },
  { id: "T33", from: "EnteringMaintenance", trigger: "cancelMaintenance", by: "administrator", to: "Active", when: { cameFrom: ["Active"] }, basis: "Back to where it came from." },
  { id: "T34", from: "EnteringMaintenance", trigger: "cancelMaintenance", by: "administrator", to: "Failed", when: { cameFrom: ["Failed"] }, basis: "Back to where it came from." },
  { id: "T35", from: "EnteringMaintenance", trigger: "cancelMaintenance", by: "administrator", to: "Fenced", when: { cameFrom: ["Fenced"] }, basis: "Back to where it came from." },
  { id: "T36t", from: "EnteringMaintenance", trigger: "deadline", by: "deadline", to: "Active", when: { cameFrom: ["Active"], drainDeadline: "rollback" }, basis: "The drain took too long; the region rolls back." },
  { id: "T37t", from: "EnteringMaintenance", trigger: "deadline", by: "deadline", to: "Failed", when: { cameFrom: ["Failed"], drainDeadline: "rollback" }, basis: "The drain took too long; the region rolls back." },
  { id: "T38t", from: "EnteringMaintenance", trigger: "deadline", by: "deadline", to: "Fenced", when: { cameFrom: ["Fenced"], drainDeadline: "rollback" }, basis: "The drain took too long; the region rolls back." },
  { id: "T39", from: "Active", trigger: "forceMaintenance", by: "administrator", to: "InMaintenance", basis: "The last resort: workloads stop." },
  { id: "T40", from: "Failed", trigger: "forceMaintenance", by: "administrator", to: "InMaintenance", basis: "The last resort: workloads stop." },
  { id: "T41", from: "Fenced", trigger: "forceMaintenance", by: "administrator", to: "InMaintenance", basis: "The last resort: workloads stop." },
  { id: "T42", from: "EnteringMaintenance", trigger: "forceMaintenance", by: "administrator", to: "InMaintenance", basis: "A drain that does not end is when force is needed." },
  { id: "T43", from: "InMaintenance", trigger: "activate", by: "administrator", to: "Activating", when: { cameFrom: ["Active", "Failed"] }, basis: "Back to service." },
  { id: "T44", from: "InMaintenance", trigger: "activate", by: "administrator", to: "Unfencing", when: { cameFrom: ["Fenced"] }, basis: "Back to service after a fencing." },
  { id: "T45", from: "InMaintenance", trigger: "remove", by: "administrator", to: "Out", basis: "For good; the record and its history stay." },
] as const satisfies readonly TransitionRow[];

type AnyTransition = (typeof TRANSITIONS)[number];
export type TransitionId = AnyTransition["id"];
export type Trigger = AnyTransition["trigger"];
export type Transition = Omit<TransitionRow, "id" | "trigger"> & { id: TransitionId; trigger: Trigger };

const ROWS: readonly Transition[] = TRANSITIONS;

const holds = (when: TransitionRow["when"], facts: TransitionFacts): boolean =>
  (when?.adequate === undefined || when.adequate === facts.adequate) &&
  (when?.cameFrom === undefined || (facts.cameFrom !== undefined && when.cameFrom.includes(facts.cameFrom))) &&
  (when?.drainDeadline === undefined || when.drainDeadline === facts.drainDeadline);

/**
 * The one change of status that `trigger` makes from `status` (null: no record yet), or null when it makes none.
 * A row that depends on a fact is not found while the fact is missing.
 */
export const transition = (status: NodeStatus | null, trigger: Trigger, facts: TransitionFacts = {}): Transition | null =>
  ROWS.find((row) => row.from === status && row.trigger === trigger && holds(row.when, facts)) ?? null;

/** How a candidate begins. */
export const creation = (isAdequate: boolean): { id: TransitionId; to: NodeStatus } =>
  isAdequate ? { id: "T01", to: "Candidate" } : { id: "T02", to: "Inadequate" };

/** Every pair of statuses that a node may go between, with the rows that allow it. Rows that stay in place are none. */
export function edges(): { from: NodeStatus | null; to: NodeStatus | null; ids: TransitionId[] }[] {
  const pairs = new Map<string, { from: NodeStatus | null; to: NodeStatus | null; ids: TransitionId[] }>();
  for (const { id, from, to } of ROWS) {
    if (from === to) continue;
    const pair = pairs.get(`${from}>${to}`);
    if (pair) pair.ids.push(id);
    else pairs.set(`${from}>${to}`, { from, to, ids: [id] });
  }
  return [...pairs.values()];
}

const MINUTE_MS = 60_000;

/** How long a node may stay in this status, ms; null where it may stay for ever. `vmCount`: guests to move away. */
export function deadlineFor(status: NodeStatus, { deadlines }: Pick<RegionSettings, "deadlines">, vmCount = 0): number | null {
  const minutes: Partial<Record<NodeStatus, number>> = {
    Approved: deadlines.approvedMinutes,
    Starting: deadlines.startingMinutes,
    Activating: deadlines.activatingMinutes,
    Unfencing: deadlines.unfencingMinutes,
    EnteringMaintenance: deadlines.enteringMaintenanceMinutes + deadlines.enteringMaintenanceMinutesPerVm * vmCount,
  };
  const limit = minutes[status];
  return limit === undefined ? null : limit * MINUTE_MS;
}

type CommandRow = {
  label: string;
  permission: Permission;
  /** Where the console offers it; dialog: inside the Node Maintenance dialog. */
  place: "toolbar" | "menu" | "detail" | "dialog";
  allowed: readonly NodeStatus[];
  transitions: readonly TransitionId[];
  /** Refused when the node changed since the administrator looked. */
  needsFreshView: boolean;
  statusRefusal: (node: NodeFacts, context: RefusalContext) => Refusal;
  /** In the order in which their refusals are worth reading. */
  guards: readonly Guard[];
};

const labelOf = (status: NodeStatus): string => NODE_STATUSES[status].label;
const wrongStatus = (reason: string, hint?: string): Refusal => refuse("status", reason, hint ? { hint } : {});

/** For Inadequate the failed requirement is the answer, so it goes into the hint. */
const needsCandidate = ({ status, verdict }: NodeFacts): Refusal => {
  const failed = status === "Inadequate" && verdict ? shortfalls(verdict) : [];
  const hint = failed.length ? `${failed.join("; ")}.` : NODE_STATUSES[status].nextSteps[0];
  return wrongStatus(`Candidate actions need status Candidate; this node is ${labelOf(status)}.`, hint);
};

/** A joined node of a single-node cluster is not sent to another status first, only to be refused again there. */
const needsTwoNodes =
  (reason: string) =>
  ({ status }: NodeFacts, { region }: RefusalContext): Refusal =>
    NODE_STATUSES[status].joined && region.joinedCount <= 1 ? refuse("single-node", SINGLE_NODE) : wrongStatus(reason);

export const MAINTENANCE_NEEDS = "Maintenance requires Active, Failed, or Fenced status and more than one node.";
export const REMOVE_NEEDS = "Remove requires In maintenance status and more than one node.";

const needsStatus = (reason: string) => (): Refusal => wrongStatus(reason);
const notOut = ({ status }: NodeFacts): Refusal =>
  wrongStatus(`This node is ${labelOf(status)}.`, "Its record and its history stay as they are.");
const ALL_BUT_OUT = NODE_STATUS_IDS.filter((status) => status !== "Out");
const JOINED = NODE_STATUS_IDS.filter((status) => NODE_STATUSES[status].joined);

/** Every command on a node. Adding a candidate, which has no node yet, is `addRefusal`. */
export const COMMANDS = {
  modify: {
    label: "Modify Candidate",
    permission: "node.modify",
    place: "toolbar",
    allowed: ["Candidate", "Inadequate"],
    transitions: ["T04", "T07"],
    needsFreshView: true,
    statusRefusal: needsCandidate,
    guards: [idle, hostKeyUnchanged],
  },
  join: {
    label: "Join",
    permission: "node.join",
    place: "toolbar",
    allowed: ["Candidate"],
    transitions: ["T09"],
    needsFreshView: true,
    statusRefusal: needsCandidate,
    guards: [idle, hostKeyUnchanged, inspected, adequate, freshlyInspected, linksReady, roleValid],
  },
  accept: {
    label: "Accept",
    permission: "node.accept",
    place: "toolbar",
    allowed: ["Candidate"],
    transitions: ["T08"],
    needsFreshView: true,
    statusRefusal: needsCandidate,
    guards: [idle, hostKeyUnchanged, inspected, adequate, freshlyInspected, roleValid],
  },
  reject: {
    label: "Reject",
    permission: "node.reject",
    place: "menu",
    allowed: ["Candidate"],
    transitions: ["T10"],
    needsFreshView: true,
    statusRefusal: needsCandidate,
    guards: [idle],
  },
  delete: {
    label: "Delete Candidate",
    permission: "node.delete",
    place: "toolbar",
    allowed: ["Candidate", "Inadequate", "Rejected"],
    transitions: ["T12", "T13", "T14"],
    needsFreshView: true,
    statusRefusal: needsCandidate,
    guards: [idle],
  },
  maintenance: {
    label: "Maintenance",
    permission: "node.maintenance",
    place: "menu",
    allowed: ["Active", "Failed", "Fenced"],
    transitions: ["T29", "T30", "T31"],
    needsFreshView: true,
    statusRefusal: needsTwoNodes(MAINTENANCE_NEEDS),
    guards: [moreThanOneNode, anotherActive, controlQuorum, idle],
  },
  forceMaintenance: {
    label: "Force Maintenance",
    permission: "node.force",
    place: "dialog",
    allowed: ["Active", "Failed", "Fenced", "EnteringMaintenance"],
    transitions: ["T39", "T40", "T41", "T42"],
    needsFreshView: true,
    statusRefusal: needsTwoNodes(MAINTENANCE_NEEDS),
    // Not idle: a drain that hangs is exactly what it is for.
    guards: [moreThanOneNode],
  },
  cancelMaintenance: {
    label: "Cancel maintenance",
    permission: "node.maintenance",
    place: "menu",
    allowed: ["EnteringMaintenance"],
    transitions: ["T33", "T34", "T35"],
    needsFreshView: true,
    statusRefusal: needsStatus("Cancel maintenance needs status Entering maintenance."),
    // Not idle: what it ends is the drain itself.
    guards: [notBeingFenced],
  },
  continueMaintenance: {
    label: "Continue maintenance",
    permission: "node.maintenance",
    place: "menu",
    allowed: ["EnteringMaintenance"],
    transitions: [],
    needsFreshView: true,
    statusRefusal: needsStatus("Continue maintenance needs status Entering maintenance."),
    guards: [hostKeyUnchanged, idle],
  },
  extendMaintenance: {
    label: "Extend deadline",
    permission: "node.maintenance",
    place: "detail",
    allowed: ["EnteringMaintenance"],
    transitions: [],
    needsFreshView: false,
    statusRefusal: needsStatus("Extend deadline needs status Entering maintenance."),
    guards: [],
  },
  moveBack: {
    label: "Move VMs back",
    permission: "node.maintenance",
    place: "detail",
    allowed: ["Active"],
    transitions: [],
    needsFreshView: false,
    statusRefusal: needsStatus("Move VMs back needs status Active."),
    guards: [hostKeyUnchanged, idle],
  },
  activate: {
    label: "Activate",
    permission: "node.activate",
    place: "menu",
    allowed: ["InMaintenance"],
    transitions: ["T43", "T44"],
    needsFreshView: true,
    statusRefusal: needsStatus("Activate needs status In maintenance."),
    guards: [idle, hostKeyUnchanged],
  },
  planMaintenance: {
    label: "Plan maintenance",
    permission: "maintenance.plan",
    place: "menu",
    allowed: ["Active", "Failed", "Fenced"],
    transitions: [],
    needsFreshView: false,
    statusRefusal: needsTwoNodes(MAINTENANCE_NEEDS),
    // Not what maintenance asks for now: that is asked when its turn comes.
    guards: [moreThanOneNode],
  },
  remove: {
    label: "Remove",
    permission: "node.remove",
    place: "menu",
    allowed: ["InMaintenance"],
    transitions: ["T45"],
    needsFreshView: true,
    statusRefusal: needsTwoNodes(REMOVE_NEEDS),
    guards: [moreThanOneNode, controlRemains, idle],
  },
  reconsider: {
    label: "Reconsider",
    permission: "node.reconsider",
    place: "menu",
    allowed: ["Rejected"],
    transitions: ["T11"],
    needsFreshView: true,
    statusRefusal: needsStatus("Reconsider needs status Rejected."),
    guards: [idle],
  },
  rename: {
    label: "Rename",
    permission: "node.rename",
    place: "menu",
    allowed: ALL_BUT_OUT,
    transitions: [],
    needsFreshView: true,
    statusRefusal: notOut,
    guards: [],
  },
  configure: {
    label: "Configure",
    permission: "node.configure",
    place: "menu",
    allowed: ALL_BUT_OUT,
    transitions: [],
    needsFreshView: false,
    statusRefusal: notOut,
    guards: [],
  },
  createAlarm: {
    label: "Create Alarm",
    permission: "alarm.manage",
    place: "menu",
    allowed: JOINED,
    transitions: [],
    needsFreshView: false,
    statusRefusal: needsStatus("Alarms need a node that has joined the cluster."),
    guards: [],
  },
  tags: {
    label: "Add tag",
    permission: "node.tag",
    place: "detail",
    allowed: ALL_BUT_OUT,
    transitions: [],
    needsFreshView: false,
    statusRefusal: notOut,
    guards: [],
  },
  reinspect: {
    label: "Re-inspect",
    permission: "node.inspect",
    place: "menu",
    allowed: ["Candidate", "Inadequate", "Active", "Failed", "InMaintenance"],
    transitions: ["T05", "T06"],
    needsFreshView: false,
    statusRefusal: needsStatus("Re-inspect needs status Candidate, Inadequate, Active, Failed, or In maintenance."),
    // Not for an unchanged key: it is how a changed one is asked for again.
    guards: [idle],
  },
  retrust: {
    label: "Re-trust host key",
    permission: "node.retrust",
    place: "detail",
    allowed: ALL_BUT_OUT.filter((status) => status !== "Rejected"),
    transitions: [],
    needsFreshView: true,
    statusRefusal: needsStatus("A rejected or removed node is not contacted any more."),
    guards: [hostKeyDiffers, idle],
  },
  revokeTrust: {
    label: "Revoke host key",
    permission: "node.retrust",
    place: "detail",
    allowed: ALL_BUT_OUT.filter((status) => status !== "Rejected"),
    transitions: [],
    needsFreshView: true,
    statusRefusal: needsStatus("A rejected or removed node is not contacted any more."),
    guards: [hostKeyUnchanged, idle],
  },
  power: {
    label: "Set BMC",
    permission: "node.power",
    place: "menu",
    allowed: ALL_BUT_OUT.filter((status) => status !== "Rejected"),
    transitions: [],
    needsFreshView: false,
    statusRefusal: needsStatus("A rejected or removed node has no power to control."),
    guards: [idle],
  },
  powerOn: {
    label: "Power on",
    permission: "node.power-on",
    place: "menu",
    allowed: ["Fenced", "InMaintenance"],
    transitions: [],
    needsFreshView: true,
    statusRefusal: needsStatus("Power on needs status Fenced or In maintenance."),
    guards: [bmcSet, idle],
  },
  powerCycle: {
    label: "Power cycle",
    permission: "node.power-on",
    place: "menu",
    allowed: ["InMaintenance"],
    transitions: [],
    needsFreshView: true,
    statusRefusal: needsStatus("Power cycle needs status In maintenance."),
    guards: [bmcSet, idle],
  },
  fence: {
    label: "Fence",
    permission: "node.fence",
    place: "menu",
    allowed: FENCEABLE,
    transitions: ["T22", "T23", "T24", "T27"],
    needsFreshView: true,
    statusRefusal: needsStatus("Fencing needs status Active, Failed, Entering maintenance, or Unfencing."),
    // Not idle: what runs on a node that must be cut off is ended with it. The storm limits are the service's.
    guards: [bmcSet],
  },
  confirmOff: {
    label: "Confirm that it is off",
    permission: "node.fence",
    place: "menu",
    allowed: FENCEABLE,
    transitions: ["T22", "T23", "T24", "T27"],
    needsFreshView: true,
    statusRefusal: needsStatus("Only a node that is Active, Failed, Entering maintenance, or Unfencing is confirmed to be off."),
    guards: [silent],
  },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof COMMANDS;

/** Every command, in the order of the table. */
// The keys of a constant object are exactly its own literal keys.
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/**
 * Why this command is refused on this node, or null when it may run. The page asks to disable a button with its reason; the
 * server asks again in the transaction that acts. First the role, then the status, then the conditions of the command.
 */
export function refusal(command: CommandName, node: NodeFacts, context: RefusalContext): Refusal | null {
  const row: CommandRow = COMMANDS[command];
  if (!permits(context.role, row.permission)) return permissionRefusal(row.permission);
  if (!row.allowed.includes(node.status)) return row.statusRefusal(node, context);
  for (const guard of row.guards) {
    const refused = guard(node, context);
    if (refused) return refused;
  }
  return null;
}

export const ADD_CANDIDATE = { label: "+ Add Candidate", permission: "node.add", place: "toolbar" } as const;

/** Why this role may not add a candidate, or null. */
export const addRefusal = (role: UserRole): Refusal | null =>
  permits(role, ADD_CANDIDATE.permission) ? null : permissionRefusal(ADD_CANDIDATE.permission);

/** The state diagram as Mermaid text, for the documentation. */
export function mermaid(): string {
  const named = NODE_STATUS_IDS.filter((status) => labelOf(status) !== status).map((status) => `  state "${labelOf(status)}" as ${status}`);
  const arrows = new Map<string, string[]>();
  for (const { id, from, to, trigger } of ROWS) {
    const arrow = `  ${from ?? "[*]"} --> ${to ?? "[*]"}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), `${id} ${trigger}`]);
  }
  const lines = [...arrows].map(([arrow, labels]) => `${arrow}: ${labels.join(", ")}`);
  return ["stateDiagram-v2", ...named, ...lines, "  Out --> [*]", ""].join("\n");
}
