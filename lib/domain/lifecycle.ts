/**
 * The lifecycle of a node as one table. Menus, server actions, the worker, the trigger in PostgreSQL and the diagram in the
 * documentation all read it; what is not in it does not happen.
 */
import { refuse, type Refusal } from "../outcome";
import { OPERATIONS, isOperationKind } from "./operations";
import { permissionRefusal, permits, type Permission, type UserRole } from "./permissions";
import type { RegionSettings } from "./settings";
import { NODE_STATUSES, statusLabel, type NodeStatus } from "./status";
import { formatDuration } from "./units";

export type Trigger =
  | "addAdequate" | "addInadequate" | "discovered" | "modify" | "inspectedInadequate" | "inspectedAdequate"
  | "accept" | "join" | "reject" | "reconsider" | "delete"
  | "provisioningBegan" | "servicesInitialised" | "healthy" | "error" | "deadline" | "healthError"
  | "fenceConfirmed" | "recovered"
  | "maintenance" | "drained" | "cancelFromActive" | "cancelFromFailed" | "cancelFromFenced" | "deadlineFromActive" | "deadlineFromFailed" | "deadlineFromFenced"
  | "force" | "activate" | "activateFenced" | "remove";

export type By = "administrator" | "system" | "deadline";

export type Transition = { id: string; from: NodeStatus | null; trigger: Trigger; by: By; to: NodeStatus | null };

const row = (id: string, from: NodeStatus | null, trigger: Trigger, by: By, to: NodeStatus | null): Transition => ({ id, from, trigger, by, to });

/** from null: there was no record. to null: the record is deleted. */
export const TRANSITIONS: readonly Transition[] = [
  row("T01", null, "addAdequate", "administrator", "Candidate"),
  row("T02", null, "addInadequate", "administrator", "Inadequate"),
  row("T03", null, "discovered", "system", "Candidate"),
  row("T04", "Candidate", "modify", "administrator", "Candidate"),
  row("T05", "Candidate", "inspectedInadequate", "system", "Inadequate"),
  row("T06", "Inadequate", "inspectedAdequate", "system", "Candidate"),
  row("T07", "Inadequate", "modify", "administrator", "Inadequate"),
  row("T08", "Candidate", "accept", "administrator", "Approved"),
  row("T09", "Candidate", "join", "administrator", "Approved"),
  row("T10", "Candidate", "reject", "administrator", "Rejected"),
  row("T11", "Rejected", "reconsider", "administrator", "Candidate"),
  row("T12", "Candidate", "delete", "administrator", null),
  row("T13", "Inadequate", "delete", "administrator", null),
  row("T14", "Rejected", "delete", "administrator", null),
  row("T15", "Approved", "provisioningBegan", "system", "Starting"),
  row("T16", "Starting", "servicesInitialised", "system", "Activating"),
  row("T17", "Activating", "healthy", "system", "Active"),
  row("T18", "Approved", "error", "system", "Failed"),
  row("T18t", "Approved", "deadline", "deadline", "Failed"),
  row("T19", "Starting", "error", "system", "Failed"),
  row("T19t", "Starting", "deadline", "deadline", "Failed"),
  row("T20", "Activating", "error", "system", "Failed"),
  row("T20t", "Activating", "deadline", "deadline", "Failed"),
  row("T21", "Active", "healthError", "system", "Failed"),
  row("T22", "Active", "fenceConfirmed", "system", "Fenced"),
  row("T23", "Failed", "fenceConfirmed", "system", "Fenced"),
  row("T24", "EnteringMaintenance", "fenceConfirmed", "system", "Fenced"),
  row("T25", "Fenced", "recovered", "system", "Unfencing"),
  row("T26", "Unfencing", "healthy", "system", "Active"),
  row("T27", "Unfencing", "fenceConfirmed", "system", "Fenced"),
  row("T28", "Unfencing", "error", "system", "Failed"),
  row("T28t", "Unfencing", "deadline", "deadline", "Failed"),
  row("T29", "Active", "maintenance", "administrator", "EnteringMaintenance"),
  row("T30", "Failed", "maintenance", "administrator", "EnteringMaintenance"),
  row("T31", "Fenced", "maintenance", "administrator", "EnteringMaintenance"),
  row("T32", "EnteringMaintenance", "drained", "system", "InMaintenance"),
  row("T33", "EnteringMaintenance", "cancelFromActive", "administrator", "Active"),
  row("T34", "EnteringMaintenance", "cancelFromFailed", "administrator", "Failed"),
  row("T35", "EnteringMaintenance", "cancelFromFenced", "administrator", "Fenced"),
  row("T36t", "EnteringMaintenance", "deadlineFromActive", "deadline", "Active"),
  row("T37t", "EnteringMaintenance", "deadlineFromFailed", "deadline", "Failed"),
  row("T38t", "EnteringMaintenance", "deadlineFromFenced", "deadline", "Fenced"),
  row("T39", "Active", "force", "administrator", "InMaintenance"),
  row("T40", "Failed", "force", "administrator", "InMaintenance"),
  row("T41", "Fenced", "force", "administrator", "InMaintenance"),
  row("T42", "EnteringMaintenance", "force", "administrator", "InMaintenance"),
  row("T43", "InMaintenance", "activate", "administrator", "Activating"),
  row("T44", "InMaintenance", "activateFenced", "administrator", "Unfencing"),
  row("T45", "InMaintenance", "remove", "administrator", "Out"),
];

