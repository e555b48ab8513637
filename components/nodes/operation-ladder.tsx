import type { ReactNode } from "react";
import { Ladder, type Rung, type RungState } from "@/components/ui/ladder";
import type { OperationView, StepView } from "@/lib/services/operations/read";

const STATES: Record<StepView["state"], RungState> = {
  waiting: "pending",
  running: "running",
  ok: "ok",
  warning: "warning",
  failed: "failed",
};

/** What stands under a step, and whether the step waits for a person because of it. */
type Below = { content: ReactNode; waits: boolean };

/** The steps of operations, one after the other, as rungs. */
export const rungsOf = (operation: OperationView | null, below: Record<string, Below> = {}): Rung[] =>
  (operation?.steps ?? []).map(({ name, label, state, detail, ms }) => ({
    id: `${operation?.kind} ${name}`,
    label,
    state: below[name]?.waits && state === "ok" ? "question" : STATES[state],
    detail,
    ...(ms === null ? {} : { milliseconds: ms }),
    content: below[name]?.content,
  }));

export function OperationLadder({ label, rungs }: { label: string; rungs: readonly Rung[] }) {
  return rungs.length ? <Ladder label={label} rungs={rungs} /> : null;
}
