/** What a move is, and the few changes that many moves make, always by the lifecycle's own table. */
import { deadlineFor, transition, type TransitionFacts, type Trigger } from "@/lib/domain/lifecycle";
import type { OperationKind } from "@/lib/domain/operations";
import { SETTINGS } from "./facts";
import type { Without } from "./safeguards";
import { copy, has, nodeAt, NONE, vmAt, type State } from "./state";

export type Move = {
  /** Who did what, as a sentence. */
  say: string;
  next: State;
  /** Whether what left a status did so by itself. */
  by: "administrator" | "system" | "deadline" | "world";
  /** A rule that the move itself broke, by its number in the list of invariants. */
  broke?: string;
};
export type Moves = (state: State, without: Without) => Move[];

/** A move that changes a copy; what `change` answers was broken. */
export function made(state: State, by: Move["by"], say: string, change: (next: State) => string | void): Move {
  const next = copy(state);
  const broke = change(next);
  return { say, next, by, ...(broke ? { broke } : {}) };
}

/** Moves a node along the table's edge, as moveNode does; false: there is none. */
export function go(state: State, index: number, trigger: Trigger, facts: TransitionFacts = {}): boolean {
  const node = nodeAt(state, index);
  const edge = transition(node.status, trigger, facts);
  if (!edge?.to) return false;
  node.status = edge.to;
  node.clock = deadlineFor(edge.to, SETTINGS) !== null;
  node.stands = false;
  changed(state, index);
  return true;
}

/** Whoever looks at the node sees an older version from now on. */
export function changed(state: State, index: number): void {
  if (state.dialog?.node === index) state.dialog.stale = true;
  if (state.challenge?.node === index) state.challenge.stale = true;
}

/** Where each kind begins; steps that only look, and that change nothing which the search knows, are left out. */
export const STEPS: Partial<Record<OperationKind, readonly string[]>> = {
  join: ["inspect", "services", "activate"],
  maintenance: ["look", "move", "verify"],
  cancelMaintenance: ["stop", "look"],
  forceMaintenance: ["stop", "record"],
  activate: ["inspect", "activate", "move"],
  moveBack: ["move"],
  remove: ["look", "record"],
};

/** A second one on a node breaks I4, which PostgreSQL refuses as well. */
export function start(state: State, index: number, kind: OperationKind): string | void {
  const node = nodeAt(state, index);
  if (node.op) return "I4";
  node.op = { kind, step: STEPS[kind]?.[0] ?? "", memo: NONE, vm: NONE, tries: 0, over: 0 };
}

/** The step has ended: the next one, or the end of the operation. */
export function stepOver(state: State, index: number): void {
  const { op } = nodeAt(state, index);
  if (!op) return;
  const steps = STEPS[op.kind] ?? [];
  const next = steps[steps.indexOf(op.step) + 1];
  Object.assign(op, { memo: NONE, vm: NONE, tries: 0, over: 0 });
  if (next) op.step = next;
  else endOperation(state, index);
}

/** Whoever still works on it has an older attempt from now on. */
export function endOperation(state: State, index: number): void {
  nodeAt(state, index).op = null;
  if (state.ghost?.node === index) state.ghost.current = false;
}

const joinedBy = (kind: OperationKind): boolean => ["join", "accept", "activate"].includes(kind);

/** As failOperation: what is on its way into service fails, a drain stands still and says why. */
export function fail(state: State, index: number, without: Without, by: "error" | "deadline" = "error"): void {
  const node = nodeAt(state, index);
  const kind = node.op?.kind;
  endOperation(state, index);
  if (!kind) return;
  if (joinedBy(kind)) {
    if (without.has("deadlines")) node.clock = false;
    else go(state, index, by);
  }
  if (kind === "maintenance" && node.status === "EnteringMaintenance" && !without.has("standing")) {
    Object.assign(node, { clock: false, stands: true });
    changed(state, index);
  }
}

/** Its rows stay as they are; what was waiting is not waited for any more. */
export function endStay(state: State, index: number): void {
  Object.assign(nodeAt(state, index), { cameFrom: null, forced: false });
  for (const [vm, { line }] of state.vms.entries()) {
    if (line?.home !== index) continue;
    if (line.state === "waiting" || line.state === "failed") line.state = "gone";
    if (line.state === "moving") Object.assign(line, { state: "adrift", unseen: !has(nodeAt(state, line.target).known, vm) });
  }
}

/** A VM has one row here, that of whoever has it in hand; one that left since the last survey, or is still arriving, gets none. */
export function planned(state: State, vm: number, home: number, target: number): void {
  const machine = vmAt(state, vm);
  const { line } = machine;
  const inHand = line && line.home !== home && (line.state === "moving" || line.state === "returning") && nodeAt(state, line.home).op;
  if (machine.at === home && !inHand) machine.line = { home, target, state: "waiting", unseen: false };
}
