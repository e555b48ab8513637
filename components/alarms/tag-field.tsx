"use client";

import { useEffect, useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { tagKey } from "@/lib/domain/tags";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import type { TagCount } from "@/lib/services/nodes/tags";

type TagFieldProps = { tag: string; onTag: (tag: string) => void; error: string | null };

/** A tag, of those that nodes have or of those to come. */
export function TagField({ tag, onTag, error }: TagFieldProps) {
  const id = useId();
  const tags = useTags();
  const known = tags.find((one) => tagKey(one.tag) === tagKey(tag.trim()));
  return (
    <>
      <Field label={ALARM_FORM.tag} help={ALARM_FORM.tagHelp(known?.count ?? null)} required error={error}>
        {(control) => (
          <Input
            {...control}
            list={`${id}-tags`}
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            value={tag}
            onChange={(event) => onTag(event.target.value)}
          />
        )}
      </Field>
      <datalist id={`${id}-tags`}>
        {tags.map((one) => (
          <option key={one.tag} value={one.tag}>
            {one.tag}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** Without an answer a tag can still be typed. */
function useTags(): TagCount[] {
  const [tags, setTags] = useState<TagCount[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    void fetch("/api/v1/tags", { signal: gone.signal })
      .then(async (answer) => answer.ok && setTags((await answer.json()) as TagCount[])) // our own route
      .catch(() => undefined); // typed by hand, then
    return () => gone.abort();
  }, []);
  return tags;
}
