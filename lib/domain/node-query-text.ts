/** The outer grammar of the filter language: conditions joined by the word "and", and quotation marks that may hold anything. */

/** One condition and where it stands. `from` and `to` reach over the white space around it, up to the words "and". */
export type Segment = { from: number; to: number; start: number; end: number; text: string };

/** `missing`: what would close its quotation marks, where they are not. */
type Word = { start: number; end: number; text: string; missing: string };

const SPACE = /\s/;

/** Words between white space. A quoted run belongs to its word; one that is not closed reaches to the end. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  let open = false;
  let missing = "";
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at];
    if (character === undefined || (!open && SPACE.test(character))) {
      if (start >= 0) words.push({ start, end: at, text: text.slice(start, at), missing: open ? `${missing}"` : "" });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (open && character === "\\") {
      // At the very end it would take the mark that closes.
      if (at + 1 === text.length) missing = "\\";
      else at += 1;
    } else if (character === '"') open = !open;
  }
  return words;
}

/** Between any two words "and" stands one segment, which may be empty. There is always at least one. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  let inside: Word[] = [];
  const close = (to: number) => {
    const [first, last] = [inside[0], inside.at(-1)];
    const [start, end] = first && last ? [first.start, last.end] : [to, to];
    segments.push({ from, to, start, end, text: text.slice(start, end) + (last?.missing ?? "") });
    inside = [];
  };
  for (const word of wordsOf(text)) {
    if (word.text.toLowerCase() !== "and") {
      inside.push(word);
      continue;
    }
    close(word.start);
    from = word.end;
  }
  close(text.length);
  return segments;
}

/** Without quotation marks; inside them a backslash keeps the next character as it is. */
export function unquoted(text: string): string {
  let value = "";
  let open = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (open && character === "\\" && at + 1 < text.length) value += text[(at += 1)];
    else if (character === '"') open = !open;
    else value += character;
  }
  return value;
}

/** In quotation marks when it must be, or when `always`. */
export const quoted = (value: string, always = false): string =>
  always || value === "" || /[\s"]/.test(value) || /^(?:and|not)$/i.test(value) ? `"${value.replace(/[\\"]/g, "\\$&")}"` : value;
