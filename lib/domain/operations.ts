/** The kinds of work Regent does on a machine: their steps in order, as the ladder shows them, and their deadlines. */
const MINUTE_MS = 60_000;

/** Join and Accept differ only in where the role comes from. */
const JOIN_STEPS = {
  connect: "Connect",
  inspect: "Inspect again",
  packages: "Install packages",
  services: "Start services",
  hypervisor: "Check the hypervisor",
  links: "Check converged links",
  peers: "Exchange keys with other nodes",
  activate: "Activate",
} as const;

export const OPERATIONS = {
  contact: {
    label: "Read host key",
    deadlineMs: MINUTE_MS,
    steps: { tcp: "TCP", banner: "SSH service", hostKey: "Host key" },
  },
  inspect: {
    label: "Inspect",
    deadlineMs: 2 * MINUTE_MS,
    steps: {
      authentication: "Authentication",
      privilege: "Privilege",
      inventory: "Inventory",
      adequacy: "Adequacy",
      macs: "MAC addresses",
    },
  },
  add: {
    label: "Add Candidate",
    deadlineMs: 3 * MINUTE_MS,
    steps: { key: "Install Regent's key", login: "Log in with Regent's key", record: "Record the candidate" },
  },
  modify: {
    label: "Modify Candidate",
    deadlineMs: 3 * MINUTE_MS,
    steps: { key: "Install Regent's key", login: "Log in with Regent's key", record: "Record the change" },
  },
  reinspect: {
    label: "Re-inspect",
    deadlineMs: 2 * MINUTE_MS,
    steps: { login: "Log in", inventory: "Inventory", record: "Compare and record" },
  },
  join: { label: "Join", deadlineMs: 40 * MINUTE_MS, steps: JOIN_STEPS },
  accept: { label: "Accept", deadlineMs: 40 * MINUTE_MS, steps: JOIN_STEPS },
  maintenance: {
    label: "Maintenance",
    deadlineMs: 15 * MINUTE_MS,
    steps: { look: "See what runs", prepare: "Prepare the targets", move: "Move VMs", verify: "See that nothing runs" },
  },
  cancelMaintenance: {
    label: "Cancel maintenance",
    deadlineMs: 5 * MINUTE_MS,
    steps: { stop: "Stop migrations", look: "See where each VM is" },
  },
  moveBack: {
    label: "Move VMs back",
    deadlineMs: 60 * MINUTE_MS,
    steps: { prepare: "Prepare the way back", move: "Move VMs" },
  },
  forceMaintenance: {
    label: "Force Maintenance",
    deadlineMs: 10 * MINUTE_MS,
    steps: { stop: "Stop VMs", record: "Say what was skipped" },
  },
  activate: {
    label: "Activate",
    deadlineMs: 75 * MINUTE_MS,
    steps: {
      connect: "Connect",
      inspect: "Inspect again",
      hypervisor: "Check the hypervisor",
      links: "Check converged links",
      activate: "Activate",
      prepare: "Prepare the way back",
      move: "Move VMs back",
    },
  },
  reboot: {
    label: "Restart",
    deadlineMs: 25 * MINUTE_MS,
    steps: { restart: "Restart", wait: "Wait for the machine", see: "See that it restarted" },
  },
  remove: {
    label: "Remove",
    deadlineMs: 5 * MINUTE_MS,
    steps: { look: "Check VMs and data pools", clean: "Clean up the machine", record: "Record the removal" },
  },
  power: { label: "Set BMC", deadlineMs: 2 * MINUTE_MS, steps: { ask: "Ask the BMC", record: "Record" } },
  powerOn: { label: "Power on", deadlineMs: 10 * MINUTE_MS, steps: { on: "Power on", answer: "Wait for its SSH service" } },
  powerCycle: { label: "Power cycle", deadlineMs: 10 * MINUTE_MS, steps: { cycle: "Power cycle", answer: "Wait for its SSH service" } },
  fence: {
    label: "Fence",
    deadlineMs: 10 * MINUTE_MS,
    steps: {
      gather: "Gather evidence",
      soft: "Ask it to shut down",
      off: "Cut its power",
      confirm: "Confirm that it is off",
      record: "Record",
    },
  },
  unfence: {
    label: "Unfence",
    deadlineMs: 10 * MINUTE_MS,
    steps: {
      look: "Look that nothing old runs",
      services: "Check services",
      hypervisor: "Check the hypervisor",
      links: "Check converged links",
      activate: "Activate",
    },
  },
  mailTest: {
    label: "Send test mail",
    deadlineMs: 3 * MINUTE_MS,
    steps: { connect: "Connect and encrypt", login: "Log in", send: "Send" },
  },
  webhookTest: { label: "Test webhook", deadlineMs: 2 * MINUTE_MS, steps: { post: "Send" } },
  /** Work on many nodes, which has a line per node; how long it may take depends on them, see lib/domain/bulk-parts.ts. */
  bulk: { label: "Bulk action", deadlineMs: 10 * MINUTE_MS, steps: { each: "One node after the other" } },
} as const satisfies Record<string, { label: string; deadlineMs: number; steps: Record<string, string> }>;

export type OperationKind = keyof typeof OPERATIONS;
export type StepName<K extends OperationKind> = keyof (typeof OPERATIONS)[K]["steps"] & string;

export const isOperationKind = (text: string): text is OperationKind => Object.hasOwn(OPERATIONS, text);

/** Step names of a kind, in the order they run. */
export const stepNames = (kind: OperationKind): string[] => Object.keys(OPERATIONS[kind].steps);

/**
 * What a person calls an operation, and the step it stands at, if it has begun. What a later version wrote is called by its own word.
 * Sent along with a node, so that a list need not know every step of every kind.
 */
export const named = ({ kind, step }: { kind: string; step: string | null }): { label: string; at: string | null } =>
  isOperationKind(kind) ? { label: OPERATIONS[kind].label, at: step && stepLabel(kind, step) } : { label: kind, at: null };

/** What a person calls a step. */
export const stepLabel = (kind: OperationKind, step: string): string => (OPERATIONS[kind].steps as Record<string, string>)[step] ?? step;
