/** Every key of the console, once: the handler acts by this table and the sheet shows it. */

/** What a key asks of whoever owns it on the page; told on `window`, because the filter, the drawer and the list are not the frame's. */
export type ShortcutCall = "filter" | "operations" | "previous" | "next" | "palette" | "sheet";

export type Shortcut = {
  /** One key, or a sequence of two, as `KeyboardEvent.key` names them. */
  keys: readonly string[];
  what: string;
  /** null: whoever has the focus handles it, here it is only listed. */
  does: { call: ShortcutCall } | { go: string } | null;
};

const EVERYWHERE: readonly Shortcut[] = [
  { keys: ["/"], what: "Filter the list", does: { call: "filter" } },
  { keys: ["g", "n"], what: "Go to Nodes", does: { go: "/nodes" } },
  { keys: ["g", "a"], what: "Go to Alarms", does: { go: "/alarms" } },
  { keys: ["g", "e"], what: "Go to Events", does: { go: "/events" } },
  { keys: ["g", "s"], what: "Go to Settings", does: { go: "/settings/appearance" } },
  { keys: ["o"], what: "Open the operations drawer", does: { call: "operations" } },
  { keys: ["["], what: "Previous node", does: { call: "previous" } },
  { keys: ["]"], what: "Next node", does: { call: "next" } },
  { keys: ["?"], what: "Show this sheet", does: { call: "sheet" } },
];

const listed = (what: string, ...keys: string[]): Shortcut => ({ keys, what, does: null });

/** Several keys of one row that are no sequence are alternatives. */
const GRID: readonly Shortcut[] = [
  listed("Move", "↑", "↓", "←", "→"),
  listed("First or last column", "Home", "End"),
  listed("First or last row", "Ctrl Home", "Ctrl End"),
  listed("A page up or down", "Page Up", "Page Down"),
  listed("Open the node", "Enter"),
  listed("Select the node", "Space"),
  listed("Menu of the row", ".", "Shift F10"),
  listed("Clear the selection", "Esc"),
];

export const SHORTCUTS = {
  single: { title: "Anywhere, with single keys", rows: EVERYWHERE },
  grid: { title: "In the list of nodes", rows: GRID },
} as const;

/** Longer than this apart, two keys are no sequence. */
export const SEQUENCE_MS = 1000;

export type Pending = { key: string; at: number } | null;

/**
 * What a key means after the one before it, at a time in ms. A first key of a sequence waits for the second; a second that
 * belongs to no sequence counts as a key of its own.
 */
export function press(pending: Pending, key: string, at: number): { found: Shortcut | null; pending: Pending } {
  if (pending && at - pending.at <= SEQUENCE_MS) {
    const found = EVERYWHERE.find(({ keys }) => keys.length === 2 && keys[0] === pending.key && keys[1] === key);
    if (found) return { found, pending: null };
  }
  const found = EVERYWHERE.find(({ keys }) => keys.length === 1 && keys[0] === key) ?? null;
  const begins = EVERYWHERE.some(({ keys }) => keys.length === 2 && keys[0] === key);
  return { found, pending: begins ? { key, at } : null };
}

const EVENT = "regent:shortcut";

export const callShortcut = (detail: ShortcutCall): void => void window.dispatchEvent(new CustomEvent(EVENT, { detail }));

/** Runs `answer` for each call; returns how to stop. */
export function onShortcut(answer: (call: ShortcutCall) => void): () => void {
  const listen = (event: Event) => answer((event as CustomEvent<ShortcutCall>).detail); // nobody else uses this name
  window.addEventListener(EVENT, listen);
  return () => window.removeEventListener(EVENT, listen);
}
