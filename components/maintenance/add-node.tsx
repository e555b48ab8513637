"use client";

import { useState } from "react";
import { useNodeSearch } from "@/components/shell/palette-search";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NODE_STATUSES } from "@/lib/domain/status";
import { PLAN_DIALOG } from "@/lib/messages/plan";
import type { NodeRow } from "@/lib/services/nodes/read";

const SHOWN = 5;

/** Finds nodes by name, IP, MAC address or tag, and adds those that are not in the plan yet. */
export function AddNode({ chosen, onAdd }: { chosen: readonly NodeRow[]; onAdd: (node: NodeRow) => void }) {
  const [text, setText] = useState("");
  const { nodes, state } = useNodeSearch(text.trim());
  const found = nodes.filter(({ id, status }) => NODE_STATUSES[status].joined && !chosen.some((node) => node.id === id)).slice(0, SHOWN);
  const add = (node: NodeRow) => {
    onAdd(node);
    setText("");
  };
  return (
    <div className="grid gap-1.5">
      <Field label={PLAN_DIALOG.addNode} help={PLAN_DIALOG.addHelp}>
        {(control) => (
          <Input
            {...control}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              // Enter adds the best one; it must not send the form.
              event.preventDefault();
              if (found[0]) add(found[0]);
            }}
          />
        )}
      </Field>
      {text.trim() !== "" && (
        <div role="group" aria-label={PLAN_DIALOG.found} className="flex flex-wrap gap-1.5">
          {found.map((node) => (
            <Button key={node.id} onClick={() => add(node)} aria-label={PLAN_DIALOG.add(node.name)}>
              {node.name}
            </Button>
          ))}
          {found.length === 0 && state === "found" && <p className="text-sm text-muted">{PLAN_DIALOG.notFound}</p>}
        </div>
      )}
    </div>
  );
}
