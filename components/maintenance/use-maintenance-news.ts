import { useEffect, useRef } from "react";
import { usePageNews } from "@/components/shell/use-page-news";
import { NODE_STATUSES, type NodeStatus } from "@/lib/domain/status";
import type { NodeInMaintenance } from "@/lib/services/maintenance/now";

type Told = { name: string; status: NodeStatus; statusReason: string | null };

/** What is drawn of a node; undefined: it is not in maintenance. */
const drawn = ({ name, status, statusReason }: Told): string | undefined =>
  NODE_STATUSES[status].group === "maintenance" ? [status, name, statusReason].join("\n") : undefined;

/**
 * Reads the page again when a plan changed, or when what it shows of a node did. A drain tells of its node every second, and one that is
 * switched off for its repair at each try to reach it: that is no news here. What was told last counts, not what was drawn, for an answer
 * that is on its way may be older.
 */
export function useMaintenanceNews(now: readonly NodeInMaintenance[]): void {
  const told = useRef(new Map<string, string | undefined>());
  useEffect(() => {
    for (const node of now) told.current.set(node.nodeId, drawn(node));
  }, [now]);
  usePageNews(({ plans, nodes, gone }) => {
    let news = plans.length > 0;
    for (const node of nodes) {
      news ||= told.current.get(node.id) !== drawn(node);
      told.current.set(node.id, drawn(node));
    }
    for (const id of gone) {
      news ||= told.current.get(id) !== undefined;
      told.current.delete(id);
    }
    return news;
  });
}
