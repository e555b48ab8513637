import { useEffect, type ClipboardEvent, type KeyboardEvent, type RefObject } from "react";
import { FILTER_BAR } from "@/lib/messages/list";
import { isQuery, type Bar } from "./filter-bar-state";
import { optionId } from "./filter-options";
import type { SuggestionList } from "./filter-suggestions";

type FilterInputProps = { id: string; input: RefObject<HTMLInputElement | null>; bar: Bar; list: SuggestionList; invalid: boolean };

type Press = (event: KeyboardEvent<HTMLInputElement>) => boolean;

/** What the keys do; an answer of false leaves the key to the browser. */
function keysOf(bar: Bar, list: SuggestionList): Partial<Record<string, Press>> {
  const { tokens, draft } = bar;
  const { options, active, expanded } = list;
  const done = (_: void): boolean => true;
  return {
    ArrowDown: () => done(list.move(1)),
    ArrowUp: () => done(list.move(-1)),
    Enter: () => {
      const option = options[active];
      if (option) return done(list.take(option));
      bar.commit();
      return done(list.show(false));
    },
    // Without anything typed it goes on to the next control, as everywhere.
    Tab: ({ shiftKey }) => {
      const option = options[active] ?? options.find(({ text }) => draft.text.trim() && begins(text, draft.text));
      return !shiftKey && option ? done(list.take(option)) : false;
    },
    Escape: () => {
      if (expanded) return done(list.show(false));
      return draft.text ? done(bar.type("", 0)) : false;
    },
    Backspace: ({ currentTarget: { selectionStart, selectionEnd } }) =>
      selectionStart === 0 && selectionEnd === 0 && tokens.length ? done(bar.edit(tokens.length - 1)) : false,
  };
}

const begins = (text: string, typed: string): boolean => text.toLowerCase().startsWith(typed.toLowerCase());

/** A combobox: the list belongs to it, and the focus stays in it. */
export function FilterInput({ id, input, bar, list, invalid }: FilterInputProps) {
  const { draft, tokens } = bar;
  const { active, expanded } = list;

  // Where React sets the text of an input, the browser puts the cursor at its end.
  useEffect(() => {
    const field = input.current;
    if (field && field === document.activeElement && field.value === draft.text && field.selectionStart !== draft.cursor)
      field.setSelectionRange(draft.cursor, draft.cursor);
  }, [input, draft]);

  const press: (event: KeyboardEvent<HTMLInputElement>) => void = (event) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keysOf(bar, list)[event.key]?.(event)) event.preventDefault();
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const text = value.slice(0, selectionStart ?? 0) + event.clipboardData.getData("text") + value.slice(selectionEnd ?? 0);
    if (!isQuery(text)) return;
    event.preventDefault();
    bar.commit(text);
    list.show(false);
  };

  return (
    <input
      ref={input}
      type="text"
      role="combobox"
      aria-label={FILTER_BAR.label}
      aria-autocomplete="list"
      aria-expanded={expanded}
      aria-controls={expanded ? id : undefined}
      aria-activedescendant={expanded && active >= 0 ? optionId(id, active) : undefined}
      aria-invalid={invalid || undefined}
      aria-describedby={`${id}-help${invalid ? ` ${id}-invalid` : ""}`}
      className="min-h-6 min-w-32 flex-1 bg-transparent outline-none"
      placeholder={tokens.length ? "" : FILTER_BAR.placeholder}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={draft.text}
      onFocus={list.load}
      onClick={() => list.show(true)}
      onChange={({ target }) => {
        bar.type(target.value, target.selectionStart ?? target.value.length);
        list.show(true);
      }}
      onSelect={({ currentTarget }) => {
        if (currentTarget.selectionStart !== draft.cursor) bar.place(currentTarget.selectionStart ?? 0);
      }}
      onBlur={() => {
        list.show(false);
        if (draft.text.trim()) bar.commit();
      }}
      onKeyDown={press}
      onPaste={paste}
    />
  );
}
