/** AG Grid Community with the same columns and the same sparkline in its cells. */
import { AllCommunityModule, ModuleRegistry } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { compareNames } from "@/lib/domain/units";
import { CELLS, VALUES } from "./cells";

ModuleRegistry.registerModules([AllCommunityModule]);

const columns = Object.keys(CELLS).map((id) => ({
  colId: id,
  headerName: id,
  width: 130,
  sortable: true,
  valueGetter: ({ data }) => (data ? VALUES[id](data) : null), // one value for each cell
  cellRenderer: ({ data }) => (data ? CELLS[id](data) : null),
  ...(id === "name" ? { comparator: compareNames, pinned: "left" } : {}),
}));

let root;
let api;

/** @type {import("./page").Side} */
export const side = {
  mount: (rows) => {
    root = createRoot(document.getElementById("host")); // stands in the page of the runner
    flushSync(() =>
      root.render(
        <div className="peer-frame">
          <AgGridReact
            rowData={rows}
            columnDefs={columns}
            getRowId={({ data }) => data.id}
            rowHeight={36}
            suppressColumnMoveAnimation
            animateRows={false}
            onGridReady={(event) => void (api = event.api)}
          />
        </div>,
      ),
    );
  },
  unmount: () => root.unmount(),
  sort: (desc) => api?.applyColumnState({ state: [{ colId: "cpu", sort: desc ? "desc" : "asc" }] }),
  filter: (text) => api?.setGridOption("quickFilterText", text),
  tick: (changed) => void api?.applyTransaction({ update: changed }),
  viewport: () => document.querySelector(".ag-body-viewport, .ag-grid-viewport"),
};
