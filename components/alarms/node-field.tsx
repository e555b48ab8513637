"use client";

import { useId, useState, type KeyboardEvent } from "react";
import { useNodeSearch } from "@/components/shell/palette-search";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NODE_STATUSES } from "@/lib/domain/status";
import { ALARM_FORM } from "@/lib/messages/alarm-form";

export type ChosenNode = { id: string; name: string };

type NodeFieldProps = { node: ChosenNode | null; onNode: (node: ChosenNode | null) => void; error: string | null };

const SHOWN = 8;

/** One node that has joined, found by typing: an editable combobox with a list (ARIA Authoring Practices). */
export function NodeField({ node, onNode, error }: NodeFieldProps) {
  const id = useId();
  // null: what stands there is the chosen node's name.
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const { nodes, state } = useNodeSearch(text?.trim() ?? "");
  const found = nodes.filter(({ status }) => NODE_STATUSES[status].joined).slice(0, SHOWN);
  const open = text !== null && text.trim() !== "" && (found.length > 0 || state === "found");
  const choose = (chosen: ChosenNode | undefined) => {
    if (chosen) onNode({ id: chosen.id, name: chosen.name });
    setText(null);
    setActive(0);
  };
  const type = (typed: string) => {
    setText(typed);
    setActive(0);
    onNode(null);
  };
  const press = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    // A dialog around the field stays open.
    event.stopPropagation();
    if (event.key === "Escape") return setText(null);
    if (event.key === "Enter") return choose(found[active]);
    if (found.length) setActive((active + (step ?? 0) + found.length) % found.length);
  };
  return (
    <div className="relative">
      <Field label={ALARM_FORM.node} help={ALARM_FORM.nodeHelp} required error={error}>
        {(control) => (
          <Input
            {...control}
            role="combobox"
            aria-expanded={open}
            aria-controls={open ? `${id}-list` : undefined}
            aria-autocomplete="list"
            aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={text ?? node?.name ?? ""}
            onChange={(event) => type(event.target.value)}
            onKeyDown={press}
            // Who types a name and goes on means the one that is found by it.
            onBlur={() => text !== null && choose(found.find(({ name }) => name === text.trim()))}
          />
        )}
      </Field>
      {open && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={ALARM_FORM.nodes}
          className="absolute start-0 top-15 z-40 max-h-72 w-full overflow-y-auto rounded-lg bg-raised p-1 shadow-float forced-colors:border"
        >
          {found.map((one, index) => (
            // The keys are the field's, which keeps the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={one.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
              className="flex min-h-8 cursor-pointer items-center justify-between gap-3 rounded-md px-2 py-1 hover:bg-hover aria-selected:bg-hover aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-accent"
            >
              <bdi className="min-w-0 wrap-anywhere">{one.name}</bdi>
              <span className="text-sm whitespace-nowrap text-muted">
                {one.ip} · {NODE_STATUSES[one.status].label}
              </span>
            </div>
          ))}
          {found.length === 0 && (
            // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
            <div role="option" aria-selected={false} aria-disabled className="px-2 py-1.5 text-sm text-muted">
              {ALARM_FORM.noNode}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
