"use client";

import { Suspense, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { RelativeTime } from "@/components/ui/relative-time";
import { useConsole } from "@/components/shell/console-context";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { NODE_PAGE } from "@/lib/messages/node";
import type { NodeDetail, NodeRow } from "@/lib/services/nodes/read";
import { whyNot } from "../commands";
import { useDialogAddress } from "../dialogs/address";

type InventoryNode = NodeRow & Pick<NodeDetail, "surveyedAt">;

/** The frame of every tab that shows the inventory: how old it is, and how to have it read again. Nothing read yet: why. */
export function InventoryTab({ node, children }: { node: InventoryNode; children: ReactNode }) {
  const age = (
    <Suspense>
      <Age node={node} />
    </Suspense>
  );
  if (!children)
    return (
      <EmptyState title={NODE_PAGE.notInspected.title} actions={age}>
        {NODE_PAGE.notInspected.why}
      </EmptyState>
    );
  return (
    <div className="grid gap-3">
      {age}
      {children}
    </div>
  );
}

function Age({ node }: { node: InventoryNode }) {
  const context = useConsole();
  const absolute = useAbsoluteTime();
  const { open } = useDialogAddress();
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
      <span>
        {node.inspectedAt ? (
          <>
            Inspected <RelativeTime value={node.inspectedAt} />
          </>
        ) : (
          "Never inspected"
        )}
        {node.surveyedAt && `. ${NODE_PAGE.surveyed(absolute(new Date(node.surveyedAt)))}`}
      </span>
      <span aria-hidden>·</span>
      <Button
        variant="ghost"
        size="small"
        className="-mx-1 px-1! text-sm"
        disabledReason={whyNot("reinspect", node, context)?.reason}
        onClick={() => open("reinspect", node.id)}
      >
        {COMMANDS.reinspect.label}
      </Button>
    </p>
  );
}