/** The one edge for a trigger at a status, or null: what is not in the table does not happen. */
export const transition = (from: NodeStatus | null, trigger: Trigger): Transition | null => TRANSITIONS.find((edge) => edge.from === from && edge.trigger === trigger) ?? null;

/** As transition(), for code that stands at an edge which the table has; throws when it has not. */
export function requireTransition(from: NodeStatus | null, trigger: Trigger): Transition {
  const edge = transition(from, trigger);
  if (!edge) throw new Error(`The lifecycle has no edge "${trigger}" from ${from ?? "nothing"}.`);
  return edge;
}

/** How long a node may stay in a transitional status before its deadline ends it; null where nothing is waited for. */
export function deadlineFor(status: NodeStatus, { deadlines }: RegionSettings, vmCount = 0): number | null {
  switch (status) {
    case "Approved":
      return deadlines.approvedMs;
    case "Starting":
      return deadlines.startingMs;
    case "Activating":
      return deadlines.activatingMs;
    case "Unfencing":
      return deadlines.unfencingMs;
    case "EnteringMaintenance":
      return deadlines.enteringMaintenanceMs + vmCount * deadlines.enteringMaintenancePerVmMs;
    default:
      return null;
  }
}

/* ---- Commands: what an administrator can ask for ---- */

type Place = "toolbar" | "menu" | "detail";
type Command = {
  label: string;
  place: Place;
  permission: Permission;
  allowed: readonly NodeStatus[];
  trigger?: Trigger;
  /** Refused in the words of the mission when the status does not allow it. */
  statusReason: (status: NodeStatus) => string;
  /** Runs beside an operation on the same node. */
  besideOperation?: boolean;
};

const CANDIDATE_ONLY = (status: NodeStatus) => `Candidate actions need status Candidate; this node is ${statusLabel(status)}.`;
const needs = (label: string, allowed: readonly NodeStatus[]) => (status: NodeStatus) =>
  `${label} needs status ${new Intl.ListFormat("en", { type: "disjunction" }).format(allowed.map(statusLabel))}; this node is ${statusLabel(status)}.`;

export const MAINTENANCE_RULE = "Maintenance requires Active, Failed, or Fenced status and more than one node.";
export const REMOVE_RULE = "Remove requires In maintenance status and more than one node.";
export const SINGLE_NODE_RULE = "Single-node clusters do not support these actions.";

const ALL_BUT_OUT: readonly NodeStatus[] = (Object.keys(NODE_STATUSES) as NodeStatus[]).filter((status) => status !== "Out");
const JOINED: readonly NodeStatus[] = ALL_BUT_OUT.filter((status) => NODE_STATUSES[status].joined);
const INSPECTED: readonly NodeStatus[] = ["Candidate", "Inadequate", "Failed", "Active", "InMaintenance"];

const define = (command: Omit<Command, "statusReason"> & { statusReason?: Command["statusReason"] }): Command => ({ statusReason: needs(command.label, command.allowed), ...command });

