"use client";

import { ChevronRight, CircleCheck, CircleDashed, LoaderCircle, OctagonX, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { useId } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Tone } from "@/components/ui/tone";
import { bulkResult } from "@/lib/messages/bulk-result";
import type { OperationDetail, OperationView } from "@/lib/services/operations/read";
import { BulkBody } from "./bulk-body";
import { ItemsBar } from "./items-bar";
import { MachineBody } from "./machine-body";
import { isRunning } from "./use-operations";

const STATES: Record<OperationView["status"], { glyph: LucideIcon; word: string; tone: Tone }> = {
  pending: { glyph: CircleDashed, word: "Queued", tone: "neutral" },
  running: { glyph: LoaderCircle, word: "Running", tone: "progress" },
  succeeded: { glyph: CircleCheck, word: "Done", tone: "positive" },
  failed: { glyph: OctagonX, word: "Failed", tone: "danger" },
};

type OperationLineProps = { operation: OperationView; detail: OperationDetail | null; open: boolean; onToggle: () => void };

/** One operation: what, on which node, who, when and how it stands; opened, every step or every node of it. */
export function OperationLine({ operation, detail, open, onToggle }: OperationLineProps) {
  const id = useId();
  const { glyph: Glyph, word, tone } = STATES[operation.status];
  return (
    <li data-tone={tone} className="border-b border-line">
      <div className="grid gap-0.5 px-2 pt-1.5 pb-2.5">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          className="flex min-h-8 items-center gap-2 rounded-md px-2 text-start hover:bg-hover"
          onClick={onToggle}
        >
          <ChevronRight aria-hidden size={14} className={`text-muted transition-transform ${open ? "rotate-90" : "rtl:-scale-x-100"}`} />
          <Glyph aria-hidden size={16} className={`text-(--tone) ${operation.status === "running" ? "animate-turn" : ""}`} />
          <span className="min-w-0 flex-1 truncate font-medium">{operation.label}</span>
          <span className="text-sm text-muted">{word}</span>
        </button>
        <p className="flex flex-wrap gap-x-1.5 ps-8 pe-2 text-sm text-muted">
          <Subject operation={operation} />
          <span>
            {operation.actorName}, <RelativeTime value={operation.createdAt} />
          </span>
          {isRunning(operation) && (
            <span>
              · ends <RelativeTime value={operation.deadlineAt} /> at the latest
            </span>
          )}
        </p>
        {operation.bulk && (
          <div className="grid gap-1 ps-8 pe-2 text-sm">
            <span>{bulkResult(operation.bulk.command, operation.bulk.counts)}</span>
            {isRunning(operation) && <ItemsBar counts={operation.bulk.counts} />}
          </div>
        )}
        {operation.refusal && !operation.bulk && !open && (
          <p className="line-clamp-2 ps-8 pe-2 text-sm wrap-anywhere">{operation.refusal.reason}</p>
        )}
      </div>
      {open && (
        <div id={id} className="ps-10 pe-4 pb-4">
          {operation.bulk ? detail && <BulkBody operation={detail} /> : <MachineBody operation={operation} />}
        </div>
      )}
    </li>
  );
}

/** The node as a link, or the address that has no node yet. */
function Subject({ operation: { nodeId, nodeName, ip } }: { operation: OperationView }) {
  if (nodeId && nodeName)
    return (
      <>
        <Link href={`/nodes/${nodeId}/overview`} className="link">
          <bdi>{nodeName}</bdi>
        </Link>
        ·
      </>
    );
  return ip ? (
    <>
      <code>{ip}</code> ·
    </>
  ) : null;
}
