"use client";

import { CircleCheck, OctagonX } from "lucide-react";
import { useState } from "react";
import type { BulkCommand, Split } from "@/lib/domain/bulk";
import { BULK } from "@/lib/messages/bulk";

type Named = { id: string; name: string };

/** Which nodes it will be done to, and which not and why: "9 of 12 can be accepted. 3 cannot:" */
export function BulkSplit({ command, split: { can, cannot } }: { command: BulkCommand; split: Split<Named> }) {
  const refused = cannot.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return (
    <div className="grid gap-3" role="group" aria-label={BULK.can(command, can.length, can.length + refused)}>
      <p className="text-base">
        <span className="font-semibold">{BULK.can(command, can.length, can.length + refused)}</span>{" "}
        {refused > 0 && can.length > 0 && BULK.cannot(refused)}
      </p>
      {can.length > 0 && refused > 0 && (
        <div data-tone="positive" className="flex gap-2">
          <CircleCheck aria-hidden size={16} className="mt-0.5 text-(--tone)" />
          <Names nodes={can} />
        </div>
      )}
      {can.length > 0 && refused === 0 && <Names nodes={can} />}
      {cannot.length > 0 && (
        <ul role="list" aria-label={BULK.cannot(refused)} className="grid gap-2.5">
          {cannot.map(({ reason, hint, nodes }) => (
            <li key={reason} data-tone="danger" className="flex gap-2">
              <OctagonX aria-hidden size={16} className="mt-0.5 text-(--tone)" />
              <div className="min-w-0">
                <p>
                  {reason} {hint && <span className="text-muted">{hint}</span>}
                </p>
                <Names nodes={nodes} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const FIRST = 8;

/** The first names, and how many more; all of them on request. */
function Names({ nodes }: { nodes: readonly Named[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? nodes : nodes.slice(0, FIRST);
  return (
    <p className="min-w-0 text-sm wrap-anywhere text-muted">
      {shown.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <bdi className="inline-block max-w-full">{name}</bdi>
        </span>
      ))}{" "}
      {nodes.length > FIRST && (
        <button type="button" aria-expanded={all} className="link min-h-6" onClick={() => setAll(!all)}>
          {all ? BULK.fewer : BULK.more(nodes.length - FIRST)}
        </button>
      )}
    </p>
  );
}
