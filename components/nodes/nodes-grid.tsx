"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo } from "react";
import { DataGrid } from "@/components/ui/grid/data-grid";
import { useMedia } from "@/components/ui/use-media";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { useDataAge } from "@/components/shell/live-updates";
import type { ColumnId } from "@/lib/domain/node-sort";
import type { NodeRow } from "@/lib/services/nodes/read";
import { nodeColumns } from "./columns";
import type { Opened } from "./commands";
import { networkTops } from "./network-scale";
import { RowMenu } from "./row-menu";
import type { Selection } from "./selection";
import { NetworkScale, StaleNodes } from "./trend-cell";
import type { ListAddressState } from "./use-list-address";
import { useStaleNodes } from "./use-stale-nodes";

type NodesGridProps = {
  rows: readonly NodeRow[];
  gone: ReadonlySet<string>;
  selection: Selection;
  address: ListAddressState;
  context: ConsoleFacts;
  onCommand: (command: Opened, nodes: readonly NodeRow[]) => void;
  onHold: (held: boolean) => void;
};

/** Heights of a row, px; --row-height in globals.css is the same. */
const ROW_PX = { comfortable: 44, default: 36, compact: 28 } as const;

/** Of a card, which a narrow screen shows instead of a row; see globals.css. */
const CARD_PX = 88;
const NARROW = "(width < 40rem)";

const nameOf = ({ name }: NodeRow): string => name;

/** The list view: what the grid shows of nodes. */
export function NodesGrid({ rows, gone, selection, address, context, onCommand, onHold }: NodesGridProps) {
  const router = useRouter();
  const { stale } = useDataAge();
  const narrow = useMedia(NARROW);
  const { networkRx, networkTx } = useMemo(() => networkTops(rows), [rows]);
  // The same object while it says the same: every cell hangs on it.
  const tops = useMemo(() => ({ networkRx, networkTx }), [networkRx, networkTx]);
  const staleNodes = useStaleNodes(rows);
  const menu = useCallback(
    (node: NodeRow) => <RowMenu node={node} context={context} onCommand={(command) => onCommand(command, [node])} />,
    [context, onCommand],
  );
  return (
    <StaleNodes value={staleNodes}>
      <NetworkScale value={tops}>
        <DataGrid
          label="Nodes"
          density={address.density}
          className={stale ? "nodes-grid is-stale" : "nodes-grid"}
          columns={nodeColumns}
          rows={rows}
          gone={gone}
          rowHeight={narrow ? CARD_PX : ROW_PX[address.density]}
          nameOf={nameOf}
          shown={address.columns}
          widths={address.widths}
          sort={address.sort}
          selected={selection.ids}
          onSort={(sort) => address.set({ sort: { ...sort, id: sort.id as ColumnId } })} // the grid knows no other columns
          onShown={address.setColumns}
          onWidths={address.setWidths}
          onSelect={selection.toggle}
          onExtend={selection.extend}
          onSelectAll={selection.toggleAll}
          onClear={selection.clear}
          onOpen={(node) => router.push(`/nodes/${node.id}/overview`)}
          onHold={onHold}
          menu={menu}
        />
      </NetworkScale>
    </StaleNodes>
  );
}
