import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

/**
 * The scrolling frame of a table, reachable by keyboard. The header sticks to the frame, so a long table needs a bounded
 * height: pass e.g. `max-h-[70dvh]` or let it fill a flex column with `min-h-0 flex-1`.
 */
export function TableFrame({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <section aria-label={label} tabIndex={0} className={clsx("table-frame overflow-auto rounded-md border border-line", className)}>
      {children}
    </section>
  );
}

export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table {...rest} className={clsx("table", className)} />;
}

type CellProps = {
  /** Aligned at the end, so that digits compare. */
  numeric?: boolean;
  /** Stays in view while the rest scrolls sideways. "start-2" stands beside a pinned selection column. */
  pin?: "start" | "start-2" | "end" | undefined;
  /** The 40 px column of selection boxes. */
  check?: boolean;
};

const cellData = ({ numeric, pin, check }: CellProps) => ({
  "data-numeric": numeric || undefined,
  "data-pin": pin,
  "data-check": check || undefined,
});

export function Th({ numeric, pin, check, ...rest }: ComponentProps<"th"> & CellProps) {
  return <th scope="col" {...rest} {...cellData({ numeric, pin, check })} />;
}

export function Td({ numeric, pin, check, ...rest }: ComponentProps<"td"> & CellProps) {
  return <td {...rest} {...cellData({ numeric, pin, check })} />;
}

export function Tr({ selected, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return <tr {...rest} aria-selected={selected} />;
}
