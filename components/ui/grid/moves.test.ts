import { describe, expect, it } from "vitest";
import { moveCell } from "./moves";

const EXTENT = { rows: 100, columns: 16, page: 20 };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey });

describe("a key in the grid", () => {
  it.each([
    ["ArrowDown", false, { row: 6, column: 3 }],
    ["ArrowUp", false, { row: 4, column: 3 }],
    ["ArrowLeft", false, { row: 5, column: 2 }],
    ["ArrowRight", false, { row: 5, column: 4 }],
    ["Home", false, { row: 5, column: 0 }],
    ["End", false, { row: 5, column: 15 }],
    ["Home", true, { row: 0, column: 0 }],
    ["End", true, { row: 99, column: 15 }],
    ["PageDown", false, { row: 25, column: 3 }],
    ["PageUp", false, { row: 0, column: 3 }],
    ["a", false, null],
  ])("%s, with Control: %s", (key, ctrlKey, cell) => expect(moveCell(press(key, ctrlKey), { row: 5, column: 3 }, EXTENT)).toEqual(cell));

  it("reaches the header above the first row, and stops there", () => {
    expect(moveCell(press("ArrowUp"), { row: 0, column: 2 }, EXTENT)).toEqual({ row: -1, column: 2 });
    expect(moveCell(press("ArrowUp"), { row: -1, column: 2 }, EXTENT)).toEqual({ row: -1, column: 2 });
  });

  it("stops at the last row and column", () =>
    expect(moveCell(press("PageDown"), { row: 95, column: 15 }, EXTENT)).toEqual({ row: 99, column: 15 }));
});
