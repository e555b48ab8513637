import { clsx } from "clsx";
import { useEffect } from "react";
import type { Suggestion } from "@/lib/domain/node-query-suggest";
import { FILTER_BAR } from "@/lib/messages/list";

type FilterOptionsProps = { id: string; options: readonly Suggestion[]; active: number; onTake: (option: Suggestion) => void };

export const optionId = (id: string, index: number): string => `${id}-option-${index}`;

/** The list below the filter's input. The input keeps the focus; a press here must not take it. */
export function FilterOptions({ id, options, active, onTake }: FilterOptionsProps) {
  useEffect(() => {
    if (active >= 0) document.getElementById(optionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div className="absolute inset-x-0 top-full z-30 mt-1 w-full max-w-xl rounded-lg bg-raised shadow-float forced-colors:border">
      <div id={id} role="listbox" aria-label={FILTER_BAR.suggestions} className="max-h-72 overflow-y-auto p-1">
        {options.map((option, index) => (
          <div
            key={option.label}
            id={optionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={clsx(
              "flex min-h-7 cursor-pointer items-center gap-4 rounded-md px-2 py-1 text-sm forced-colors:aria-selected:outline-2",
              index === active ? "bg-selected" : "hover:bg-hover",
            )}
            // On the press and not the click: the input must not lose the focus between them. A finger that scrolls presses nothing.
            onMouseDown={(event) => {
              event.preventDefault();
              onTake(option);
            }}
          >
            <bdi className="min-w-0 truncate">{option.label}</bdi>{" "}
            <span className="ms-auto shrink-0 text-xs text-muted">{option.detail}</span>
          </div>
        ))}
      </div>
      <p aria-hidden className="border-t border-line px-3 py-1.5 text-xs text-muted max-sm:hidden">
        {FILTER_BAR.help}
      </p>
    </div>
  );
}
