/** A table as people paste it from a file, a spreadsheet or a mail: separated by comma, semicolon or tab, with quotes where wanted. */
const BYTE_ORDER_MARK = /^\uFEFF/;
const LINE_BREAK = /\r\n|\n|\r/;
const QUOTED = /"[^"]*"/g;

/** `cells` is null where a quote is not closed on its line. Lines count from 1, as an editor counts them. */
export type PastedLine = { line: number; cells: string[] | null };

/** The lines that say something: neither blank, nor separators alone, nor a comment, which begins with #. Cells are trimmed. */
export function pastedLines(text: string): PastedLine[] {
  const written = text
    .replace(BYTE_ORDER_MARK, "")
    .split(LINE_BREAK)
    .map((typed, index) => ({ line: index + 1, typed: typed.trim() === "" ? "" : typed }))
    .filter(({ typed }) => typed !== "" && !typed.trimStart().startsWith("#"));
  const separator = separatorOf(written.map(({ typed }) => typed));
  return written
    .map(({ line, typed }) => ({ line, cells: cellsOf(typed, separator) }))
    .filter(({ cells }) => cells === null || cells.some((cell) => cell !== ""));
}

/** What stands behind the first cell of the first line that has several. */
function separatorOf(lines: readonly string[]): string {
  for (const line of lines) {
    const found = /[\t;,]/.exec(line.replace(QUOTED, ""));
    if (found) return found[0];
  }
  return ",";
}

/** A quote that begins a cell holds separators together; two in it are one. */
function cellsOf(line: string, separator: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const opening = /^[^\S\t]*"/.exec(line.slice(at));
    let cell = "";
    if (opening) {
      const quoted = /^([^"]*(?:""[^"]*)*)"/.exec(line.slice(at + opening[0].length));
      if (!quoted) return null;
      cell = (quoted[1] ?? "").replaceAll('""', '"');
      at += opening[0].length + quoted[0].length;
    }
    const next = line.indexOf(separator, at);
    cells.push((cell + line.slice(at, next < 0 ? undefined : next)).trim());
    if (next < 0) return cells;
    at = next + 1;
  }
}
