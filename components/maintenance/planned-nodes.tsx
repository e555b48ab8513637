"use client";

import { ArrowDown, ArrowUp, CircleCheck, CircleDashed, OctagonX, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/nodes/status-badge";
import { PLAN_DIALOG } from "@/lib/messages/plan";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { Possible } from "./use-planned-nodes";

type PlannedNodesProps = {
  nodes: readonly NodeRow[];
  readiness: ReadonlyMap<string, Possible>;
  /** Why it can not be in a plan at all. */
  refused: ReadonlyMap<string, string>;
  onMove: (id: string, by: -1 | 1) => void;
  onRemove: (id: string) => void;
};

/** The nodes in the order of their turns, each with whether it could be taken out at this moment. */
export function PlannedNodes({ nodes, readiness, refused, onMove, onRemove }: PlannedNodesProps) {
  return (
    <ol role="list" aria-label={PLAN_DIALOG.nodes} className="grid divide-y divide-line rounded-md border border-line">
      {nodes.map(({ id, name, status }, index) => (
        <li key={id} className="flex items-start gap-3 px-3 py-2">
          <span aria-hidden className="w-5 pt-1 text-end text-muted">
            {index + 1}
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex min-h-8 flex-wrap items-center gap-x-3">
              <span className="font-medium wrap-anywhere">{name}</span>
              <StatusBadge status={status} />
            </div>
            <Readiness possible={readiness.get(id)} refused={refused.get(id)} />
          </div>
          <div className="flex gap-0.5">
            <Button
              variant="ghost"
              size="icon"
              aria-label={PLAN_DIALOG.up(name)}
              aria-disabled={index === 0 || undefined}
              className={index === 0 ? "opacity-40" : ""}
              onClick={() => onMove(id, -1)}
            >
              <ArrowUp aria-hidden size={16} />
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label={PLAN_DIALOG.down(name)}
              aria-disabled={index === nodes.length - 1 || undefined}
              className={index === nodes.length - 1 ? "opacity-40" : ""}
              onClick={() => onMove(id, 1)}
            >
              <ArrowDown aria-hidden size={16} />
            </Button>
            <Button variant="ghost" size="icon" aria-label={PLAN_DIALOG.remove(name)} onClick={() => onRemove(id)}>
              <X aria-hidden size={16} />
            </Button>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Readiness({ possible, refused }: { possible: Possible | undefined; refused: string | undefined }) {
  const { glyph: Glyph, tone, words } = look(possible, refused);
  return (
    <p data-tone={tone} className="flex gap-1.5 text-sm text-muted">
      <Glyph aria-hidden size={14} className="mt-0.5 shrink-0 text-(--tone)" />
      <span className="min-w-0">{words}</span>
    </p>
  );
}

function look(possible: Possible | undefined, refused: string | undefined) {
  if (refused) return { glyph: OctagonX, tone: "danger", words: refused };
  if (possible === undefined) return { glyph: CircleDashed, tone: "neutral", words: PLAN_DIALOG.checking };
  if (possible === "unknown") return { glyph: CircleDashed, tone: "neutral", words: PLAN_DIALOG.unknown };
  if (possible === null) return { glyph: CircleCheck, tone: "positive", words: PLAN_DIALOG.possible };
  return { glyph: OctagonX, tone: "warning", words: `${PLAN_DIALOG.notNow} ${possible.reason}` };
}