export const COMMANDS = {
  modify: define({ label: "Modify Candidate", place: "toolbar", permission: "node.modify", allowed: ["Candidate", "Inadequate"], trigger: "modify", statusReason: CANDIDATE_ONLY }),
  join: define({ label: "Join", place: "toolbar", permission: "node.join", allowed: ["Candidate"], trigger: "join", statusReason: CANDIDATE_ONLY }),
  delete: define({ label: "Delete Candidate", place: "toolbar", permission: "node.delete", allowed: ["Candidate", "Inadequate", "Rejected"], trigger: "delete", statusReason: CANDIDATE_ONLY }),
  accept: define({ label: "Accept", place: "toolbar", permission: "node.accept", allowed: ["Candidate"], trigger: "accept", statusReason: CANDIDATE_ONLY }),
  reject: define({ label: "Reject", place: "menu", permission: "node.reject", allowed: ["Candidate"], trigger: "reject", statusReason: CANDIDATE_ONLY }),
  reconsider: define({ label: "Reconsider", place: "menu", permission: "node.reconsider", allowed: ["Rejected"], trigger: "reconsider" }),
  rename: define({ label: "Rename", place: "menu", permission: "node.rename", allowed: ALL_BUT_OUT, besideOperation: true }),
  inspect: define({ label: "Re-inspect", place: "menu", permission: "node.inspect", allowed: INSPECTED }),
  retrust: define({ label: "Trust new host key", place: "menu", permission: "node.retrust", allowed: ALL_BUT_OUT }),
  maintenance: define({ label: "Maintenance", place: "menu", permission: "node.maintenance", allowed: ["Active", "Failed", "Fenced"], trigger: "maintenance", statusReason: () => MAINTENANCE_RULE }),
  force: define({ label: "Force Maintenance", place: "menu", permission: "node.force", allowed: ["Active", "Failed", "Fenced", "EnteringMaintenance"], trigger: "force", statusReason: () => MAINTENANCE_RULE }),
  cancel: define({ label: "Cancel maintenance", place: "menu", permission: "node.maintenance", allowed: ["EnteringMaintenance"], besideOperation: true }),
  activate: define({ label: "Activate", place: "menu", permission: "node.activate", allowed: ["InMaintenance"], statusReason: () => "Activate needs status In maintenance." }),
  remove: define({ label: "Remove", place: "menu", permission: "node.remove", allowed: ["InMaintenance"], trigger: "remove", statusReason: () => REMOVE_RULE }),
  configure: define({ label: "Configure", place: "menu", permission: "node.configure", allowed: ALL_BUT_OUT, besideOperation: true }),
  alarm: define({ label: "Create Alarm", place: "menu", permission: "alarm.write", allowed: JOINED, besideOperation: true, statusReason: () => "Alarms need a node that has joined the cluster." }),
  tags: define({ label: "Add tag", place: "detail", permission: "node.tag", allowed: ALL_BUT_OUT, besideOperation: true }),
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** What a decision about one node needs to know of it. Times are milliseconds since 1970. */
export type NodeFacts = { name: string; ip: string; status: NodeStatus; inspectedAt: number | null; adequate: boolean | null; hostKeyChanged: boolean; operation: { kind: string; actorName: string } | null };

/** And of the rest of the world. */
export type Surroundings = { role: UserRole; joined: number; active: number; now: number; settings: Pick<RegionSettings, "inspectionFreshMs"> };

const NEEDS_CLUSTER: readonly CommandName[] = ["maintenance", "force", "remove"];
const NEEDS_FRESH: readonly CommandName[] = ["join", "accept"];
const DIALS: readonly CommandName[] = ["join", "accept", "modify", "inspect", "activate"];

/**
 * Why a command is not possible now, or null when it is. The page shows the sentence beside the disabled button, the server gives
 * the same one when it is asked all the same, and checks again inside the transaction that acts.
 */
export function refusal(name: CommandName, node: NodeFacts, around: Surroundings): Refusal | null {
  const command: Command = COMMANDS[name];
  if (!permits(around.role, command.permission)) return permissionRefusal(command.permission);
  if (NEEDS_CLUSTER.includes(name) && around.joined < 2) return refuse("single-node", SINGLE_NODE_RULE);
  if (!command.allowed.includes(node.status)) return refuse("status", command.statusReason(node.status));
  if (node.operation && !command.besideOperation) return refuse("busy", `${operationLabel(node.operation.kind)} is running on this node, started by ${node.operation.actorName}.`, { hint: "Wait for its end." });
  if (name === "retrust" && !node.hostKeyChanged) return refuse("host-key-same", `The host key of ${node.ip} has not changed.`);
  if (DIALS.includes(name) && node.hostKeyChanged) return refuse("host-key-changed", `The host key of ${node.ip} changed.`, { hint: "An administrator compares the new key and trusts it again first." });
  if (name === "maintenance" && node.status === "Active" && around.active < 2) return refuse("last-active", "No other node is Active; its workloads would have nowhere to go.");
  return NEEDS_FRESH.includes(name) ? inspectionRefusal(COMMANDS[name].label, node, around) : null;
}

function inspectionRefusal(label: string, node: NodeFacts, around: Surroundings): Refusal | null {
  if (node.inspectedAt === null) return refuse("not-inspected", "Hardware discovery is not complete.", { hint: "Use Re-inspect." });
  if (node.adequate === false) return refuse("inadequate", "Hardware does not meet cluster requirements. Review specifications on the Overview tab.");
  const age = around.now - node.inspectedAt;
  if (age > around.settings.inspectionFreshMs) return refuse("inspection-old", `The last inspection is ${formatDuration(age)} old.`, { hint: `Use Re-inspect before ${label}.` });
  return null;
}

const operationLabel = (kind: string): string => (isOperationKind(kind) ? OPERATIONS[kind].label : kind);

/* ---- What others read ---- */

/** Pairs for the database's table of legal edges; "" stands for no record. An edge that stays at its status is not a change. */
export function edges(): { from: string; to: string }[] {
  const pairs = TRANSITIONS.filter(({ from, to }) => from !== to).map(({ from, to }) => ({ from: from ?? "", to: to ?? "" }));
  return [...new Map(pairs.map((pair) => [`${pair.from}>${pair.to}`, pair])).values()];
}

/** The state diagram of the documentation, in Mermaid's language. */
export function diagram(): string {
  const point = (status: NodeStatus | null) => status ?? "[*]";
  const lines = TRANSITIONS.filter(({ from, to }) => from !== to).map(({ id, from, trigger, to }) => `  ${point(from)} --> ${point(to)}: ${id} ${trigger}`);
  return ["stateDiagram-v2", ...lines].join("\n");
}
