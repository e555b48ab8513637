/** The words of the mission: dialogs, fields, warnings, and what is said while and after something is done. */
import { LINKS_NOT_READY, ROLE_INVALID } from "../domain/guards";

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

export const SERVICE_CAUSE = "SSH service is not running.";

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
