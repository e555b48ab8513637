/** Fencing, as every page says it of a node or of the region. */
export const FENCING_NOTES = {
  pending: "Fencing is pending since",
  notBack: "It answers again and is not taken back yet, since",
  answersAgain: "It answers again since",
  answersHint: "A Failed node is not taken back by itself: put it into maintenance, look at it, then activate.",
} as const;

export const ISOLATED = { title: "The console is isolated", hint: "Check the network of the machine that Regent runs on." } as const;
