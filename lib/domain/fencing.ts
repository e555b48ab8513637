/**
 * When a node counts as lost, when its power may be cut, and when one that answers again may come back. Facts and a time go in; what is
 * to be done, or why it is not, comes out. Whoever acts asks again in the transaction that acts.
 */
import { refuse, type Refusal } from "../outcome";
import { missing, observersThatMiss, sighting } from "./fencing-checks";
import type { Check } from "./fencing-records";
import type { NodeRole } from "./roles";
import type { Fencing } from "./settings";
import { NODE_STATUSES, type NodeStatus } from "./status";
import { formatDuration } from "./units";

export type WatchedNode = {
  id: string;
  name: string;
  role: NodeRole;
  status: NodeStatus;
  /** Its newest sample, or when it joined. */
  heartbeatAt: Date;
  /**
   * Whether Regent waits for its answers at all. Nothing is sent to a node whose host key changed, and one that is taken out after a fence
   * was proved to be off: the silence of both says nothing.
   */
  asked: boolean;
  vmCount: number;
  checks: readonly Check[];
  checkedAt: Date | null;
  /** Rounds of checks in a row in which enough of them failed. */
  failedRounds: number;
  hasBmc: boolean;
  busy: boolean;
  /** The newest attempt to fence or to unfence it that failed, and how many did so in a row. */
  lastTry: { endedAt: Date; failures: number } | null;
  /** Samples in a row since it answers again, and what is known of it since. */
  beats: number;
  newBoot: boolean | null;
  /** null: not known since it answers again. */
  runningVms: readonly string[] | null;
};

export type Watch = {
  now: Date;
  /** From when on Regent has watched the region without a gap. */
  since: Date;
  settings: Fencing;
  intervalSeconds: number;
  /** All that have joined. */
  nodes: readonly WatchedNode[];
  /** The node that is being fenced. */
  inFlight: { nodeId: string; name: string } | null;
};

const MS = 1000;
/** A look that is older says nothing of now. */
const FRESH_CHECK_MS = 30 * MS;
/** Samples that may be missing before a node counts as silent. */
export const MISSED_SAMPLES = 2.5;
const QUIET_DOUBLES_MAX = 4;

/** Those that must answer. What was fenced or is being serviced may be silent, and what still joins is not asked yet. */
const EXPECTED: readonly NodeStatus[] = ["Active", "Failed", "EnteringMaintenance", "Unfencing"];
export const FENCEABLE: readonly NodeStatus[] = EXPECTED;

/** How long nothing was heard of it, as far as Regent was there to hear it; ms. */
export const silenceMs = (node: Pick<WatchedNode, "heartbeatAt">, { now, since }: Pick<Watch, "now" | "since">): number =>
  Math.max(0, now.getTime() - Math.max(node.heartbeatAt.getTime(), since.getTime()));

export const graceMs = ({ vmCount }: Pick<WatchedNode, "vmCount">, { graceSeconds, graceSecondsPerVm }: Fencing): number =>
  (graceSeconds + graceSecondsPerVm * vmCount) * MS;

/** Sooner than the grace ends: when many are cut off at once, all of them must be seen before the first of them is acted on. */
export const silentAfterMs = ({ settings, intervalSeconds }: Pick<Watch, "settings" | "intervalSeconds">): number =>
  Math.min(settings.graceSeconds, Math.max(settings.graceSeconds / 2, intervalSeconds * MISSED_SAMPLES)) * MS;

const isExpected = ({ status, asked }: WatchedNode): boolean => asked && EXPECTED.includes(status);
const isSilent = (node: WatchedNode, watch: Watch): boolean => silenceMs(node, watch) > silentAfterMs(watch);
export const isLost = (node: WatchedNode, watch: Watch): boolean =>
  isExpected(node) && silenceMs(node, watch) > graceMs(node, watch.settings);

export type Isolation = { silent: number; total: number };

/** Half of the region gone at once is far more often the console's own network. Nothing is done then. */
export function isolation(watch: Watch): Isolation | null {
  const expected = watch.nodes.filter(isExpected);
  const [silent, total] = [expected.filter((node) => isSilent(node, watch)).length, expected.length];
  const { isolatedShare, isolatedFrom } = watch.settings;
  const cutOff = silent > 0 && (silent === total || (total >= isolatedFrom && silent >= isolatedShare * total));
  return cutOff ? { silent, total } : null;
}

export const isolatedSentence = ({ silent, total }: Isolation): string =>
  `The console is isolated: ${silent} of ${total} nodes do not answer. Regent takes no action.`;

