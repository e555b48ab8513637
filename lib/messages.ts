/**
 * The sentences a person reads, in one catalogue. What belongs to a status, a filter, a Node Type or a command stands in its
 * own table (lib/domain); the names of operations and their steps in lib/domain/operations.ts.
 */
import type { BulkCommand, ItemCounts, ItemState } from "./domain/bulk";
import { hostKeyChangedRefusal, LINKS_NOT_READY, ROLE_INVALID } from "./domain/guards";
import type { ColumnId } from "./domain/node-sort";
import { formatBytes } from "./domain/units";
import { refuse, type Refusal } from "./outcome";

export const TOASTS = {
  addStarted: "Candidate node creation is in progress.",
  added: "Candidate node added successfully.",
  modifyStarted: "Candidate node modification is in progress.",
  modified: "Candidate node modified successfully.",
  joinStarted: "Candidate node join is in progress.",
  joined: "Candidate node joined successfully.",
  deleted: "Candidate node deleted successfully.",
  forced: (name: string) => `Node ${name} is being forcefully deactivated.`,
  accepted: (name: string) => `${name} accepted.`,
  rejected: (name: string) => `${name} rejected.`,
  reconsidered: (name: string) => `${name} is a candidate again.`,
  renamed: (was: string, is: string) => (was === is ? `${is} saved.` : `${was} is now ${is}.`),
  reinspectStarted: (name: string) => `${name} is being inspected.`,
  reinspected: (name: string) => `${name} inspected.`,
  retrusted: (name: string) => `The new host key of ${name} is trusted.`,
} as const;

export const FAILURES = {
  add: "Failed to add candidate node",
  join: "Failed to join candidate node",
  modify: "Failed to modify candidate node",
  reinspect: "Failed to inspect the node",
} as const;

/** "Failed to add candidate node. 10.20.1.40 did not answer on port 22 within 5 s." */
export const failed = (what: keyof typeof FAILURES, reason: string): string => `${FAILURES[what]}. ${reason}`;

const ADDRESS_CAUSE = "Candidate Access IP is incorrect or unreachable.";
const LOGIN_CAUSE = "SSH User or SSH Password credentials are wrong.";
const SERVICE_CAUSE = "SSH service is not running.";

export const CAUSES = {
  add: [ADDRESS_CAUSE, LOGIN_CAUSE, SERVICE_CAUSE],
  addResolution: "Verify IP and credentials. Confirm SSH connectivity.",
  join: [LINKS_NOT_READY, ROLE_INVALID],
  missingCandidate: ["Hardware discovery not complete.", "Server is not network-reachable.", "Table filter excludes Candidate view."],
} as const;

const MEASURED: Readonly<Record<string, string>> = {
  "address-not-allowed": ADDRESS_CAUSE,
  unreachable: ADDRESS_CAUSE,
  timeout: ADDRESS_CAUSE,
  refused: SERVICE_CAUSE,
  "not-ssh": SERVICE_CAUSE,
  "auth-refused": LOGIN_CAUSE,
};

/** Which of the documented causes a measured refusal is, when it is one of them. */
export const documentedCause = (code: string): string | null => (Object.hasOwn(MEASURED, code) ? (MEASURED[code] ?? null) : null);

export const WARNINGS = {
  force:
    "Severe warning: Forcing a node into maintenance mode prevents the system from completing some housekeeping actions and may result in full system failure and data loss.",
  forceLastResort: "Use force maintenance only as a last resort. It bypasses the normal workload migration process.",
  removePools: "If the node has unhealthy (degraded) data pools, removal may result in data loss. Contact support before proceeding.",
  removeDataLoss: "Do not proceed. Contact support to assess data pool health.",
} as const;

export const MAINTENANCE_BLOCKS = {
  gpu: { title: "Maintenance mode is blocked by GPU VMs", remedy: "Shut down affected GPU VMs before retrying." },
  memory: { title: "Maintenance mode is blocked by insufficient memory", remedy: "Shut down or migrate VMs to free cluster memory." },
} as const;

export const DIALOGS = {
  add: { title: "Add Candidate Node", steps: ["Info", "MAC Addresses"], next: "Next", another: "Add", submit: "Finish" },
  modify: { title: "Modify Candidate Node", submit: "Save" },
  join: { title: "Join Candidate Node", submit: "Join" },
  delete: { title: "Delete Node", submit: "Delete" },
  rename: { title: "Rename Node", submit: "OK" },
  maintenance: { title: "Node Maintenance", submit: "OK", force: "Force Maintenance" },
  remove: { title: "Remove Node", submit: "Remove" },
} as const;

