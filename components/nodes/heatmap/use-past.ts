import { useMemo, useState } from "react";
import { PAST_STEP_SECONDS, PAST_STEPS, readPast, rowsAt, type Past, type PastDay } from "@/lib/domain/past";
import type { NodeRow } from "@/lib/services/nodes/read";

const MS = 1000;

export type Travel = {
  state: "off" | "reading" | "unread" | "on";
  /** From 0, a day ago, to PAST_STEPS, which is now. */
  step: number;
  /** The moment that is shown, ms since 1970; null: now. */
  at: number | null;
  open: () => void;
  close: () => void;
  goTo: (step: number) => void;
};

/** A day of the region, read when it is first asked for; and the rows as they were in the step that is chosen. */
export function usePast(rows: readonly NodeRow[]): { rows: readonly NodeRow[]; travel: Travel } {
  const [past, setPast] = useState<Past | null>(null);
  const [state, setState] = useState<Travel["state"]>("off");
  const [step, goTo] = useState(PAST_STEPS);
  const travelled = state === "on" && past !== null && step < PAST_STEPS;
  const shown = useMemo(() => (travelled ? rowsAt(rows, past, step) : rows), [travelled, rows, past, step]);
  const open = () => {
    setState("reading");
    void fetchPast().then((read) => {
      setPast(read);
      setState(read ? "on" : "unread");
    });
  };
  const close = () => {
    setState("off");
    goTo(PAST_STEPS);
  };
  const at = travelled ? (past.from + (step + 1) * PAST_STEP_SECONDS) * MS : null;
  return { rows: shown, travel: { state, step, at, open, close, goTo } };
}

async function fetchPast(): Promise<Past | null> {
  const answer = await fetch("/api/v1/past").catch(() => null);
  return answer?.ok ? readPast((await answer.json()) as PastDay) : null; // our own server's answer, see the route
}
