/** The conditions of the commands, each a pure function that refuses or passes. Which command has which stands in lifecycle.ts. */
import { refuse, type Refusal } from "../outcome";
import { shortfalls } from "./adequacy";
import type { Inventory } from "./inventory";
import { linkChecks, roleChecks, type JoinCheck } from "./join-checks";
import { OPERATIONS } from "./operations";
import type { UserRole } from "./permissions";
import type { Verdict } from "./requests";
import type { NodeRole } from "./roles";
import { STALE_SECONDS } from "./sample-times";
import type { RegionSettings } from "./settings";
import { NODE_STATUSES, type NodeStatus } from "./status";
import { formatAge } from "./units";

/** What is known of the node. A list leaves out the last three; the server, which decides, never does. */
export type NodeFacts = {
  name: string;
  ip: string;
  status: NodeStatus;
  role: NodeRole;
  hostKeyChanged: boolean;
  /** Not changed but revoked: then hostKeyChanged is set as well. */
  hostKeyRevoked?: boolean;
  /** ISO 8601 where it came as JSON. */
  inspectedAt: Date | string | null;
  verdict?: Pick<Verdict, "adequate" | "results"> | null;
  inventory?: Pick<Inventory, "links"> | null;
  convergedMacs?: readonly string[];
  /** The newest sample; null when there was none. */
  metrics?: { sampledAt: string } | null;
  /** Whether its power can be controlled. */
  hasBmc?: boolean;
};

export type RegionFacts = { joinedCount: number; activeCount: number; controlCount: number; activeControlCount: number };

export type RefusalContext = {
  role: UserRole;
  now: Date;
  settings: Pick<RegionSettings, "requirements" | "inspectionFreshnessMinutes" | "requireControlFirst">;
  region: RegionFacts;
  /** The pending or running operation of this node, if there is one. */
  activeOperation: { label: string; actorName: string; /** The step it stands at. */ at: string | null } | null;
  /** The Node Type chosen in the Join dialog; without it, the one chosen when the candidate was added. */
  joinRole?: NodeRole;
};

export type Guard = (node: NodeFacts, context: RefusalContext) => Refusal | null;

/** The counts that rules about the whole region need, from all its nodes, one by one or counted by status and role. */
export function regionFacts(nodes: readonly { status: NodeStatus; role: NodeRole; count?: number }[]): RegionFacts {
  const facts = { joinedCount: 0, activeCount: 0, controlCount: 0, activeControlCount: 0 };
  for (const { status, role, count = 1 } of nodes) {
    if (!NODE_STATUSES[status].joined) continue;
    const [active, control] = [status === "Active", role === "Control"];
    facts.joinedCount += count;
    if (active) facts.activeCount += count;
    if (control) facts.controlCount += count;
    if (active && control) facts.activeControlCount += count;
  }
  return facts;
}

export const SINGLE_NODE = "Single-node clusters do not support these actions.";

export const hostKeyChangedRefusal = (ip: string): Refusal =>
  refuse("host-key-changed", `The host key of ${ip} changed.`, {
    hint: "Either the server was reinstalled or someone intercepts the connection. Compare the new key on the server's own screen; an Admin can then trust it.",
  });

export const hostKeyRevokedRefusal = (ip: string): Refusal =>
  refuse("host-key-revoked", `The host key of ${ip} was revoked.`, {
    hint: "Nothing is sent to it. Compare the key on the server's own screen; an Admin can then trust it again.",
  });

/** Why nothing is sent to a node whose key is not trusted. */
export const distrusted = ({ ip, hostKeyRevoked = false }: Pick<NodeFacts, "ip" | "hostKeyRevoked">): Refusal =>
  hostKeyRevoked ? hostKeyRevokedRefusal(ip) : hostKeyChangedRefusal(ip);

export const hostKeyUnchanged: Guard = (node) => (node.hostKeyChanged ? distrusted(node) : null);

export const hostKeyDiffers: Guard = ({ ip, hostKeyChanged }) =>
  hostKeyChanged
    ? null
    : refuse("host-key-same", `The host key of ${ip} has not changed.`, { hint: "Re-inspect asks the server for its key again." });

