"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { BULK } from "@/lib/messages/bulk";
import type { TagRow } from "./use-tag-changes";

type BulkTagsProps = { rows: readonly TagRow[]; onToggle: (tag: string) => void; onAdd: (typed: string) => string | null };

/** A box per tag with three states, and a field for a new one. */
export function BulkTags({ rows, onToggle, onAdd }: BulkTagsProps) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const add = () => {
    const refused = onAdd(typed);
    setError(refused);
    if (refused === null) setTyped("");
  };
  return (
    <div className="grid gap-4">
      {rows.length > 0 && (
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium">{BULK.tags}</legend>
          <ul role="list" className="-mx-1 grid max-h-60 gap-1 overflow-y-auto p-1">
            {rows.map(({ tag, was, is }) => (
              <li key={tag}>
                <Checkbox
                  label={<bdi className="wrap-anywhere">{tag}</bdi>}
                  description={is === was ? undefined : BULK.tagChange[is]}
                  checked={is === "all"}
                  indeterminate={is === "some"}
                  onChange={() => onToggle(tag)}
                />
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <Field label={BULK.newTag} help={BULK.newTagHelp} error={error}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={typed}
              maxLength={500}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
                // An empty field sends the form, as everywhere.
                if (typed.trim() === "") return;
                event.preventDefault();
                add();
              }}
            />
            <Button onClick={add}>Add</Button>
          </div>
        )}
      </Field>
    </div>
  );
}
