/** For tests only: nodes that are watched, well and lost. */
import { fenceRefusal, type Decision, type Watch, type WatchedNode } from "./fencing";
import type { Check } from "./fencing-records";
import { DEFAULT_SETTINGS } from "./settings";

export const NOW = new Date("2026-11-26T12:00:00Z");
export const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
export const check = (what: Check["what"], says: Check["says"], detail = `${what} says ${says}.`): Check => ({
  what,
  says,
  detail,
  by: "Test",
  at: NOW.toISOString(),
});
export const GONE = [check("kept", "gone"), check("fresh", "gone"), check("neighbour", "gone")];

export const node = (name: string, facts: Partial<WatchedNode> = {}): WatchedNode => ({
  id: name,
  name,
  role: "Worker",
  status: "Active",
  heartbeatAt: before(3),
  asked: true,
  vmCount: 0,
  checks: [],
  checkedAt: null,
  failedRounds: 0,
  hasBmc: true,
  busy: false,
  lastTry: null,
  beats: 0,
  newBoot: null,
  runningVms: null,
  ...facts,
});
/** Gone for everybody, long enough. */
export const lost = (name: string, facts: Partial<WatchedNode> = {}): WatchedNode =>
  node(name, { status: "Failed", heartbeatAt: before(120), checks: GONE, checkedAt: before(2), failedRounds: 3, ...facts });
export const WELL = ["a", "b", "c", "d"].map((name) => node(name));

export const watch = (nodes: WatchedNode[], facts: Partial<Watch> = {}): Watch => ({
  now: NOW,
  since: before(3600),
  settings: DEFAULT_SETTINGS.fencing,
  intervalSeconds: 10,
  nodes,
  inFlight: null,
  ...facts,
});
export const code = (one: WatchedNode, facts: Partial<Watch> = {}) => fenceRefusal(one, watch([one, ...WELL], facts))?.code ?? null;
export const fails = (decision: Decision) => decision.fail.map(({ node: { name } }) => name);
