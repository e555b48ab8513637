"use client";

import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { splitTags, tagKey } from "@/lib/domain/tags";
import { counted } from "@/lib/messages/counted";
import { TAGS } from "@/lib/messages/tags";
import type { Refusal } from "@/lib/outcome";
import { tagOptions, typedParts, type KnownTag, type TagOption } from "./tag-options";

type TagInputProps = {
  /** Tags that exist, the most used first. */
  known: readonly KnownTag[];
  /** Those that are there already: they are not offered, and typing one adds nothing. */
  taken: readonly string[];
  /** Adds them, at least one; answers why not, or null when it is done. What was typed stays after a refusal. */
  onAdd: (tags: string[]) => Promise<Refusal | null>;
  /** On Escape. Left out, Escape closes the list of tags only. */
  onCancel?: () => void;
  label?: string;
  autoFocus?: boolean;
};

/** One field for tags, as an editable combobox with a list (ARIA Authoring Practices): Enter adds, a comma stands between several. */
export function TagInput({ known, taken, onAdd, onCancel, label = TAGS.add, autoFocus = false }: TagInputProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(autoFocus);
  const [active, setActive] = useState(-1);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const options = useMemo(() => tagOptions(text, known, taken), [text, known, taken]);
  const shown = open && options.length > 0;
  const listed = shown ? options[active] : undefined;

  const add = async (typed: string) => {
    if (busy) return;
    const tags = splitTags(typed);
    if (!tags.ok) return setRefusal(tags);
    const used = taken.map(tagKey);
    const fresh = tags.value.filter((tag) => !used.includes(tagKey(tag)));
    setBusy(true);
    const refused = fresh.length ? await onAdd(fresh) : null;
    setBusy(false);
    setRefusal(refused);
    setActive(-1);
    if (!refused) setText("");
  };
  const choose = (option: TagOption) => void add(`${typedParts(text).before}${option.tag}`);
  const type = (typed: string) => {
    setText(typed);
    setActive(-1);
    setOpen(true);
    setRefusal(null);
  };

  const move = (step: 1 | -1) => {
    setOpen(true);
    if (options.length) setActive(active < 0 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length);
  };
  const escape = (event: KeyboardEvent) => {
    if (!onCancel && !shown) return;
    // Handled here: a dialog around the field stays open.
    event.preventDefault();
    event.stopPropagation();
    if (onCancel) onCancel();
    else setOpen(false);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") return escape(event);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key !== "Enter") return move(event.key === "ArrowDown" ? 1 : -1);
    if (listed) choose(listed);
    else void add(text);
  };

  return (
    <div className="relative grid w-64 max-w-full gap-1">
      <Input
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={listed ? `${id}-${active}` : undefined}
        aria-invalid={refusal ? true : undefined}
        aria-describedby={refusal ? `${id}-error ${id}-help` : `${id}-help`}
        aria-busy={busy || undefined}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        // Opened by the press of a button that made room for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={autoFocus}
        value={text}
        readOnly={busy}
        onChange={(event) => type(event.target.value)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      {refusal ? (
        <div role="alert">
          <FieldError id={`${id}-error`}>
            {refusal.reason} {refusal.hint}
          </FieldError>
        </div>
      ) : null}
      <span id={`${id}-help`} className="sr-only">
        {TAGS.help}
      </span>
      {shown && <Options id={id} options={options} active={active} onChoose={choose} />}
    </div>
  );
}

type OptionsProps = { id: string; options: readonly TagOption[]; active: number; onChoose: (option: TagOption) => void };

function Options({ id, options, active, onChoose }: OptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label="Tags"
      className="absolute start-0 top-9 z-40 max-h-64 w-full overflow-y-auto rounded-lg bg-raised p-1 shadow-float forced-colors:border"
    >
      {options.map((option, index) => (
        // The keys are the field's, which keeps the focus.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={option.tag}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(option)}
          className="flex min-h-8 cursor-pointer items-center justify-between gap-3 rounded-md px-2 py-1 hover:bg-hover aria-selected:bg-hover aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-accent"
        >
          <bdi className="min-w-0 wrap-anywhere">{option.tag}</bdi>
          <span className="text-sm whitespace-nowrap text-muted">{countWords(option.count)}</span>
        </div>
      ))}
    </div>
  );
}

const countWords = (count: number | null): string => (count === null ? "new tag" : counted(count, "node"));
