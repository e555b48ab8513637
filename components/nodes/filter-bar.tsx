"use client";

import { Search, X } from "lucide-react";
import { useEffect, useId, useRef, type PointerEvent } from "react";
import { FieldError } from "@/components/ui/field";
import { formatToken } from "@/lib/domain/node-query";
import type { RowFacts } from "@/lib/domain/row-facts";
import { FILTER_BAR } from "@/lib/messages/list";
import { useFilterBar } from "./filter-bar-state";
import { FilterChip } from "./filter-chip";
import { FilterInput } from "./filter-input";
import { FilterOptions } from "./filter-options";
import { useSuggestions } from "./filter-suggestions";

type FilterBarProps = {
  /** The text of the address, see lib/domain/node-query.ts. */
  value: string;
  onChange: (text: string) => void;
  /** Whose values are offered; they are looked at only while the list of suggestions is open. */
  rows: readonly RowFacts[];
};

const FRAME =
  "control flex flex-wrap items-center gap-x-1.5 gap-y-1 py-0.75 ps-2.5 pe-1 " +
  "has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-accent";

/** One input for all conditions: those that are finished stand in it as chips, the last one is typed behind them. */
export function FilterBar({ value, onChange, rows }: FilterBarProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const bar = useFilterBar(value, onChange);
  const { tokens, draft } = bar;
  const list = useSuggestions(bar, rows);
  const invalid = tokens.filter((token) => token.kind === "invalid");
  const focus = () => input.current?.focus();
  useShortcut(focus);

  /** The button that was pressed goes away; the focus must not go with it. */
  const press = (change: () => void) => () => {
    change();
    focus();
  };
  // A press beside the input is a press on it.
  const pressBeside = (event: PointerEvent) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    focus();
  };

  return (
    <div className="grid min-w-0 gap-1">
      <div className="relative">
        <div className={FRAME} onPointerDown={pressBeside}>
          <Search aria-hidden size={14} className="me-0.5 text-muted" />
          {tokens.length > 0 && (
            <ul aria-label={FILTER_BAR.conditions} className="contents">
              {tokens.map((token, index) => (
                <li key={`${index} ${formatToken(token)}`} className="inline-flex max-w-full min-w-0 items-center gap-1.5">
                  {index > 0 && <span className="text-xs text-muted">and</span>}
                  <FilterChip token={token} onEdit={press(() => bar.edit(index))} onRemove={press(() => bar.remove(index))} />
                </li>
              ))}
            </ul>
          )}
          <FilterInput id={id} input={input} bar={bar} list={list} invalid={invalid.length > 0} />
          {(tokens.length > 0 || draft.text) && (
            <button
              type="button"
              aria-label={FILTER_BAR.clear}
              className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
              onClick={press(bar.clear)}
            >
              <X aria-hidden size={14} />
            </button>
          )}
        </div>
        {list.expanded && <FilterOptions id={id} options={list.options} active={list.active} onTake={list.take} />}
      </div>
      <p id={`${id}-help`} className="sr-only">
        {FILTER_BAR.help}
      </p>
      {invalid.length > 0 && (
        <div id={`${id}-invalid`}>
          {invalid.map(({ text, reason }, index) => (
            <FieldError key={`${index} ${text}`} id={`${id}-invalid-${index}`}>
              <span className="font-medium">{text}</span> is {FILTER_BAR.notUnderstood}. {reason}
            </FieldError>
          ))}
        </div>
      )}
    </div>
  );
}

/** The shell's shortcut "/" asks for the focus by this event. */
const SHORTCUT = "regent:shortcut";

function useShortcut(focus: () => void): void {
  useEffect(() => {
    const listen = (event: Event) => {
      if (event instanceof CustomEvent && event.detail === "filter") focus();
    };
    addEventListener(SHORTCUT, listen);
    return () => removeEventListener(SHORTCUT, listen);
  });
}
