import { columnResizingFeature, columnSizingFeature, createColumnHelper, tableFeatures, type TableOptions } from "@tanstack/react-table";

/** What a column adds to TanStack's own: how its cells align and where it is explained. */
export type GridColumnMeta = {
  numeric?: boolean;
  help: string;
  /** Stays in view while the rest scrolls sideways: "start" is always the first column, "end" stops before the menu. */
  pinned?: "start" | "end";
};

/** How wide the columns are. Which there are and in which order, of columns and of rows, is the caller's. */
export const gridFeatures = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnMeta: {} as GridColumnMeta, // a phantom by which TanStack knows the type
});

/** The value of data-pin, see globals.css: beside the selection boxes, and beside the menu. */
export const pinOf = (pinned: GridColumnMeta["pinned"]): string | undefined => (pinned ? `${pinned}-2` : undefined);

export type GridRowData = { id: string };
/** A column of any value: its cells get it from their own accessor. */
export type GridColumn<Row extends GridRowData> = TableOptions<typeof gridFeatures, Row>["columns"][number];

export const gridColumns = <Row extends GridRowData>() => createColumnHelper<typeof gridFeatures, Row>();
