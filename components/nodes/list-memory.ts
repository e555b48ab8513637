/** The list a person came from, as the Nodes page leaves it in the tab's own storage: its address and its order. */
export const LIST_KEY = "regent:list";

/** `search` as it stood in the address, `ids` in the order that was shown, at most 10,000. */
export type ListMemory = { search: string; ids: string[] };

/** What is stored, if it is a list that was left by the Nodes page. */
export function parseList(stored: string | null): ListMemory | null {
  try {
    const { search, ids } = JSON.parse(stored ?? "null") as Partial<ListMemory>; // checked below
    if (typeof search !== "string" || !Array.isArray(ids) || !ids.every((id) => typeof id === "string")) return null;
    return { search: search && !search.startsWith("?") ? `?${search}` : search, ids };
  } catch {
    return null;
  }
}

const NEAREST = 10;

/** The ids on both sides of a node, nearest first; null when the list does not have it. */
export function beside(list: ListMemory | null, id: string): { before: string[]; after: string[] } | null {
  const at = list?.ids.indexOf(id) ?? -1;
  if (!list || at < 0) return null;
  return { before: list.ids.slice(Math.max(0, at - NEAREST), at).toReversed(), after: list.ids.slice(at + 1, at + 1 + NEAREST) };
}
