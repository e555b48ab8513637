/** The two Node Types, with what the dialogs say about each. */
export const NODE_ROLES = {
  Worker: { label: "Worker", description: "Runs tenant workloads." },
  Control: { label: "Control", description: "Runs cluster management services." },
} as const satisfies Record<string, { label: string; description: string }>;

export type NodeRole = keyof typeof NODE_ROLES;

export const NODE_ROLE_IDS = Object.keys(NODE_ROLES) as NodeRole[]; // its own keys