const freshChecks = (node: WatchedNode, { now }: Watch): readonly Check[] =>
  node.checkedAt && now.getTime() - node.checkedAt.getTime() <= FRESH_CHECK_MS ? node.checks : [];

/** Grace over, and enough checks failed in enough rounds in a row. */
const hasFailed = (node: WatchedNode, watch: Watch): boolean =>
  isLost(node, watch) &&
  node.failedRounds >= watch.settings.failedRounds &&
  missing(freshChecks(node, watch)).length >= watch.settings.failedChecks;

export type Failure = { node: WatchedNode; code: "powered-off" | "no-service" | "cut-off" | "lost"; reason: string };

/** Why an Active node counts as Failed: what each look at it said. */
function failure(node: WatchedNode, watch: Watch): Failure {
  const checks = freshChecks(node, watch).filter(({ says }) => says !== "unknown");
  const any = (says: Check["says"], what?: Check["what"]) => checks.some((one) => one.says === says && (what ?? one.what) === one.what);
  const code = any("gone", "bmc") ? "powered-off" : any("down") ? "no-service" : any("there") ? "cut-off" : "lost";
  const seen = checks.filter(({ what }) => what !== "kept").map(({ detail }) => detail);
  return { node, code, reason: [`No heartbeat for ${formatDuration(silenceMs(node, watch))}.`, ...seen].join(" ") };
}

/** A Control node goes only while the others are a majority of all that have joined, seen Active and answering. */
function quorumRefusal(node: WatchedNode, watch: Watch): Refusal | null {
  if (node.role !== "Control") return null;
  const all = watch.nodes.filter(({ role, status }) => role === "Control" && NODE_STATUSES[status].joined);
  const others = all.filter((other) => other.id !== node.id && other.status === "Active" && !isSilent(other, watch)).length;
  const needed = all.length <= 2 ? 1 : Math.floor(all.length / 2) + 1;
  if (others >= needed) return null;
  const reason = `Without ${node.name}, ${others} of ${all.length} Control nodes would be Active; the cluster needs ${needed}.`;
  return refuse("quorum", reason, { hint: "Bring another Control node back first." });
}

/** After an attempt that failed, the next one waits; each failure in a row doubles the wait, sixteenfold at most. */
export const quietMs = (failures: number, { quietPerNodeSeconds }: Pick<Fencing, "quietPerNodeSeconds">): number =>
  quietPerNodeSeconds * MS * 2 ** Math.min(Math.max(0, failures - 1), QUIET_DOUBLES_MAX);

const hint = (text: string): { hint: string } => ({ hint: text });
const AGAIN = "Regent looks again by itself.";
const CONFIRM = "Find out on the spot whether the host is off, then confirm it.";

const rests = ({ lastTry }: WatchedNode, { now, settings }: Watch): boolean =>
  lastTry !== null && now.getTime() - lastTry.endedAt.getTime() < quietMs(lastTry.failures, settings);

/**
 * What holds every fence back, an administrator's too: one at a time, quiet times, a console that is isolated, the Control quorum. Never
 * a node in maintenance.
 */
export function stormRefusal(node: WatchedNode, watch: Watch): Refusal | null {
  const { now, since, settings, inFlight } = watch;
  if (!FENCEABLE.includes(node.status))
    return refuse(
      "status",
      `Fencing needs status Active, Failed, Entering maintenance, or Unfencing; this node is ${NODE_STATUSES[node.status].label}.`,
    );
  if (inFlight)
    return refuse(
      "in-flight",
      `${inFlight.name} is being fenced, and Regent fences one node at a time.`,
      hint("Wait until that has ended."),
    );
  if (!node.hasBmc)
    return refuse(
      "no-bmc",
      "No BMC is set for this node, so its power can not be cut.",
      hint("Set its BMC, or confirm that the host is off."),
    );
  const isolated = isolation(watch);
  if (isolated) return refuse("isolated", isolatedSentence(isolated), hint(`Check the console's own network. ${CONFIRM}`));
  if (now.getTime() - since.getTime() < settings.quietAfterStartSeconds * MS) {
    const quiet = formatDuration(settings.quietAfterStartSeconds * MS);
    return refuse("just-started", `Regent has begun to watch the region lately, and fences nobody in the first ${quiet}.`, hint(AGAIN));
  }
  if (rests(node, watch)) {
    const quiet = formatDuration(quietMs(node.lastTry?.failures ?? 0, settings));
    return refuse("quiet", `The last attempt on this node failed; the next one follows ${quiet} later.`, hint(AGAIN));
  }
  return quorumRefusal(node, watch);
}

