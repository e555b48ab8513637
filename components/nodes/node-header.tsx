"use client";

import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusBadge } from "./status-badge";
import { operationText } from "./status-cell";
import { useSamplesOf } from "./use-heartbeat";

const REFRESH_MS = 1000;
/** What is surveyed changes as often as that, and no patch tells it. */
const SURVEY_MS = 60_000;

/**
 * Status, since when, what runs, and the address; keeps the whole page of the node up to date: at most once a second, and at least once
 * a minute while it answers.
 */
export function NodeHeader({ node }: { node: NodeRow }) {
  const router = useRouter();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  useEffect(() => {
    asked.current = Date.now();
    return () => clearTimeout(waiting.current);
  }, []);
  const refresh = () => {
    if (waiting.current) return;
    waiting.current = setTimeout(
      () => {
        waiting.current = undefined;
        asked.current = Date.now();
        router.refresh();
      },
      Math.max(0, asked.current + REFRESH_MS - Date.now()),
    );
  };
  useLiveMessages((message) => {
    if (message.type === "resync" || message.patch.gone.includes(node.id) || message.patch.nodes.some(({ id }) => id === node.id))
      refresh();
  });
  useSamplesOf(node.id, () => Date.now() - asked.current > SURVEY_MS && refresh());
  return (
    <>
      <StatusBadge status={node.status} />
      <span className="text-sm text-muted">
        since <RelativeTime value={node.statusSince} />
      </span>
      {node.operation && (
        <span className="inline-flex min-w-0 items-center gap-1.5 text-sm">
          <LoaderCircle aria-hidden size={14} className="animate-turn text-progress" />
          <span className="min-w-0">
            {operationText(node.operation)} <span className="text-muted">by {node.operation.actorName}</span>
          </span>
        </span>
      )}
      <code>{node.ip}</code>
    </>
  );
}
