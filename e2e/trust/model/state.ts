/** A small region at one moment: all that the search knows of it. Without counters, so that there are finitely many. */
import type { CommandName } from "@/lib/domain/lifecycle";
import type { OperationKind } from "@/lib/domain/operations";
import type { NodeRole } from "@/lib/domain/roles";
import type { NodeStatus } from "@/lib/domain/status";

/** Nowhere, no node, nothing read yet. */
export const NONE = -1;

/** An active operation. Some worker has it; what that one has read and not yet written is lost with him. */
export type Op = {
  kind: OperationKind;
  step: string;
  /** Of most steps a set of VMs as bits, of a move how far it is (see drain.ts); NONE: not begun. */
  memo: number;
  /** The VM under way. */
  vm: number;
  tries: number;
  /** The VMs that have had their turn, as bits. */
  over: number;
};

export type Node = {
  name: string;
  role: NodeRole;
  memory: number;
  status: NodeStatus;
  /** Where it was when its open maintenance began; null: none is open. */
  cameFrom: NodeStatus | null;
  forced: boolean;
  /** A deadline runs for its status. */
  clock: boolean;
  /** It says why it waits for a person. */
  stands: boolean;
  op: Op | null;
  answers: boolean;
  /** Its hypervisor does not answer. */
  silent: boolean;
  /** The VMs that the last survey saw, as bits. */
  known: number;
};

/** What a maintenance has written of a VM. `lost`: stopped, because it did not survive its move; `cut`: because its node was forced;
 * `adrift`: it was moving when its maintenance was cancelled. */
export type LineState = "waiting" | "moving" | "adrift" | "moved" | "failed" | "lost" | "cut" | "gone" | "returning" | "returned";
export type Line = {
  home: number;
  target: number;
  state: LineState;
  /** Arrived, and the target's survey has not seen it. */ unseen: boolean;
};
/** `flying`: to which node it is being copied while it runs where it is. */
export type Machine = { name: string; size: number; at: number; flying: number; line: Line | null };

/** A worker that was paused in the middle of a step, and whom everybody takes for dead. */
export type Ghost = {
  node: number;
  step: string;
  memo: number;
  vm: number;
  target: number;
  /** Its operation has not ended: somebody has it under a higher attempt. */
  current: boolean;
  /** The machine has seen that higher attempt. */
  barred: boolean;
};

export type Challenge = { admin: 1 | 2; node: number; phase: "armed" | "ripe" | "expired" | "used"; stale: boolean };
export type Dialog = { command: CommandName; node: number; stale: boolean };
/** A transaction that has decided and not committed: there is none while the region is locked. */
export type Decided = { command: CommandName; node: number; from: NodeStatus; plan: readonly (readonly [number, number])[] };

/** How often each may still happen: bounds the search. */
export type Budget = Record<
  "commands" | "stale" | "crashes" | "pauses" | "deadlines" | "cuts" | "losses" | "deaths" | "fences" | "forces",
  number
>;

export type State = {
  nodes: Node[];
  vms: Machine[];
  challenge: Challenge | null;
  dialog: Dialog | null;
  decided: Decided | null;
  ghost: Ghost | null;
  left: Budget;
};

export const copy = ({ nodes, vms, challenge, dialog, decided, ghost, left }: State): State => ({
  nodes: nodes.map((node) => ({ ...node, op: node.op && { ...node.op } })),
  vms: vms.map((vm) => ({ ...vm, line: vm.line && { ...vm.line } })),
  challenge: challenge && { ...challenge },
  dialog: dialog && { ...dialog },
  decided,
  ghost: ghost && { ...ghost },
  left: { ...left },
});

const flag = (is: boolean): string => (is ? "1" : "0");
const opText = (op: Op | null): string => (op ? `${op.kind}.${op.step}.${op.memo}.${op.vm}.${op.tries}.${op.over}` : "");
const lineText = (line: Line | null): string => (line ? `${line.home}.${line.target}.${line.state}${flag(line.unseen)}` : "");

/** Two states with the same text are the same state. Names, roles and sizes never change. */
export function textOf({ nodes, vms, challenge, dialog, decided, ghost, left }: State): string {
  let text = "";
  for (const { status, cameFrom, forced, clock, stands, op, answers, silent, known } of nodes)
    text += `${status},${cameFrom},${flag(forced)}${flag(clock)}${flag(stands)}${flag(answers)}${flag(silent)}${known},${opText(op)};`;
  for (const { at, flying, line } of vms) text += `${at},${flying},${lineText(line)};`;
  for (const part of [challenge, dialog, decided, ghost]) text += part ? `${JSON.stringify(part)};` : ";";
  for (const count of Object.values(left)) text += count;
  return text;
}

export const nodeAt = (state: State, index: number): Node => {
  const node = state.nodes[index];
  if (!node) throw new Error(`The region has no node ${index}.`);
  return node;
};
export const vmAt = (state: State, index: number): Machine => {
  const vm = state.vms[index];
  if (!vm) throw new Error(`The region has no VM ${index}.`);
  return vm;
};

/** The VMs on a node as its hypervisor lists them: one that is arriving is there already, paused. */
export const listed = ({ vms }: State, node: number): number =>
  vms.reduce((bits, { at, flying }, index) => (at === node || flying === node ? bits | (1 << index) : bits), 0);
export const has = (bits: number, index: number): boolean => (bits & (1 << index)) !== 0;
export const sizeOf = ({ vms }: State, bits: number): number =>
  vms.reduce((sum, { size }, index) => sum + (has(bits, index) ? size : 0), 0);

const BUDGET: Budget = { commands: 0, stale: 0, crashes: 0, pauses: 0, deadlines: 0, cuts: 0, losses: 0, deaths: 0, fences: 0, forces: 0 };

const node = (name: string, role: NodeRole, status: NodeStatus, memory: number): Node => ({
  name,
  role,
  memory,
  status,
  cameFrom: null,
  forced: false,
  clock: false,
  stands: false,
  op: null,
  answers: true,
  silent: false,
  known: 0,
});

/** VMs are [name, size, node]. */
export function region(
  nodes: readonly [string, NodeRole, NodeStatus, number][],
  vms: readonly [string, number, number][],
  left: Partial<Budget>,
): State {
  const state: State = {
    nodes: nodes.map((facts) => node(...facts)),
    vms: vms.map(([name, size, at]) => ({ name, size, at, flying: NONE, line: null })),
    challenge: null,
    dialog: null,
    decided: null,
    ghost: null,
    left: { ...BUDGET, ...left },
  };
  state.nodes.forEach((one, index) => void (one.known = listed(state, index)));
  return state;
}