export const FIELDS = {
  ip: "Candidate Access IP",
  user: "SSH User",
  password: "SSH Password",
  role: "Node Type",
  macs: "Converged MAC Addresses",
  mac: "Converged MAC Address",
  accessMacs: "Access MAC Addresses",
  nodeIp: "IP",
  links: "Node Link Details",
  name: "Name",
  description: "Description",
} as const;

export const HELP = {
  macs: "These identify the network interfaces the node will use for converged traffic.",
  ipFixed: "You cannot change the access IP address after the candidate is created.",
  delete: "This removes the candidate record from the system. It does not affect the physical server.",
  reject: "This marks the node as rejected without deleting its record.",
  rename: "This does not affect the node’s hostname or functionality.",
  password: "Sealed until Regent has installed its own key on the server, then deleted. Never shown again, never logged.",
  verifyHostKey: "Compare it on the server's own screen:",
} as const;

/** Why nothing can be done with what is selected, and how much that is. */
export const SELECTION = {
  nothing: "Select a node to act on it.",
  exactlyOne: "Select exactly one node.",
  notYet: "This version of Regent can not do this yet.",
  noneCan: (count: number, command: string): string => `${command} is possible for none of the ${count} selected nodes.`,
  count: (count: number, all: number): string => `${count} of ${all} selected`,
  everything: (count: number): string => `All ${count} nodes that match are selected.`,
  hidden: (count: number): string =>
    count === 1 ? "1 selected node is hidden by the filter." : `${count} selected nodes are hidden by the filter.`,
} as const;

const nodes = (count: number): string => (count === 1 ? "1 node" : `${count} nodes`);

/** The Nodes page. */
export const LIST = {
  filters: "Filters",
  outHelp: "Shows nodes that were removed from the cluster.",
  listed: (count: number, all: number): string => (count === all ? `${nodes(all)}.` : `${count} of ${nodes(all)} listed.`),
  hiddenByOut: (count: number): string => `${nodes(count)} removed from the cluster ${count === 1 ? "is" : "are"} hidden.`,
  hiddenByChips: (count: number): string => `The filters above hide ${count}.`,
  hiddenByQuery: (count: number): string => `The filter text hides ${count}.`,
  paused: (count: number): string => `Order paused · ${count === 1 ? "1 change" : `${count} changes`} ·`,
  empty: "No nodes yet",
  emptyHelp: "Add the first server by its IP address and SSH login.",
  noMatch: "No nodes match this filter",
  clear: "Clear filter",
  missingCandidate: "A candidate node does not appear when:",
  savedViews: "Saved views",
  columns: "Columns",
  density: "Density",
  sortBy: "Sort by",
  ascending: "ascending",
  descending: "descending",
  moveUp: (column: string): string => `Move ${column} towards the start`,
  moveDown: (column: string): string => `Move ${column} towards the end`,
  reset: "As delivered",
  exportCsv: "Export CSV",
} as const;

/** The fourteen columns of the list, in their order. */
export const COLUMNS = {
  name: { header: "Name", help: "The display name of the node." },
  candidate: { header: "Candidate", help: "Indicates whether the node is still a candidate and has not yet joined the cluster." },
  ip: { header: "IP", help: "The management (access) IP address of the node." },
  cpu: { header: "CPU", help: "The current CPU usage of the node." },
  vcpus: { header: "vCPUs", help: "The total number of virtual CPU cores available on the node." },
  memory: { header: "Memory", help: "The total physical memory installed on the node." },
  vmMemoryTotal: { header: "VM Memory (Total)", help: "The total amount of memory allocated to virtual machines on this node." },
  vmMemoryAvailable: { header: "VM Memory (Available)", help: "The remaining memory available for additional virtual machines." },
  networkRx: { header: "Network Rx", help: "The amount of inbound network traffic received by the node." },
  networkTx: { header: "Network Tx", help: "The amount of outbound network traffic transmitted by the node." },
  storage: { header: "Storage", help: "The total storage capacity available on the node." },
  uptime: { header: "Uptime", help: "The amount of time the node has been running since its last restart." },
  status: { header: "Status", help: "The current lifecycle state of the node (for example, Active, In maintenance, or Failed)." },
  tags: { header: "Tags", help: "Custom labels assigned to the node for identification and filtering." },
} as const satisfies Record<ColumnId, { header: string; help: string }>;

