import type { ReactNode } from "react";
import { Ladder, type Rung, type RungState } from "@/components/ui/ladder";
import type { OperationView, StepView } from "@/lib/services/operations/read";

const STATES: Record<StepView["state"], RungState> = { waiting: "pending", running: "running", ok: "ok", warning: "warning", failed: "failed" };

/** The steps of operations, one after the other, as rungs. `below` adds content under the step of that name. */
export const rungsOf = (operation: OperationView | null, below: Record<string, ReactNode> = {}): Rung[] =>
  (operation?.steps ?? []).map(({ name, label, state, detail, ms }) => ({
    id: `${operation?.kind} ${name}`,
    label,
    state: below[name] && state === "ok" ? "question" : STATES[state],
    detail,
    ...(ms === null ? {} : { milliseconds: ms }),
    content: below[name],
  }));

export function OperationLadder({ label, rungs }: { label: string; rungs: readonly Rung[] }) {
  return rungs.length ? <Ladder label={label} rungs={rungs} /> : null;
}
