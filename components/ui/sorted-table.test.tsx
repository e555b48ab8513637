import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SortedTable, type SortedColumn } from "./sorted-table";

const COLUMNS: SortedColumn<number>[] = [
  { id: "count", header: "Count", value: (row) => row, cell: (row) => row },
  { id: "deed", header: "Actions", cell: () => "Remove" },
];
const markup = renderToStaticMarkup(
  <SortedTable
    label="Counts"
    columns={COLUMNS}
    rows={[1, 3, 2]}
    rowKey={String}
    first={{ id: "count", direction: "descending" }}
    most={2}
  />,
);

it("draws the first of the whole order, and not the order of the first", () =>
  expect([...markup.matchAll(/<td[^>]*>(\d)<\/td>/g)].map(([, count]) => count)).toEqual(["3", "2"]));

it("sorts by what has an order, and not by what can be done", () => {
  expect(markup.match(/aria-sort/g)).toHaveLength(1);
  expect(markup).toContain(">Actions<");
});
