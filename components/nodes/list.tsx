"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { useQuery } from "@/components/shell/address";
import { useConsole, type ConsoleFacts } from "@/components/shell/console-context";
import { onDemand } from "@/components/ui/on-demand";
import { isBulkCommand, type BulkCommand } from "@/lib/domain/bulk";
import { regionFacts } from "@/lib/domain/lifecycle";
import { SELECTION } from "@/lib/messages/list";
import type { NodeRow } from "@/lib/services/nodes/read";
import { newAlarm } from "./alarm-address";
import type { Opened } from "./commands";
import { useDialogAddress } from "./dialogs/address";
import { isNodeDialogName } from "./dialogs/names";
import { FilterLine } from "./filter-line";
import { PAST_PARAMETER, type PastMoment } from "./past-moment";
import { ListFoot } from "./list-foot";
import { NodesGrid } from "./nodes-grid";
import { useSelection } from "./selection";
import { Toolbar } from "./toolbar";
import { useListAddress } from "./use-list-address";
import { useListMemory } from "./use-list-memory";
import { useMeasuredNodes, useReread } from "./use-live-nodes";
import { usePausedOrder } from "./use-paused-order";
import { useShownRows } from "./use-shown-rows";

const NodesHeatmap = onDemand(() => import("./heatmap").then((module) => module.NodesHeatmap));
const NoRows = onDemand(() => import("./no-rows").then((module) => module.NoRows));
const BulkDialog = onDemand(() => import("./dialogs/bulk").then((module) => module.BulkDialog));

/** The Nodes page: filters, toolbar, table. Whatever is not shown is counted, and every choice stands in the address. */
export function NodesList({ regionName }: { regionName: string }) {
  useReread();
  const all = useMeasuredNodes();
  const { open, openMany } = useDialogAddress();
  const router = useRouter();
  const address = useListAddress();
  // Filters, counts and cells are of the moment that is shown. What is done is done to the nodes as they are now.
  const [past, setPast] = useState<PastMoment | null>(null);
  const seen = useMemo(() => past?.rowsOf(all) ?? all, [past, all]);
  const shown = useShownRows(seen, address);
  const [held, setHeld] = useState(false);
  const asked = `${shown.asked}\n${past?.at}`;
  const order = usePausedOrder(seen, shown.rows, asked, held);
  const selection = useSelection(all, order.rows);
  const context = useRegionContext(all);
  const [bulk, setBulk] = useState<{ command: BulkCommand; nodes: NodeRow[] } | null>(null);
  useListMemory(order.rows);
  const onCommand = useCallback(
    (command: Opened, nodes: readonly NodeRow[]) => {
      const [first] = nodes;
      if (command === "createAlarm") return first && router.push(newAlarm(first.id));
      if (nodes.length === 1 && first && isNodeDialogName(command)) open(command, first.id);
      else if (isBulkCommand(command)) setBulk({ command, nodes: [...nodes] });
      else if (command === "planMaintenance")
        openMany(
          "plan",
          nodes.map(({ id }) => id),
        );
    },
    [open, openMany, router],
  );
  // Also while the past is still read: what matches nothing now may have been there then.
  const travelling = useQuery().has(PAST_PARAMETER) || past !== null;
  const travels = travelling && address.view === "heatmap";
  const refused = past ? SELECTION.past : undefined;
  const view = { rows: order.rows, gone: order.gone, selection, address, context, onHold: setHeld };
  return (
    <div className="nodes-list">
      <FilterLine all={seen} listed={order.rows} shown={shown} address={address} regionName={regionName} at={past?.at ?? null} />
      <Toolbar
        selection={selection}
        count={seen.length}
        context={context}
        refused={refused}
        onCommand={(command) => onCommand(command, selection.nodes)}
        onShowHidden={address.clear}
      />
      {address.view === "heatmap" && (order.rows.length > 0 || travels) && (
        <NodesHeatmap {...view} asked={asked} held={held} past={past} onPast={setPast} />
      )}
      {order.rows.length > 0 && address.view === "list" && <NodesGrid {...view} onCommand={onCommand} />}
      {order.rows.length === 0 && !travels && <NoRows empty={all.length === 0} address={address} onAdd={() => open("add")} />}
      <ListFoot listed={order.rows.length} all={seen.length} hidden={shown.hidden} waiting={order.waiting} onApply={order.apply} />
      {bulk && <BulkDialog {...bulk} onClose={() => setBulk(null)} />}
    </div>
  );
}

/** With the region as the rows have it now. The same object while its numbers are: every row's menu hangs on it. */
function useRegionContext(all: readonly NodeRow[]): ConsoleFacts {
  const facts = useConsole();
  const { joinedCount, activeCount, controlCount, activeControlCount } = useMemo(() => regionFacts(all), [all]);
  return useMemo(
    () => ({ ...facts, region: { joinedCount, activeCount, controlCount, activeControlCount } }),
    [facts, joinedCount, activeCount, controlCount, activeControlCount],
  );
}
