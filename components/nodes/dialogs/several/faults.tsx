"use client";

import { ExternalLink, OctagonX } from "lucide-react";
import { SEVERAL } from "@/lib/messages/several";
import type { SeveralWizard } from "./use-several";

/** How many lines can go on, and a sentence for each that can not. */
export function SeveralFaults({ wizard: { read, faults, good } }: { wizard: Pick<SeveralWizard, "read" | "faults" | "good"> }) {
  const faulty = read.lines.flatMap(({ line, typed, fault }) => {
    const address = faults.get(typed.ip);
    const reason = fault ?? address?.reason;
    return reason ? [{ line, reason, hint: fault ? null : (address?.hint ?? null), node: fault ? null : (address?.node ?? null) }] : [];
  });
  return (
    <div className="grid gap-2">
      <p role="status" className="text-base">
        <span className="font-semibold">{SEVERAL.good(good.length, read.lines.length)}</span>{" "}
        {faulty.length > 0 && SEVERAL.faulty(faulty.length)}
      </p>
      {faulty.length > 0 && (
        <ul role="list" aria-label={SEVERAL.faulty(faulty.length)} className="grid gap-1.5">
          {faulty.map(({ line, reason, hint, node }) => (
            <li key={line} data-tone="danger" className="flex gap-2">
              <OctagonX aria-hidden size={16} className="mt-0.5 text-(--tone)" />
              <p className="min-w-0 wrap-anywhere">
                <span className="font-medium">{SEVERAL.line(line)}</span> {reason} {hint && <span className="text-muted">{hint}</span>}{" "}
                {node && (
                  <a href={`/nodes/${node.id}/overview`} target="_blank" rel="noopener noreferrer" className="link">
                    {SEVERAL.openNode(node.name)} <ExternalLink aria-hidden size={13} className="inline" />
                  </a>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
