/** What stands around every page. */
import { counted } from "./counted";

/** Preferences that could not be kept. */
export const PREFERENCES = {
  notSaved: "Your preferences could not be saved.",
  noAnswer: "Regent did not answer. They hold in this tab, and are sent again with the next change.",
} as const;

/** Across the page: what is shown is no longer kept true, and is of the time of day `when`. */
export const LIVE_AGE = (when: string): string => `What you see is from ${when}.`;

/** Why, by the state of the connection; `text` stands behind LIVE_AGE. */
export const LIVE_BANNER: Record<"signed-out" | "interrupted" | "updated", { title: string; text?: string; action?: string }> = {
  "signed-out": { title: "You are signed out.", action: "Sign in" },
  interrupted: { title: "The connection to Regent is interrupted." },
  updated: { title: "Regent was updated.", text: "It is loaded again when nobody works here.", action: "Reload" },
};

export const SIGN_OUT = {
  unreached: "You are still signed in: Regent did not answer. Check the connection and try again.",
} as const;

/** What the command palette says about itself. */
export const PALETTE = {
  label: "Search or jump to",
  results: "Results",
  prompt: "Name, IP, MAC address, tag, page or action",
  reading: "Reading this node…",
  searching: "Searching nodes…",
  failed: "Nodes could not be searched: Regent did not answer. Pages and actions are still here.",
  signedOut: "Nodes could not be searched: you are signed out.",
  nothing: (query: string) => `Nothing matches “${query}”.`,
  more: (count: number) => `The first ${count} nodes. Type more to narrow them down.`,
  found: (count: number): string => counted(count, "node"),
  notPossible: (label: string, reason: string) => `${label} is not possible. ${reason}`,
} as const;

export const OPERATIONS_DRAWER = {
  title: "Operations",
  /** Behind their number, for those who do not see the badge. */
  running: "running",
  close: "Close",
  show: "Show",
  filters: { all: "All", running: "Running", failed: "Failed", mine: "Mine" },
  empty: {
    all: "No operations yet. What is done to a machine shows here, and stays.",
    running: "No operation is running.",
    failed: "No operation has failed.",
    mine: "You have started no operation yet.",
  },
  older: "Show older operations",
  unread: "The operations could not be read. Check the connection to Regent; they are read again by themselves.",
  copy: "Copy as text",
} as const;
