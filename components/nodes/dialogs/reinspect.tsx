"use client";

import { RelativeTime } from "@/components/ui/relative-time";
import { reinspectNode } from "@/lib/actions/nodes";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { inspectWords } from "./words";

export function ReinspectDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="reinspect"
      node={node}
      title={`Re-inspect ${node.name}`}
      submit="Re-inspect"
      size="small"
      words={inspectWords(node.name)}
      onSubmit={(_, key, target) => reinspectNode(target, key)}
      onClose={onClose}
    >
      <p>
        Regent logs in to {node.ip} and reads its hardware again. Nothing on the server is changed. Last inspected{" "}
        {node.inspectedAt ? <RelativeTime value={node.inspectedAt} /> : "never"}.
      </p>
    </NodeDialog>
  );
}
