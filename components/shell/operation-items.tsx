"use client";

import { CircleCheck, CircleDashed, LoaderCircle, Minus, OctagonX, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Tone } from "@/components/ui/tone";
import { isServerWork, type BulkWork, type ItemState } from "@/lib/domain/bulk";
import { BULK } from "@/lib/messages/bulk";
import { bulkResult, ITEM_STATES } from "@/lib/messages/bulk-result";
import type { ItemView } from "@/lib/services/bulk/read";
import type { OperationDetail } from "@/lib/services/operations/read";

const LOOKS: Record<ItemState, { glyph: LucideIcon; tone: Tone }> = {
  waiting: { glyph: CircleDashed, tone: "neutral" },
  running: { glyph: LoaderCircle, tone: "progress" },
  done: { glyph: CircleCheck, tone: "positive" },
  failed: { glyph: OctagonX, tone: "danger" },
  skipped: { glyph: Minus, tone: "neutral" },
};

const FIRST = 50;

/** A line per node: those that failed first, because they want a person; the others in the order of the selection. */
export function OperationItems({ operation }: { operation: OperationDetail }) {
  const [all, setAll] = useState(false);
  const { items, bulk } = operation;
  const failedFirst = [...items.filter(({ state }) => state === "failed"), ...items.filter(({ state }) => state !== "failed")];
  const shown = all ? failedFirst : failedFirst.slice(0, FIRST);
  const hidden = items.length - shown.length;
  return (
    <div className="grid gap-2">
      <ul role="list" aria-label={`Nodes of ${operation.label}`} className="grid gap-1.5">
        {shown.map((item) => (
          <Item key={item.nodeId} item={item} linked={bulk !== null && hasNode(bulk.command, item)} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="small" className="w-fit" onClick={() => setAll(true)}>
          {BULK.more(hidden)}
        </Button>
      )}
      {bulk && <Progress text={bulkResult(bulk.command, bulk.counts)} />}
    </div>
  );
}

/** A deleted node is gone, and a server is a node when it has been added. */
const hasNode = (work: BulkWork, { state }: ItemView): boolean =>
  isServerWork(work) ? work === "add" && state === "done" : work !== "delete" || state !== "done";

function Item({ item: { nodeId, nodeName, state, refusal, part }, linked }: { item: ItemView; linked: boolean }) {
  const { glyph: Glyph, tone } = LOOKS[state];
  return (
    <li data-tone={tone} className="flex gap-2">
      <Glyph aria-hidden size={16} className={`mt-0.5 text-(--tone) ${state === "running" ? "animate-turn" : ""}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          {linked && refusal?.code !== "node-gone" ? (
            <Link href={`/nodes/${nodeId}/overview`} className="link wrap-anywhere">
              <bdi>{nodeName}</bdi>
            </Link>
          ) : (
            <bdi className="wrap-anywhere">{nodeName}</bdi>
          )}
          <span className="text-sm text-muted">
            {ITEM_STATES[state]}
            {state === "running" && part?.step && `: ${part.step}`}
          </span>
        </div>
        {refusal && state === "failed" && (
          <p className="text-sm wrap-anywhere">
            {refusal.reason} {refusal.hint && <span className="text-muted">{refusal.hint}</span>}
          </p>
        )}
      </div>
    </li>
  );
}

const ANNOUNCE_MS = 10_000;

/** How far it is, told to who can not see it: at most every ten seconds, and never what was so when it was opened. */
function Progress({ text }: { text: string }) {
  const [said, setSaid] = useState("");
  const newest = useRef(text);
  const first = useRef(text);
  useEffect(() => {
    newest.current = text;
  }, [text]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (newest.current !== first.current) setSaid(newest.current);
    }, ANNOUNCE_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
