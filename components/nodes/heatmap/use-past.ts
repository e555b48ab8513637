import { useEffect, useRef, useState } from "react";
import { replaceAddress, withQuery } from "@/components/shell/address";
import { PAST_STEP_SECONDS, PAST_STEPS, readPast, rowsAt, type Past, type PastDay } from "@/lib/domain/past";
import { PAST_PARAMETER, type PastMoment } from "../past-moment";

const MS = 1000;
const STEP_MS = PAST_STEP_SECONDS * MS;
/** Browsers allow about three changes of the address a second, and a drag makes sixty. */
const SETTLED_MS = 250;

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

/** What a step's rows say was so at its end. */
const endOf = ({ from }: Past, step: number): number => from * MS + (step + 1) * STEP_MS;

/** A day of the region, read when it is first asked for and again with every step that ends. `at` is the moment that `onPast` was told last. */
export function usePast(at: number | null, onPast: (past: PastMoment | null) => void): Travel {
  const [day, setDay] = useState<Past | null>(null);
  const [state, setState] = useState<Travel["state"]>("off");
  const shown = useRef({ at, gone: false });
  useEffect(() => void (shown.current.at = at), [at]);
  const show = (read: Past, moment: number | null) => {
    const step = moment === null ? PAST_STEPS : stepOf(read, moment);
    onPast(step < PAST_STEPS ? { at: endOf(read, step), rowsOf: (all) => rowsAt(all, read, step) } : null);
  };
  const read = async (moment: number | null) => {
    setState("reading");
    const found = await fetchPast();
    if (shown.current.gone) return;
    setDay(found);
    setState(found ? "on" : "unread");
    if (found) show(found, moment);
  };
  useEffect(() => {
    const kept = shown.current;
    kept.gone = false;
    const asked = Date.parse(new URLSearchParams(location.search).get(PAST_PARAMETER) ?? "");
    if (!Number.isNaN(asked)) void read(asked);
    return () => {
      kept.gone = true;
      onPast(null);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- once: from then on the address follows
  }, []);
  useEffect(() => {
    if (state !== "on") return;
    const again = async () => {
      const found = await fetchPast();
      // What could not be read anew stays as old as it says it is. The moment stays, though the day begins later.
      if (!found || shown.current.gone) return;
      setDay(found);
      show(found, shown.current.at);
    };
    const timer = setInterval(() => void again(), STEP_MS);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- `show` hangs on what never changes
  }, [state]);
  useAddress(state === "on" || state === "off" ? at : undefined);
  return {
    state,
    step: day && at !== null ? stepOf(day, at) : PAST_STEPS,
    at,
    open: () => void read(null),
    close: () => {
      setState("off");
      onPast(null);
    },
    goTo: (to) => day && show(day, to < PAST_STEPS ? endOf(day, to) : null),
  };
}

const stepOf = (past: Past, at: number): number => Math.min(PAST_STEPS, Math.max(0, Math.round((at - endOf(past, 0)) / STEP_MS)));

/** Keeps the moment in the address, and takes it away with the heatmap; undefined: not yet. */
function useAddress(at: number | null | undefined): void {
  const began = useRef(false);
  useEffect(() => {
    if (at === undefined || (at === null && !began.current)) return;
    began.current = true;
    const timer = setTimeout(() => write(at), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [at]);
  useEffect(() => () => write(null), []);
}

function write(at: number | null): void {
  const search = new URLSearchParams(location.search);
  if (at === null && !search.has(PAST_PARAMETER)) return;
  if (at === null) search.delete(PAST_PARAMETER);
  else search.set(PAST_PARAMETER, new Date(at).toISOString());
  replaceAddress(withQuery(search));
}

async function fetchPast(): Promise<Past | null> {
  try {
    const answer = await fetch("/api/v1/past");
    return answer.ok ? readPast((await answer.json()) as PastDay) : null; // our own server's answer, see the route
  } catch {
    return null; // the button says that it could not be read
  }
}
