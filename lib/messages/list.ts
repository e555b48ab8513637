/** The Nodes page: its list, and what is said about what is selected in it. */
import type { ColumnId } from "../domain/node-sort";
import { counted, NUMBER } from "./counted";

const nodes = (count: number): string => counted(count, "node");

/** Why nothing can be done with what is selected, and how much that is. */
export const SELECTION = {
  nothing: "Select a node to act on it.",
  past: "What is shown is the past. Go back to now to act.",
  exactlyOne: "Select exactly one node.",
  notYet: "This version of Regent can not do this yet.",
  noneCan: (count: number, command: string): string => `${command} is possible for none of the ${nodes(count)} that are selected.`,
  count: (count: number, all: number): string => `${NUMBER.format(count)} of ${NUMBER.format(all)} selected`,
  everything: (count: number): string => `All ${nodes(count)} that match are selected.`,
  hidden: (count: number): string => `${counted(count, "selected node")} ${count === 1 ? "is" : "are"} hidden by the filter.`,
} as const;

/** How much of the region there is, beside the page's title. */
export const SUMMARY = {
  nodes: (count: number): string => (count === 1 ? "node" : "nodes"),
  active: (): string => "active",
  attention: (count: number): string => (count === 1 ? "needs attention" : "need attention"),
  candidates: (count: number): string => (count === 1 ? "candidate" : "candidates"),
} as const;

/** Memory for virtual machines, if any one node were lost; beside the summary. */
export const HEADROOM = {
  label: "Memory headroom after losing any one node:",
  worst: (name: string): string => `if ${name} is lost`,
  short: (missing: string, name: string): string => `${missing} too little if ${name} is lost`,
  unplaced: (count: number, name: string, reason: string): string =>
    `${name}${count > 1 ? ` and ${counted(count - 1, "more node")}` : ""} could not be emptied: ${reason}`,
  unknown: (count: number): string =>
    `${counted(count, "Active node")} ${count === 1 ? "does" : "do"} not tell ${count === 1 ? "its" : "their"} memory`,
} as const;

/** The Nodes page. */
export const LIST = {
  filters: "Filters",
  view: "View",
  views: { list: "List view", heatmap: "Heatmap view" },
  outHelp: "Shows nodes that were removed from the cluster.",
  listed: (count: number, all: number): string => (count === all ? `${nodes(all)}.` : `${NUMBER.format(count)} of ${nodes(all)} listed.`),
  hiddenByOut: (count: number): string => `${nodes(count)} removed from the cluster ${count === 1 ? "is" : "are"} hidden.`,
  hiddenByChips: (count: number): string => `The filters above hide ${NUMBER.format(count)}.`,
  hiddenByQuery: (count: number): string => `The filter text hides ${NUMBER.format(count)}.`,
  apply: "Apply",
  paused: (count: number): string => `Order paused · ${counted(count, "change")} ·`,
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

/** A measured value in the list. */
export const TREND = {
  noData: "no data",
  range: (least: string, most: string): string => `, last hour ${least} to ${most}`,
  stale: (since: string, why: string | undefined): string => `Stale: last sample ${since}.${why ? ` ${why}` : ""}`,
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
