/** Tables as CSV (RFC 4180), as spreadsheets read it, with text that none of them takes for a formula. */
export type Cell = string | number | null;

/** Excel takes a file for UTF-8 only with it. */
const BYTE_ORDER_MARK = "\uFEFF";
/** At the start, and behind a semicolon, which separates cells where the comma separates decimals. */
const FORMULA = /(^|; *)(?=[=+\-@\t\r])/g;
const NEGATIVE_NUMBER = /^-[0-9]+(?:\.[0-9]+)?$/;

/** One line per row, each ended by CR LF; missing data is an empty cell. */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // The apostrophe makes a spreadsheet take the cell as text.
  const safe = NEGATIVE_NUMBER.test(cell) ? cell : cell.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
