/** The free words of the filter: found in name, IP, MAC and tags, in any case, and a MAC in any notation. */
import type { RowFacts } from "./row-facts";

/** What is searched in a row. Rows that do not change keep their identity, so it is put together once for each. */
type Searched = { words: string; macs: string };
const searched = new WeakMap<RowFacts, Searched>();

/** Stands between what is searched, so that nothing is found across two of them. */
const BETWEEN = "\n";

function searchedIn(row: RowFacts): Searched {
  const known = searched.get(row);
  if (known) return known;
  const macs = row.macs.join(BETWEEN).toLowerCase();
  const words = [row.name, row.ip, ...row.tags, macs].join(BETWEEN).toLowerCase();
  const made = { words, macs: macs.replaceAll(":", "") };
  searched.set(row, made);
  return made;
}

export function searchText(text: string): (row: RowFacts) => boolean {
  const wanted = text.toLowerCase();
  const mac = macFragment(wanted.trim());
  return (row) => {
    const { words, macs } = searchedIn(row);
    return words.includes(wanted) || (mac !== null && (mac.aligned ? words : macs).includes(mac.text));
  };
}

/** Bytes with colons or hyphens, groups of four with dots, or four digits and more without anything. */
const PAIRS = /^[0-9a-f]{0,2}(?:[:-][0-9a-f]{2})*[:-][0-9a-f]{0,2}$/;
const QUADS = /^[0-9a-f]{0,4}(?:\.[0-9a-f]{4})*\.[0-9a-f]{0,4}$/;
const BARE = /^[0-9a-f]{4,12}$/;
const LONGEST = 17;

/** A part of a MAC address as it is searched, or null when the text is none. `aligned`: with colons, as the rows have it. */
export function macFragment(text: string): { text: string; aligned: boolean } | null {
  const typed = text.toLowerCase();
  const digits = typed.replace(/[:.-]/g, "");
  if (typed.length > LONGEST || digits.length < 3) return null;
  if (PAIRS.test(typed)) return { text: typed.replaceAll("-", ":"), aligned: true };
  // An IP address has dots too, but never groups of four.
  return BARE.test(typed) || (QUADS.test(typed) && digits.length >= 4 && /[0-9a-f]{4}/.test(typed))
    ? { text: digits, aligned: false }
    : null;
}
