"use client";

import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Td, Tr } from "./table";

type ExpandRowProps = {
  /** Names the button: what opens. */
  label: string;
  /** How many cells the row has beside the button's own. */
  columns: number;
  cells: ReactNode;
  /** From outside; left out, the row keeps it itself. */
  open?: boolean;
  onToggle?: () => void;
  /** What opens below the row, drawn only while it is open. Nothing to show: no button. */
  children: ReactNode | null;
};

/** A row of a table that opens in place. Its button stands in a column of its own, before the others. */
export function ExpandRow({ label, columns, cells, open: given, onToggle, children }: ExpandRowProps) {
  const [own, setOwn] = useState(false);
  const open = (given ?? own) && children !== null;
  return (
    <>
      <Tr>
        <Td check>
          {children !== null && (
            <button
              type="button"
              aria-expanded={open}
              aria-label={label}
              onClick={onToggle ?? (() => setOwn(!own))}
              className="grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
            >
              <ChevronRight aria-hidden size={14} className={`transition-transform ${open ? "rotate-90" : "rtl:-scale-x-100"}`} />
            </button>
          )}
        </Td>
        {cells}
      </Tr>
      {open && (
        <tr>
          <Td check />
          <Td colSpan={columns} className="py-2! whitespace-normal">
            {children}
          </Td>
        </tr>
      )}
    </>
  );
}
