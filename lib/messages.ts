/**
 * The sentences a person reads, in one catalogue. What belongs to a status, a filter, a Node Type or a command stands in its
 * own table (lib/domain); the names of operations and their steps in lib/domain/operations.ts.
 */
import { hostKeyChangedRefusal, LINKS_NOT_READY, ROLE_INVALID } from "./domain/guards";
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
} as const satisfies Record<string, { header: string; help: string }>;

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