export const idle: Guard = (_node, { activeOperation }) => {
  if (!activeOperation) return null;
  const { label, actorName, at } = activeOperation;
  const where = at ? `It is at “${at}”. ` : "";
  return refuse("busy", `${label} is running on this node, started by ${actorName}.`, { hint: `${where}Wait until it has ended.` });
};

/** Once its power may be cut, the node is where the fence says. */
export const notBeingFenced: Guard = (node, context) =>
  context.activeOperation?.label === OPERATIONS.fence.label ? idle(node, context) : null;

export const inspected: Guard = ({ inspectedAt }) =>
  inspectedAt === null
    ? refuse("not-inspected", "Hardware discovery is not complete.", { hint: "Select Re-inspect and wait until it has ended." })
    : null;

const MINUTE_MS = 60_000;

export const freshlyInspected: Guard = ({ inspectedAt }, { now, settings }) => {
  if (inspectedAt === null) return null;
  const age = now.getTime() - new Date(inspectedAt).getTime();
  if (age <= settings.inspectionFreshnessMinutes * MINUTE_MS) return null;
  return refuse("stale-inspection", `Last inspected ${formatAge(age)}; inspect again before joining.`, { hint: "Select Re-inspect." });
};

export const adequate: Guard = ({ verdict }) => {
  if (!verdict || verdict.adequate) return null;
  return refuse("inadequate", `Hardware does not meet cluster requirements: ${shortfalls(verdict).join("; ")}.`, {
    hint: "Review specifications on the Overview tab.",
  });
};

export const bmcSet: Guard = ({ hasBmc }) =>
  hasBmc === false ? refuse("no-bmc", "No BMC is set for this node.", { hint: "An Admin sets it: Actions, Set BMC." }) : null;

/** Nobody is asked to answer for a host that has just answered itself. */
export const silent: Guard = ({ name, metrics }, { now }) => {
  const age = metrics ? now.getTime() - Date.parse(metrics.sampledAt) : Infinity;
  return age > STALE_SECONDS * 1000
    ? null
    : refuse("answers", `${name} answered ${formatAge(age)}, so it is not off.`, { hint: "Fence it, or shut it down." });
};

export const LINKS_NOT_READY = "Network links not in expected state.";
export const ROLE_INVALID = "Selected Node Type is invalid for cluster configuration.";

const failing = (checks: readonly JoinCheck[], code: string, reason: string): Refusal | null => {
  const failed = checks.filter(({ state }) => state === "fail");
  return failed.length ? refuse(code, reason, { hint: failed.map(({ detail }) => detail).join(" ") }) : null;
};

export const linksReady: Guard = ({ inventory, convergedMacs }, { settings }) =>
  inventory && convergedMacs ? failing(linkChecks({ inventory, convergedMacs, settings }), "links", LINKS_NOT_READY) : null;

export const roleValid: Guard = ({ role }, { joinRole, region, settings }) => {
  const refused = failing(roleChecks({ role: joinRole ?? role, region, settings }), "role", ROLE_INVALID);
  return refused && { ...refused, field: "role" };
};

export const moreThanOneNode: Guard = (_node, { region }) =>
  region.joinedCount > 1 ? null : refuse("single-node", SINGLE_NODE, { hint: "Maintain at least two nodes in every cluster." });

export const anotherActive: Guard = ({ status }, { region }) => {
  const others = region.activeCount - (status === "Active" ? 1 : 0);
  return others > 0
    ? null
    : refuse("no-other-active", "No other node is Active.", { hint: "Activate another node first: workloads need a place to go." });
};

/** With one or two Control nodes there is no majority to keep: then another one must be Active. */
export const controlQuorum: Guard = ({ name, role, status }, { region: { controlCount, activeControlCount } }) => {
  if (role !== "Control" || status !== "Active") return null;
  const left = activeControlCount - 1;
  const needed = controlCount <= 2 ? 1 : Math.floor(controlCount / 2) + 1;
  if (left >= needed) return null;
  const reason = `Without ${name}, ${left} of ${controlCount} Control nodes would be Active; the cluster needs ${needed}.`;
  return refuse("quorum", reason, { hint: "Activate or join another Control node first." });
};

export const controlRemains: Guard = ({ role }, { region }) =>
  role === "Control" && region.controlCount <= 1
    ? refuse("quorum", "This is the only Control node of the cluster.", { hint: "Join another Control node first." })
    : null;
