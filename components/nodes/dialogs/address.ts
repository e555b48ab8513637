"use client";

import { pushAddress, replaceAddress, useQuery, withQuery } from "@/components/shell/address";
import type { BulkCommand } from "@/lib/domain/bulk";
import type { DialogName } from "./names";

/** Which dialog is open stands in the address: Back closes it, a pasted link opens it, a reload keeps it. */
export function useDialogAddress() {
  const search = useQuery();
  const at = (change: Record<string, string | null>): string => {
    // The address itself: what was typed into the filter a moment ago stands in it, and is not drawn yet.
    const next = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(change)) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    return withQuery(next);
  };
  return {
    name: search.get("do"),
    nodeId: search.get("node"),
    /** Of a bulk action or a plan, separated by commas. */
    nodeIds: search.get("nodes"),
    operationId: search.get("op"),
    /** No request: the page stays, the dialog opens over it. */
    open: (name: DialogName, nodeId?: string) => pushAddress(at({ do: name, node: nodeId ?? null, op: null })),
    openMany: (name: `bulk-${BulkCommand}` | "plan", ids: readonly string[]) =>
      pushAddress(at({ do: name, nodes: ids.join() || null, node: null, op: null })),
    /** Goes on within the open dialog, e.g. to the operation it waits for. */
    replace: (change: Record<string, string | null>) => replaceAddress(at(change)),
    close: () => replaceAddress(at({ do: null, node: null, nodes: null, op: null, again: null, first: null })),
  };
}
