/** What must hold in every state, and of every move. The names are those of the trust board. */
import { edges, transition } from "@/lib/domain/lifecycle";
import { NODE_STATUSES } from "@/lib/domain/status";
import type { Move } from "./moves";
import { has, listed, NONE, sizeOf, type Node, type State } from "./state";

export const INVARIANTS = {
  I1: "Out comes from In maintenance, and nothing runs on it",
  I2: "In maintenance runs no VM, unless it was forced",
  I3: "Only edges of the lifecycle",
  I4: "At most one active operation on a node",
  I5: "What was given and promised on a node fits into its memory",
  I6: "No command leaves the region without an Active node or its Control majority",
  I8: "A force only after its timer, by who asked, on the node as it was seen, once",
  I10: "No commit under an older attempt",
  I11: "No effect twice",
  I12: "Who is on the way has an owner, a deadline that somebody ends, or a reason that waits for a person",
  A: "Nothing by itself leaves In maintenance",
  F: "Nothing runs on a fenced node",
  L: "A VM that is written off runs nowhere",
  V: "No command on a view that is no longer true",
  W: "From everywhere a state without work under way can be reached",
} as const;

/** The first rule that this move broke, or that does not hold where it led; null: none. */
export const brokenBy = (from: State, move: Move): string | null => move.broke ?? edgeBroken(from, move) ?? brokenIn(move.next);

const LEGAL = new Set(edges().map(({ from, to }) => `${from}>${to}`));

function edgeBroken(before: State, { next, by }: Move): string | null {
  for (const [index, { status: from, op }] of before.nodes.entries()) {
    const to = next.nodes[index]?.status ?? from;
    if (from === to) continue;
    // The worker that brings it back, or removes it, does what an administrator asked for.
    if (from === "InMaintenance" && by !== "administrator" && op?.kind !== "activate" && op?.kind !== "remove") return "A";
    if (!LEGAL.has(`${from}>${to}`)) return "I3";
    if (to === "Out" && from !== "InMaintenance") return "I1";
  }
  return null;
}

function brokenIn(state: State): string | null {
  for (const [index, node] of state.nodes.entries()) {
    const runs = state.vms.some(({ at }) => at === index);
    if (node.status === "Out" && runs) return "I1";
    if (node.status === "InMaintenance" && !node.forced && runs) return "I2";
    if (node.status === "Fenced" && runs) return "F";
    if (sizeOf(state, spentOn(state, index)) > node.memory) return "I5";
    if (!owned(node)) return "I12";
  }
  return state.vms.some(({ at, line }) => line?.state === "lost" && at !== NONE) ? "L" : null;
}

/** Each VM once: it runs there, is being copied there, or a plan that stands sends it there. */
const spentOn = (state: State, index: number): number =>
  state.vms.reduce(
    (bits, { line }, vm) => {
      const sent =
        line?.target === index && (line.state === "waiting" || line.state === "moving") && state.nodes[line.home]?.cameFrom !== null;
      return sent && !has(bits, vm) ? bits | (1 << vm) : bits;
    },
    listed(state, index),
  );

const owned = ({ status, op, clock, stands }: Node): boolean =>
  NODE_STATUSES[status].class !== "transitional" || op !== null || stands || (clock && transition(status, "deadline") !== null);

/** Where the region may rest: nothing is under way and nobody is on the way. */
export const rests = ({ nodes, decided }: State): boolean =>
  !decided && nodes.every(({ status, op }) => op === null && NODE_STATUSES[status].class !== "transitional");
