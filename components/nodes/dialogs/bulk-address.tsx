"use client";

import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { BulkCommand } from "@/lib/domain/bulk";
import type { NodeRow } from "@/lib/services/nodes/read";
import { BulkDialog } from "./bulk";

/** The dialog of `?do=bulk-accept&nodes=…`: the nodes that the address names, as they are now. */
export function BulkFromAddress({ command, ids, onClose }: { command: BulkCommand; ids: string; onClose: () => void }) {
  const [nodes, setNodes] = useState<NodeRow[] | null>(null);
  useEffect(() => {
    const read = async () => {
      const answer = await fetch(`/api/v1/nodes?ids=${encodeURIComponent(ids)}`).catch(() => null);
      // Our own server's answers, see the route.
      if (answer?.ok) setNodes((await answer.json()) as NodeRow[]);
      else
        toast.error(
          answer
            ? ((await answer.json()) as { reason: string }).reason
            : "The nodes could not be read. Check the connection to Regent and try again.",
        );
    };
    void read();
  }, [ids]);
  return nodes ? <BulkDialog command={command} nodes={nodes} onClose={onClose} /> : null;
}
