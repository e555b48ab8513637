import type { NodeRow } from "@/lib/services/nodes/read";

/** A moment that is over, ms since 1970, and how the nodes that are there now were then. */
export type PastMoment = { at: number; rowsOf: (all: readonly NodeRow[]) => readonly NodeRow[] };

/** In the address beside what the list has there: a view that is saved, and a wall, show what is now. */
export const PAST_PARAMETER = "at";
