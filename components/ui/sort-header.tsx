import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Th } from "./table";

export type SortDirection = "ascending" | "descending";

type SortHeaderProps = {
  children: ReactNode;
  /** The direction when the table is sorted by this column, otherwise null. */
  sorted: SortDirection | null;
  onSort: () => void;
  numeric?: boolean;
  pin?: "start" | "start-2" | "end";
  /** Id of the text that explains the column. */
  describedBy?: string;
  className?: string;
};

/** The arrow's room is kept while it is not shown, so that sorting never moves a column. */
export function SortHeader({ children, sorted, onSort, numeric = false, pin, describedBy, className }: SortHeaderProps) {
  const Arrow = sorted === "descending" ? ArrowDown : ArrowUp;
  return (
    <Th numeric={numeric} pin={pin} aria-sort={sorted ?? "none"} className={className}>
      <button
        type="button"
        aria-describedby={describedBy}
        onClick={onSort}
        className={clsx(
          "group/sort -mx-1.5 inline-flex min-h-6 items-center gap-1 rounded-sm px-1.5 font-semibold hover:text-ink focus-visible:-outline-offset-2",
          numeric && "flex-row-reverse",
          sorted && "text-ink",
        )}
      >
        {children}
        <Arrow
          aria-hidden
          size={12}
          className={clsx(!sorted && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60")}
        />
      </button>
    </Th>
  );
}