/** What a machine did wrong, measured. The code is the name by which the rest of Regent knows it. */
export const MACHINE = {
  timeout: (ip: string, port: number, seconds: number): Refusal =>
    refuse("timeout", `${ip} did not answer on port ${port} within ${seconds} s.`, {
      hint: `Check that the server is powered on and that no firewall keeps this console from port ${port}.`,
      field: "ip",
    }),
  unreachable: (ip: string): Refusal =>
    refuse("unreachable", `${ip} is not reachable from this console: there is no route to it.`, {
      hint: "Check the address, the server's network link and the routes between.",
      field: "ip",
    }),
  refused: (ip: string, port: number): Refusal =>
    refuse("refused", `${ip} refused the connection: ${SERVICE_CAUSE}`, {
      hint: `The server is there, but nothing listens on port ${port}. Start its SSH service.`,
      field: "ip",
    }),
  notSsh: (ip: string, port: number): Refusal =>
    refuse("not-ssh", `${ip} answered on port ${port}, but not as an SSH service.`, {
      hint: "Check that the address is the server's own, and that its SSH service listens on this port.",
      field: "ip",
    }),
  hostKeyChanged: hostKeyChangedRefusal,
  authRefused: (ip: string): Refusal =>
    refuse("auth-refused", `${ip} rejected the user or password.`, {
      hint: "Check SSH User and SSH Password, and that the server allows this user to log in with a password.",
      field: "password",
    }),
  keyRefused: (ip: string, user: string): Refusal =>
    refuse("auth-refused", `${ip} rejected Regent's key for ${user}.`, {
      hint: "Its authorized_keys may have been replaced. Type the SSH Password in Modify Candidate to install the key again.",
      field: "password",
    }),
  penalised: (ip: string, seconds: number): Refusal =>
    refuse(
      "penalised",
      `${ip} drops connections from this console after several refused passwords. Wait ${seconds} s before trying again.`,
      {
        hint: "Check SSH User and SSH Password on the server meanwhile.",
        field: "password",
      },
    ),
  connectionLost: (ip: string): Refusal =>
    refuse("connection-lost", `The connection to ${ip} ended before it had answered.`, {
      hint: "Check the server and its network link, then try again.",
    }),
  commandTimeout: (ip: string, what: string, seconds: number): Refusal =>
    refuse("command-timeout", `${ip} did not finish “${what}” within ${seconds} s.`, {
      hint: "Check the load and the disks of the server, then try again.",
    }),
  outputTooLarge: (ip: string, what: string, limitBytes: number): Refusal =>
    refuse("output-too-large", `${ip} answered “${what}” with more than ${formatBytes(limitBytes)}.`, {
      hint: "The answer was discarded. Check what the server prints at login.",
    }),
  commandFailed: (ip: string, what: string, exitCode: number, said: string): Refusal =>
    refuse("command-failed", `“${what}” failed on ${ip} with exit code ${exitCode}${said ? `: ${said}` : "."}`, {
      hint: "The cause is on the server; correct it and try again.",
    }),
  badAnswer: (ip: string, what: string): Refusal =>
    refuse("bad-answer", `The answer of ${ip} to “${what}” could not be read.`, {
      hint: "Check what the server prints at login, then try again.",
    }),
} as const;

/** Refusals about an identity that two machines can not share, or that one lacks. */
export const IDENTITY = {
  taken: (what: string, owner: string): Refusal =>
    refuse("duplicate", `${what} already belongs to ${owner}.`, { hint: `Open ${owner}, or check the address.` }),
  macMissing: (macs: readonly string[], ip: string): Refusal =>
    refuse("mac-not-found", `Not found on ${ip}: Converged MAC Address ${macs.join(", ")}.`, {
      hint: "Choose from the interfaces that were found.",
      field: "macs",
    }),
} as const;

/** Preferences that could not be kept. */
export const PREFERENCES = {
  notSaved: "Your preferences could not be saved.",
  noAnswer: "Regent did not answer. They hold in this tab, and are sent again with the next change.",
} as const;

/** What the command palette says about itself. */
export const PALETTE = {
  prompt: "Name, IP, MAC address, tag, page or action",
  reading: "Reading this node…",
  searching: "Searching nodes…",
  failed: "Nodes could not be searched: Regent did not answer. Pages and actions are still here.",
  signedOut: "Nodes could not be searched: you are signed out.",
  nothing: (query: string) => `Nothing matches “${query}”.`,
  more: (count: number) => `The first ${count} nodes. Type more to narrow them down.`,
  found: (count: number) => (count === 1 ? "1 node" : `${count} nodes`),
  notPossible: (label: string, reason: string) => `${label} is not possible. ${reason}`,
} as const;

