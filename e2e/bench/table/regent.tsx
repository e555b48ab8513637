/** Our list as the Nodes page shows it: the same filter, order, grid and cells. */
import { useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { flushSync } from "react-dom";
import { NodesGrid } from "@/components/nodes/nodes-grid";
import { useSelection } from "@/components/nodes/selection";
import { useShownRows } from "@/components/nodes/use-shown-rows";
import { usePausedOrder } from "@/components/nodes/use-paused-order";
import { DEFAULT_ADDRESS } from "@/lib/domain/list-address";
import { COLUMN_IDS } from "@/lib/domain/node-sort";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { Side } from "./page";
import { measuredAnew } from "./rows";

const nothing = () => undefined;
const FACTS = { user: { id: "", name: "", role: "viewer" } } as never; // menus are not opened here
let control: { setRows: (change: (rows: NodeRow[]) => NodeRow[]) => void; setSort: (desc: boolean) => void; setQ: (q: string) => void };

function List({ initial }: { initial: NodeRow[] }) {
  const [rows, setRows] = useState(initial);
  const [q, setQ] = useState("");
  const [desc, setDesc] = useState<boolean | null>(null);
  control = { setRows, setSort: setDesc, setQ };
  const [address] = useState({ ...DEFAULT_ADDRESS, columns: COLUMN_IDS, widths: {}, density: "default" as const });
  const asked = { ...address, q, sort: desc === null ? address.sort : { id: "cpu" as const, desc } };
  const state = { ...asked, set: nothing, setColumns: nothing, setWidths: nothing, clear: nothing };
  const shown = useShownRows(rows, state);
  const order = usePausedOrder(rows, shown.rows, shown.asked, false);
  const selection = useSelection(rows, order.rows);
  return (
    <NodesGrid
      rows={order.rows}
      gone={order.gone}
      selection={selection}
      address={state}
      context={FACTS}
      onCommand={nothing}
      onHold={nothing}
    />
  );
}

let root: Root;
const host = () => document.getElementById("host")!; // stands in the page of the runner

export const side: Side = {
  mount: (rows) => {
    root = createRoot(host());
    flushSync(() => root.render(<List initial={rows} />));
  },
  unmount: () => root.unmount(),
  sort: (desc) => flushSync(() => control.setSort(desc)),
  filter: (text) => control.setQ(text),
  tick: (changed) => flushSync(() => control.setRows((rows) => measuredAnew(rows, changed))),
  viewport: () => document.querySelector(".nodes-grid"),
};
