import { transition, type Transition, type Trigger } from "../../domain/lifecycle";
import type { NodeStatus } from "../../domain/status";

/** The edge that a guard has just allowed; a table without it is a fault of ours, not an answer for the administrator. */
export function requireTransition(from: NodeStatus, trigger: Trigger): Transition {
  const edge = transition(from, trigger);
  if (!edge) throw new Error(`The lifecycle has no edge "${trigger}" from ${from}.`);
  return edge;
}
