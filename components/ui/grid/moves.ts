/** Where the focus of a grid goes: the keys of the ARIA Authoring Practices' data grid, as a pure function. Row -1 is the header. */
export type Cell = { row: number; column: number };
export type Extent = { rows: number; columns: number; /** Rows that a page key passes over. */ page: number };

type Press = { key: string; ctrlKey: boolean };

const HEADER = -1;

/** The cell that a key leads to, or null when the key is none that moves. Stops at the edges. */
export function moveCell({ key, ctrlKey }: Press, { row, column }: Cell, { rows, columns, page }: Extent): Cell | null {
  const at = (toRow: number, toColumn: number): Cell => ({
    row: Math.max(HEADER, Math.min(toRow, rows - 1)),
    column: Math.max(0, Math.min(toColumn, columns - 1)),
  });
  switch (key) {
    case "ArrowUp":
      return at(row - 1, column);
    case "ArrowDown":
      return at(row + 1, column);
    case "ArrowLeft":
      return at(row, column - 1);
    case "ArrowRight":
      return at(row, column + 1);
    case "Home":
      return ctrlKey ? at(0, 0) : at(row, 0);
    case "End":
      return ctrlKey ? at(rows - 1, columns - 1) : at(row, columns - 1);
    case "PageUp":
      return at(Math.max(0, row - page), column);
    case "PageDown":
      return at(row + page, column);
    default:
      return null;
  }
}