/** Saved views of the Nodes list. */
export const VIEWS = {
  title: "Saved views",
  save: "Save this view",
  none: "No views yet. Set a filter, a sorting or columns, and save them under a name.",
  unreached: "Saved views did not load.",
  shareHelp: "Everybody in this region sees it. Only you or an Admin can delete it.",
  saved: (name: string) => `View “${name}” saved.`,
  deleted: (name: string) => `View “${name}” deleted.`,
  ask: (name: string) => `Delete “${name}”?`,
  nameTaken: (name: string): Refusal =>
    refuse("name-taken", `You have a view “${name}” already.`, { hint: "Choose another name, or delete that view first.", field: "name" }),
  tooMany: (most: number): Refusal =>
    refuse("too-many-views", `You keep ${most} views, which is the most.`, { hint: "Delete one that you no longer need." }),
  gone: refuse("view-gone", "This view is not there any more.", { hint: "Open Saved views again." }),
  notYours: (owner: string): Refusal =>
    refuse("forbidden", `Only ${owner} or an Admin can delete this view.`, { hint: "Ask one of them, or save a view of your own." }),
} as const;

/** The filter bar of the Nodes list. */
export const FILTER_BAR = {
  label: "Filter nodes",
  placeholder: "Filter by name, IP, MAC, tag, or cpu > 80%",
  conditions: "Conditions of the filter",
  suggestions: "Suggestions",
  clear: "Clear the filter",
  help: "Join conditions by “and”. Tab completes, Enter adds, Backspace edits the last one.",
  notUnderstood: "not understood",
} as const;

const PLURAL = new Intl.PluralRules("en");
const NUMBER = new Intl.NumberFormat("en-GB");
const AND = new Intl.ListFormat("en-GB");
/** "1 node", "1,000 nodes". */
const counted = (count: number, noun: string): string => `${NUMBER.format(count)} ${noun}${PLURAL.select(count) === "one" ? "" : "s"}`;

const BULK_VERBS = {
  accept: { title: "Accept nodes", act: (nodes: string) => `Accept ${nodes}`, acting: "Accepting", can: "be accepted", done: "accepted" },
  reject: { title: "Reject nodes", act: (nodes: string) => `Reject ${nodes}`, acting: "Rejecting", can: "be rejected", done: "rejected" },
  delete: { title: "Delete candidates", act: (nodes: string) => `Delete ${nodes}`, acting: "Deleting", can: "be deleted", done: "deleted" },
  tags: {
    title: "Change tags",
    act: (nodes: string) => `Change tags of ${nodes}`,
    acting: "Changing tags of",
    can: "be tagged",
    done: "changed",
  },
} as const satisfies Record<BulkCommand, { title: string; act: (nodes: string) => string; acting: string; can: string; done: string }>;

/** Work on many nodes: the question before it, what it is called, and how it ended. */
export const BULK = {
  title: (command: BulkCommand): string => BULK_VERBS[command].title,
  /** The main button of the dialog, and what the operation is called: "Accept 9 nodes". */
  act: (command: BulkCommand, count: number): string => BULK_VERBS[command].act(counted(count, "node")),
  acting: (command: BulkCommand, count: number): string => `${BULK_VERBS[command].acting} ${counted(count, "node")}.`,
  /** "9 of 12 can be accepted." */
  can: (command: BulkCommand, count: number, of: number): string => {
    const all = of === 1 ? "The node" : `All ${NUMBER.format(of)}`;
    const some = `${count ? NUMBER.format(count) : "None"} of ${NUMBER.format(of)}`;
    return `${count === of ? all : some} can ${BULK_VERBS[command].can}.`;
  },
  cannot: (count: number): string => `${NUMBER.format(count)} cannot:`,
  none: (command: BulkCommand): string => `None of the selected nodes can ${BULK_VERBS[command].can}.`,
  more: (count: number): string => `and ${NUMBER.format(count)} more`,
  fewer: "show fewer",
  tags: "Tags of these nodes",
  tagChange: { all: "All of them will have it.", some: "As it is: some of them have it.", none: "None of them will have it." },
  newTag: "New tag",
  newTagHelp: "For all of these nodes. A comma adds several.",
  help: {
    accept: "Each node is approved and then starts and activates by itself.",
    reject: "This marks the nodes as rejected without deleting their records.",
    delete: "This removes the candidate records from the system. It does not affect the physical servers.",
    tags: "A tag that only some of the nodes have stays as it is unless you tick or untick it.",
  } satisfies Record<BulkCommand, string>,
  reason: "Optional. Shown beside the status of each node and kept in the event log.",
  noChange: "Tick or untick a tag, or add one.",
  /** "9 accepted, 1 failed, 2 cancelled." Only what there is. */
  result: (command: BulkCommand, counts: ItemCounts): string => {
    const parts = [
      { count: counts.done, word: BULK_VERBS[command].done },
      { count: counts.failed, word: "failed" },
      { count: counts.skipped, word: "cancelled" },
      { count: counts.running, word: "running" },
      { count: counts.waiting, word: "waiting" },
    ].filter(({ count }) => count > 0);
    return `${parts.map(({ count, word }) => `${NUMBER.format(count)} ${word}`).join(", ")}.`;
  },
  retry: (count: number): string => `Retry failed (${NUMBER.format(count)})`,
  retryLater: "Possible when the others have ended.",
  cancelRest: "Cancel the rest",
  cancelled: (count: number): string => `${counted(count, "node")} will not be begun.`,
  tooMany: "At most 1,000 nodes at once.",
} as const;

