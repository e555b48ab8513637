/**
 * A maintenance that is planned: for one node or for several, one after the other, within a window of time. What comes next is
 * decided here, from the states and the time alone; the worker asks again and again and does it.
 */
import { refuse, type Refusal } from "../outcome";
import type { NodeStatus } from "./status";

/** `open`: something may still come of it. */
export const PLAN_STATES = {
  planned: { label: "Planned", open: true },
  running: { label: "Running", open: true },
  stopped: { label: "Stopped", open: true },
  done: { label: "Done", open: false },
  cancelled: { label: "Cancelled", open: false },
} as const satisfies Record<string, { label: string; open: boolean }>;
export type PlanState = keyof typeof PLAN_STATES;
// The keys of a constant object are exactly its own literal keys.
export const isPlanState = (text: string): text is PlanState => Object.hasOwn(PLAN_STATES, text);

/** What is done with a node, in the order of the work. */
const PHASES = ["draining", "rebooting", "inspecting", "activating"] as const;
export type Phase = (typeof PHASES)[number];
export const isPhase = (text: string | null): text is Phase => (PHASES as readonly (string | null)[]).includes(text);

export const PLAN_NODE_STATES = {
  waiting: { label: "Waiting" },
  draining: { label: "Draining" },
  rebooting: { label: "Restarting" },
  inspecting: { label: "Inspecting" },
  activating: { label: "Activating" },
  done: { label: "Done" },
  failed: { label: "Stopped here" },
  skipped: { label: "Skipped" },
  /** The plan was cancelled while it was out. */
  left: { label: "Left as it is" },
} as const satisfies Record<Phase, { label: string }> & Record<string, { label: string }>;
export type PlanNodeState = keyof typeof PLAN_NODE_STATES;
// The keys of a constant object are exactly its own literal keys.
export const isPlanNodeState = (text: string): text is PlanNodeState => Object.hasOwn(PLAN_NODE_STATES, text);

export type PlanTask = { reboot: boolean; activate: boolean };

/** A node that goes back to service is inspected by its activation; one that was restarted and stays out is inspected by itself. */
export const phasesOf = ({ reboot, activate }: PlanTask): Phase[] => [
  "draining",
  ...(reboot ? (["rebooting"] as const) : []),
  ...(activate ? (["activating"] as const) : reboot ? (["inspecting"] as const) : []),
];

const phaseAfter = (phase: Phase, task: PlanTask): Phase | null => phasesOf(task)[phasesOf(task).indexOf(phase) + 1] ?? null;

export type PlanFacts = PlanTask & { state: PlanState; windowFrom: Date; windowTo: Date | null };
/** `ended`: how the operation of its phase has ended; null while it runs, and where there is none. */
export type PlanNodeFacts = { name: string; state: PlanNodeState; ended: "well" | Refusal | null };

export type PlanStep =
  | { do: "wait" }
  /** The next node has its turn. */
  | { do: "begin"; position: number }
  | { do: "enter"; position: number; phase: Phase }
  | { do: "end-node"; position: number }
  /** `position` null: not because of a node. */
  | { do: "stop"; position: number | null; refusal: Refusal }
  | { do: "end" };

/**
 * What comes next for a plan whose nodes stand in their order. One node at a time: while one is out nothing else is begun. The
 * window is asked when a node would be begun; one that is out is brought to its end after it as well.
 */
export function planStep(plan: PlanFacts, nodes: readonly PlanNodeFacts[], now: Date): PlanStep {
  if (plan.state !== "planned" && plan.state !== "running") return { do: "wait" };
  for (const [position, { state, ended }] of nodes.entries()) if (isPhase(state)) return outStep(plan, position, state, ended);
  const waiting = nodes.filter(({ state }) => state === "waiting");
  const [next] = waiting;
  if (!next) return { do: "end" };
  if (now < plan.windowFrom) return { do: "wait" };
  if (plan.windowTo && now >= plan.windowTo) return { do: "stop", position: null, refusal: windowOver(waiting.map(({ name }) => name)) };
  return { do: "begin", position: nodes.indexOf(next) };
}

function outStep(plan: PlanTask, position: number, phase: Phase, ended: PlanNodeFacts["ended"]): PlanStep {
  if (ended === null) return { do: "wait" };
  if (ended !== "well") return { do: "stop", position, refusal: ended };
  const next = phaseAfter(phase, plan);
  return next ? { do: "enter", position, phase: next } : { do: "end-node", position };
}

export const WINDOW_OVER = "window-over";

const windowOver = (names: readonly string[]): Refusal => {
  const more = names.length > 1 ? ` and ${names.length - 1} more were` : " was";
  return refuse(WINDOW_OVER, `The window is over; ${names[0] ?? "the last node"}${more} not begun.`, {
    hint: "Go on with a later end, or cancel the plan.",
  });
};

/**
 * Where a node is taken up that the plan has had in hand before and that stopped it. An administrator may have helped it on meanwhile.
 * @param phase where it stopped; null: it was not begun
 */
export function takeUp(phase: Phase | null, status: NodeStatus, task: PlanTask): Phase | "continue" | "end-node" {
  if (phase === null) return "draining";
  if (status === "EnteringMaintenance") return "continue";
  if (status === "InMaintenance") return phase === "draining" ? (phaseAfter("draining", task) ?? "end-node") : phase;
  return phase !== "draining" && status === "Active" ? "end-node" : "draining";
}

/** What a moment may mend: an operation that ends, a node that has just come back and has not been measured yet. */
const PASSING = ["busy", "preflight-workload", "preflight-memory", "preflight-together", "preflight-idle", "no-other-active"];
const PATIENCE_MS = 60_000;

/** Whether a node that is refused now is asked again before the plan stops at it. `since`: when it was refused first. */
export const maybePassing = ({ code }: Refusal, since: Date | null, now: Date): boolean =>
  PASSING.includes(code) && now.getTime() - (since ?? now).getTime() < PATIENCE_MS;

export const PLAN_NODES_MAX = 64;
const FAR_MS = 366 * 24 * 3_600_000;

/** What is wrong with a window, or null. Without a beginning it begins now, without an end it stays open. */
export function windowRefusal({ from, to }: { from: Date | null; to: Date | null }, now: Date): Refusal | null {
  const begin = from ?? now;
  if (begin.getTime() - now.getTime() > FAR_MS) return refuse("bad-window", "A plan begins within a year.", { field: "from" });
  if (to && to <= now) return refuse("bad-window", "This moment has passed. Choose a later end.", { field: "to" });
  if (to && to <= begin) return refuse("bad-window", "The end has to be after the beginning.", { field: "to" });
  return null;
}
