/** The thirteen states of a node: what they are called, what they mean, what to do next. */
export type { NodeRole } from "./roles";

type StatusRow = {
  id: string;
  label: string;
  description: string;
  class: "pre-join" | "transitional" | "stable" | "terminal";
  /** Which colour and weight a badge has; only inadequate, failed and fenced ask for a person. */
  group: "active" | "progress" | "maintenance" | "candidate" | "inadequate" | "failed" | "fenced" | "quiet";
  /** Whether the node counts when a rule asks for "more than one node". */
  joined: boolean;
  nextSteps: readonly string[];
};

export const NODE_STATUSES = {
  Candidate: {
    id: "Candidate",
    label: "Candidate",
    description: "A newly discovered server that has not yet joined the cluster.",
    class: "pre-join",
    group: "candidate",
    joined: false,
    nextSteps: [],
  },
  Approved: {
    id: "Approved",
    label: "Approved",
    description: "A candidate that was accepted but has not finished activation.",
    class: "transitional",
    group: "progress",
    joined: true,
    nextSteps: [],
  },
  Starting: {
    id: "Starting",
    label: "Starting",
    description: "The node is booting and initializing services.",
    class: "transitional",
    group: "progress",
    joined: true,
    nextSteps: [],
  },
  Activating: {
    id: "Activating",
    label: "Activating",
    description: "The node is completing its activation process.",
    class: "transitional",
    group: "progress",
    joined: true,
    nextSteps: [],
  },
  Active: {
    id: "Active",
    label: "Active",
    description: "The node is online and running workloads.",
    class: "stable",
    group: "active",
    joined: true,
    nextSteps: [],
  },
  Failed: {
    id: "Failed",
    label: "Failed",
    description: "The node encountered an error and is not functioning correctly.",
    class: "stable",
    group: "failed",
    joined: true,
    nextSteps: [
      "If recoverable: Put into maintenance, fix the issue, then activate.",
      "If not recoverable: Put into maintenance and remove from cluster.",
    ],
  },
  Fenced: {
    id: "Fenced",
    label: "Fenced",
    description: "The node was isolated from the cluster to protect data integrity.",
    class: "stable",
    group: "fenced",
    joined: true,
    nextSteps: ["Wait for recovery.", "If not recovering, use maintenance mode and investigate."],
  },
  EnteringMaintenance: {
    id: "EnteringMaintenance",
    label: "Entering maintenance",
    description: "Workloads are migrating off the node in preparation for maintenance.",
    class: "transitional",
    group: "maintenance",
    joined: true,
    nextSteps: [],
  },
  InMaintenance: {
    id: "InMaintenance",
    label: "In maintenance",
    description: "The node is offline for servicing. No workloads run on it.",
    class: "stable",
    group: "maintenance",
    joined: true,
    nextSteps: [],
  },
  Unfencing: {
    id: "Unfencing",
    label: "Unfencing",
    description: "The node is rejoining the cluster after a fencing event.",
    class: "transitional",
    group: "progress",
    joined: true,
    nextSteps: [],
  },
  Inadequate: {
    id: "Inadequate",
    label: "Inadequate",
    description: "The node has unsupported hardware and cannot join the cluster.",
    class: "pre-join",
    group: "inadequate",
    joined: false,
    nextSteps: ["Hardware does not meet cluster requirements. Review specifications on the Overview tab."],
  },
  Rejected: {
    id: "Rejected",
    label: "Rejected",
    description: "An administrator declined this candidate node.",
    class: "pre-join",
    group: "quiet",
    joined: false,
    nextSteps: [],
  },
  Out: {
    id: "Out",
    label: "Out",
    description: "The node has been removed from the cluster.",
    class: "terminal",
    group: "quiet",
    joined: false,
    nextSteps: [],
  },
} as const satisfies Record<string, StatusRow>;

export type NodeStatus = keyof typeof NODE_STATUSES;
export type StatusGroup = StatusRow["group"];

/** Every status, in the order of the lifecycle. */
// The keys of a constant object are exactly its own literal keys.
export const NODE_STATUS_IDS = Object.keys(NODE_STATUSES) as NodeStatus[];

/** What a filter looks at; `candidate` is the column Candidate: has never joined. */
export type FilterFacts = { status: NodeStatus; candidate: boolean };

const NOT_ON_THE_WAY: readonly NodeStatus[] = ["Inadequate", "Rejected", "Out"];

/** The four built-in filters. The filter is spelt In Maintenance, the status In maintenance. */
export const NODE_FILTERS = {
  active: {
    label: "Active",
    description: "Shows only nodes that are currently online and running workloads.",
    matches: ({ status }: FilterFacts): boolean => status === "Active",
  },
  candidate: {
    label: "Candidate",
    description: "Shows only nodes that were discovered but have not yet joined the cluster.",
    matches: ({ status, candidate }: FilterFacts): boolean => candidate && !NOT_ON_THE_WAY.includes(status),
  },
  inadequate: {
    label: "Inadequate",
    description: "Shows only nodes that do not meet hardware requirements.",
    matches: ({ status }: FilterFacts): boolean => status === "Inadequate",
  },
  inMaintenance: {
    label: "In Maintenance",
    description: "Shows only nodes that are currently in maintenance mode.",
    matches: ({ status }: FilterFacts): boolean => status === "InMaintenance",
  },
} as const satisfies Record<string, { label: string; description: string; matches: (node: FilterFacts) => boolean }>;

export type NodeFilter = keyof typeof NODE_FILTERS;