/** The words of a line of it, beside its glyph. */
export const ITEM_STATES = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  skipped: "Cancelled",
} as const satisfies Record<ItemState, string>;

export const TAGS = {
  add: "Add tag",
  remove: (tag: string) => `Remove tag ${tag}`,
  added: (tags: readonly string[]) => (tags.length === 1 ? `Tag ${tags[0]} added.` : `Tags ${tags.join(", ")} added.`),
  removed: (tags: readonly string[]) => (tags.length === 1 ? `Tag ${tags[0]} removed.` : `Tags ${tags.join(", ")} removed.`),
  undo: "Undo",
  help: "Enter adds it, a comma stands between several.",
  /** "Ada added rack-A to compute-west-04, and removed gpu from it." */
  changed: (who: string, node: string, added: readonly string[], removed: readonly string[]): string => {
    const removal = `removed ${AND.format(removed)} from`;
    if (!added.length) return `${who} ${removal} ${node}.`;
    return `${who} added ${AND.format(added)} to ${node}${removed.length ? `, and ${removal} it` : ""}.`;
  },
} as const;

export const OPERATIONS_DRAWER = {
  title: "Operations",
  running: (count: number): string => (count ? `${counted(count, "operation")} running` : "none running"),
  filters: { all: "All", running: "Running", failed: "Failed", mine: "Mine" },
  empty: {
    all: "No operations yet. What is done to a machine shows here, and stays.",
    running: "No operation is running.",
    failed: "No operation has failed.",
    mine: "You have started no operation yet.",
  },
  older: "Show older operations",
  unread: "The operations could not be read. Check the connection to Regent; they are read again by themselves.",
  copy: "Copy as text",
} as const;

/** The page of a node: its tabs in their order, and what stands where something is missing. */
export const NODE_TABS = {
  overview: "Overview",
  events: "Events",
  links: "Node Links",
  disks: "Disks",
  vms: "VMs",
  services: "Services",
  pci: "PCI Devices",
} as const;

export const NODE_PAGE = {
  notInspected: { title: "No inventory yet", why: "Hardware discovery is not complete. Re-inspect reads what the server is." },
  reviewLinks: "Review the Node Links tab after a node joins.",
  changes: {
    title: "Changed at the last inspection",
    nothing: "Nothing changed since the inspection before it.",
    never: "It was inspected only once, so there is nothing to compare.",
  },
  noPartition: "No file system of its own on this node.",
  disks: { none: "The inspection found no disk." },
  links: { none: "The inspection found no network link.", interfaces: "Cluster network interfaces" },
  vms: {
    none: "No virtual machine runs on this node.",
    noHypervisor: "No hypervisor is installed on this node, so no virtual machine can run on it.",
    silent: "The hypervisor of this node does not answer, so its virtual machines are not known.",
    passthrough: "Passthrough: can not migrate",
  },
  services: {
    none: "The inspection found no service.",
    cpuTime: "CPU time that the service has used since it was started.",
    cpuShare:
      "CPU time divided by the time since the server was started, in per cent of one core. A service that was restarted meanwhile has used more while it ran.",
  },
  pci: { none: "The inspection found no PCI device." },
} as const;
