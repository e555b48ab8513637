/** MUI X DataGrid (the free one) with the same columns and the same sparkline in its cells. */
import { DataGrid, useGridApiRef } from "@mui/x-data-grid";
import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { compareNames } from "@/lib/domain/units";
import { CELLS, VALUES } from "./cells";
import { measuredAnew } from "./rows";

const columns = Object.keys(CELLS).map((id) => ({
  field: id,
  headerName: id,
  width: 130,
  valueGetter: (_value, row) => VALUES[id](row), // one value for each cell
  renderCell: ({ row }) => CELLS[id](row),
  ...(id === "name" ? { sortComparator: compareNames } : {}),
}));

let root;
let api;
let change;

function Table({ initial }) {
  const [rows, setRows] = useState(initial);
  api = useGridApiRef();
  change = setRows;
  return (
    <div className="peer-frame">
      {/* The free one shows at most 100 rows a page; without pages is how a list of nodes is used. */}
      <DataGrid apiRef={api} rows={rows} columns={columns} rowHeight={36} hideFooter checkboxSelection disableRowSelectionOnClick />
    </div>
  );
}

/** @type {import("./page").Side} */
export const side = {
  mount: (rows) => {
    root = createRoot(document.getElementById("host")); // stands in the page of the runner
    flushSync(() => root.render(<Table initial={rows} />));
  },
  unmount: () => root.unmount(),
  sort: (desc) => flushSync(() => api.current?.setSortModel([{ field: "cpu", sort: desc ? "desc" : "asc" }])),
  filter: (text) => flushSync(() => api.current?.setQuickFilterValues(text ? [text] : [])),
  // The free one refuses to update several rows at once, so it gets a new list in which the others are the same objects.
  tick: (changed) => flushSync(() => change((rows) => measuredAnew(rows, changed))),
  viewport: () => document.querySelector(".MuiDataGrid-virtualScroller"),
};
