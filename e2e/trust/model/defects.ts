/** The regions that are searched, and the defects that the search must find: each takes safeguards away. */
import type { INVARIANTS } from "./invariants";
import type { Safeguard } from "./safeguards";
import { region, type Budget, type State } from "./state";

/** Two drains that need the same memory. */
const workers = (left: Partial<Budget>): State =>
  region(
    [
      ["control-1", "Control", "Active", 6],
      ["worker-1", "Worker", "Active", 8],
      ["worker-2", "Worker", "Active", 8],
    ],
    [
      ["a", 4, 1],
      ["b", 4, 2],
    ],
    left,
  );

/** Two Control nodes, of which one must stay. */
const controls = (left: Partial<Budget>): State =>
  region(
    [
      ["control-1", "Control", "Active", 8],
      ["control-2", "Control", "Active", 8],
      ["worker-1", "Worker", "Active", 8],
    ],
    [["a", 4, 2]],
    left,
  );

/** One that is still to join. */
const joining = (left: Partial<Budget>): State =>
  region(
    [
      ["control-1", "Control", "Active", 8],
      ["worker-1", "Worker", "Active", 8],
      ["worker-2", "Worker", "Candidate", 8],
    ],
    [["a", 4, 1]],
    left,
  );

export type Search = { title: string; first: State };
const of = (name: string, first: (left: Partial<Budget>) => State, left: Partial<Budget>): Search => ({
  title: `${name}: ${Object.entries(left)
    .map(([what, count]) => `${count} ${what}`)
    .join(", ")}`,
  first: first(left),
});

/** Searched to their end with every run of the tests. */
export const SMALL: readonly Search[] = [
  of("two workers", workers, { commands: 1, cuts: 1, deaths: 1 }),
  of("two workers", workers, { commands: 1, crashes: 1, deadlines: 1 }),
  of("two workers", workers, { commands: 1, forces: 1 }),
  of("two workers", workers, { commands: 1, losses: 1, fences: 1 }),
  of("two workers", workers, { commands: 1, pauses: 1, cuts: 1 }),
  of("two controls", controls, { commands: 2 }),
  of("a join", joining, { commands: 2, deadlines: 1, stale: 1 }),
];

/** Searched by `npm run model`. */
export const WIDE: readonly Search[] = [
  of("two workers", workers, { commands: 2, crashes: 1 }),
  of("two workers", workers, { commands: 2, deadlines: 1 }),
  of("two workers", workers, { commands: 2, cuts: 2 }),
  of("two workers", workers, { commands: 2, losses: 1 }),
  of("two workers", workers, { commands: 2, forces: 1 }),
  of("two workers", workers, { commands: 2, pauses: 1 }),
  of("two workers", workers, { commands: 3 }),
  of("two controls", controls, { commands: 3, stale: 1, crashes: 1, forces: 1 }),
];

export type Defect = { without: readonly Safeguard[]; breaks: keyof typeof INVARIANTS; first: State };
const planted = (breaks: Defect["breaks"], first: State, ...without: Safeguard[]): Defect => ({ without, breaks, first });

export const DEFECTS: readonly Defect[] = [
  planted("I6", controls({ commands: 2 }), "regionLock"),
  planted("V", joining({ commands: 2, stale: 1 }), "version"),
  planted("I10", workers({ commands: 1, pauses: 1 }), "attempt"),
  planted("I11", controls({ commands: 1, crashes: 1 }), "lookFirst"),
  planted("I5", workers({ commands: 2 }), "promises"),
  planted("I5", workers({ commands: 2 }), "cancelledMoves"),
  planted("I8", workers({ forces: 1 }), "timer"),
  planted("I8", workers({ forces: 1 }), "sameAdmin"),
  planted("I8", workers({ commands: 1, forces: 1 }), "boundToVersion"),
  planted("I4", workers({ commands: 1, forces: 1 }), "endRunning"),
  planted("I2", controls({ commands: 2 }), "drainedSeen"),
  planted("L", workers({ commands: 1, deaths: 1 }), "movedSeen"),
  planted("I2", controls({ commands: 2 }), "arrivals"),
  planted("I2", controls({ commands: 2 }), "activeTarget"),
  planted("I12", workers({ commands: 1, deadlines: 1 }), "standing"),
  planted("I12", joining({ commands: 1, deadlines: 1 }), "deadlines"),
  planted("A", controls({ commands: 1, deaths: 1 }), "table"),
  planted("F", workers({ losses: 1, fences: 1 }), "evidence"),
];

/** Each has another safeguard behind it: without it alone, nothing goes wrong in these. */
export const MASKED: readonly Omit<Defect, "breaks">[] = [
  // A force changes the node, to whose version its confirmation is bound.
  { without: ["usedUp"], first: workers({ commands: 1, forces: 1 }) },
  // An older attempt would have to find its VM standing still: the successor has moved it, or waits for it.
  { without: ["machineFence"], first: workers({ commands: 1, pauses: 1, cuts: 1 }) },
];

/** Deeper ones, for `npm run model`. */
export const DEEP_DEFECTS: readonly Defect[] = [
  planted("I5", workers({ commands: 2 }), "ownMoved"),
  planted("I5", workers({ commands: 3 }), "wayBack"),
  planted("I5", workers({ commands: 2, cuts: 2 }), "unknownStays"),
  planted("L", workers({ commands: 2, pauses: 1 }), "lookEverywhere"),
  planted("I5", workers({ commands: 2, deadlines: 1 }), "leftovers"),
  planted("I5", workers({ commands: 2, losses: 1 }), "stopAgain"),
  planted("I5", workers({ commands: 2, forces: 1 }), "cutOffSeen"),
  planted("I1", workers({ commands: 1, forces: 1, losses: 1 }), "removeLooks"),
];
