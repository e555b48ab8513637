/** A list that is being read must not move: its order stands still while it is pointed at, and says how much waits. */

/** What waits: rows that came, rows that went, and rows that belong elsewhere by now. */
export type WaitingChanges = { added: number; removed: number; moved: number };

/**
 * How the order that is shown differs from the one that holds. `moved` is the least number of rows that must change their place:
 * what came or went moves nobody. O(n log n).
 */
export function waitingChanges(shown: readonly string[], wanted: readonly string[]): WaitingChanges {
  const places = new Map(wanted.map((id, index) => [id, index]));
  const kept = shown.flatMap((id) => places.get(id) ?? []);
  return { added: wanted.length - kept.length, removed: shown.length - kept.length, moved: kept.length - longestRise(kept) };
}

/** Length of the longest strictly rising subsequence: the rows that may stay where they are. Patience sorting. */
function longestRise(values: readonly number[]): number {
  const piles: number[] = [];
  for (const value of values) {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    piles[low] = value;
  }
  return piles.length;
}
