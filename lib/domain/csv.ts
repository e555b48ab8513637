/** Tables as CSV (RFC 4180), as spreadsheets read it, with text that none of them takes for a formula. */
export type Cell = string | number | null;

export const CSV_TYPE = "text/csv; charset=utf-8";

/** Excel takes a file for UTF-8 only with it. */
const BYTE_ORDER_MARK = "\uFEFF";
/** At the start, and behind a semicolon, which separates cells where the comma separates decimals. */
const FORMULA = /(^|; *)(?=[=+\-@\t\r])/g;
const NEGATIVE_NUMBER = /^-[0-9]+(?:\.[0-9]+)?$/;

/** What a file begins with, and its first lines. */
export const toCsv = (rows: readonly (readonly Cell[])[]): string => BYTE_ORDER_MARK + csvLines(rows);

/** What a file goes on with: one line per row, each ended by CR LF; missing data is an empty cell. */
export const csvLines = (rows: readonly (readonly Cell[])[]): string => rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // The apostrophe makes a spreadsheet take the cell as text.
  const safe = NEGATIVE_NUMBER.test(cell) ? cell : cell.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** "nodes-west-1-2026-11-25.csv". */
export const csvName = (what: string, region: string, now: Date): string =>
  `${what}-${region.replace(/[^A-Za-z0-9._-]+/g, "-")}-${now.toISOString().slice(0, 10)}.csv`;