/** Why Regent itself does not begin to fence this node, or null: the same limits, and the node is gone for two independent observers. */
export function fenceRefusal(node: WatchedNode, watch: Watch): Refusal | null {
  if (!isLost(node, watch)) return refuse("answers", `${node.name} is not lost.`);
  const refused = stormRefusal(node, watch);
  if (refused) return refused;
  if (node.busy && node.status !== "EnteringMaintenance" && node.status !== "Unfencing")
    return refuse("busy", "An operation is running on this node.", hint("Fencing follows when it has ended."));
  if (!hasFailed(node, watch)) return refuse("looking", "It is being looked at from several sides.");
  const checks = freshChecks(node, watch);
  const there = sighting(checks);
  if (there)
    return refuse("seen", `Its host is not gone for everybody. ${there.detail}`, hint("Check its SSH service, and the network between."));
  if (observersThatMiss(checks).length < 2)
    return refuse("one-observer", "Only the console itself misses it; nobody else could be asked.", hint(CONFIRM));
  if (!watch.settings.automatic)
    return refuse("by-hand", "Regent does not fence by itself in this region.", hint("An Admin may fence the node."));
  return null;
}

/**
 * Why the power of a node whose fence is under way is not cut now, or null. What Regent began by itself ends when the node answers, or
 * when anybody sees it; what an administrator asked for does not. In flight and busy it is itself; every other limit holds to the end.
 */
export function cutRefusal(
  node: WatchedNode,
  watch: Watch,
  { looks, manual }: { looks: readonly Check[]; manual: boolean },
): Refusal | null {
  const refused = stormRefusal({ ...node, lastTry: null }, { ...watch, inFlight: null });
  if (refused || manual) return refused;
  if (!isLost(node, watch)) return refuse("answers", `${node.name} answers again, so its power is not cut.`);
  const there = sighting(looks);
  return there ? refuse("answers", `${there.detail} Its power is not cut.`) : null;
}

/** Why a fenced node that answers is not taken back yet, or null. */
export function recoveryRefusal(node: WatchedNode, watch: Watch): Refusal | null {
  const { settings } = watch;
  if (node.status !== "Fenced") return refuse("status", `${node.name} is not Fenced.`);
  if (!node.asked || node.beats === 0 || isSilent(node, watch)) return refuse("silent", `${node.name} does not answer.`);
  if (node.beats < settings.recoveryBeats)
    return refuse("unsteady", `It answers again: ${node.beats} of ${settings.recoveryBeats} samples in a row.`);
  if (node.runningVms?.length)
    return refuse(
      "old-vms",
      `It answers again, but still runs ${node.runningVms.join(", ")}.`,
      hint("Shut them down: they may run elsewhere by now."),
    );
  if (node.runningVms === null && node.newBoot !== true)
    return refuse("not-surveyed", "It answers again; what runs on it is not known yet.");
  if (node.busy) return refuse("busy", "An operation is running on this node.");
  return rests(node, watch) ? refuse("quiet", "It answers again; the last try to take it back failed, and another one follows.") : null;
}

export type Decision = {
  isolated: Isolation | null;
  fail: Failure[];
  /** One at most, the longest silent first. */
  fence: WatchedNode | null;
  unfence: WatchedNode[];
  /** What is due and can not be done, by node. */
  pending: Map<string, string>;
};

/** Everything that is to be done now. While the console is isolated, that is nothing. */
export function decide(watch: Watch): Decision {
  const isolated = isolation(watch);
  const pending = new Map<string, string>();
  const decision: Decision = { isolated, fail: [], fence: null, unfence: [], pending };
  const lost = watch.nodes.filter((node) => isLost(node, watch)).toSorted((a, b) => a.heartbeatAt.getTime() - b.heartbeatAt.getTime());
  for (const node of lost) {
    if (node.status === "Active") {
      if (!isolated && !node.busy && hasFailed(node, watch)) decision.fail.push(failure(node, watch));
      continue;
    }
    if (watch.inFlight?.nodeId === node.id) continue;
    const refused = decision.fence
      ? refuse("in-flight", `${decision.fence.name} is being fenced, and Regent fences one node at a time.`)
      : fenceRefusal(node, watch);
    if (refused) pending.set(node.id, refused.reason);
    else decision.fence = node;
  }
  if (isolated) return decision;
  for (const node of watch.nodes) {
    if (node.status !== "Fenced") continue;
    const refused = recoveryRefusal(node, watch);
    if (!refused) decision.unfence.push(node);
    else if (refused.code !== "silent" && refused.code !== "busy") pending.set(node.id, refused.reason);
  }
  return decision;
}
