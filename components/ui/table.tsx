import { clsx } from "clsx";
import type { ComponentProps } from "react";

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
  /** The column of the buttons of a line. */
  actions?: boolean;
};

const cellData = ({ numeric, pin, check, actions }: CellProps) => ({
  "data-numeric": numeric || undefined,
  "data-pin": pin,
  "data-check": check || undefined,
  "data-actions": actions || undefined,
});

export function Th({ numeric, pin, check, actions, ...rest }: ComponentProps<"th"> & CellProps) {
  return <th scope="col" {...rest} {...cellData({ numeric, pin, check, actions })} />;
}

export function Td({ numeric, pin, check, actions, ...rest }: ComponentProps<"td"> & CellProps) {
  return <td {...rest} {...cellData({ numeric, pin, check, actions })} />;
}

export function Tr({ selected, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return <tr {...rest} aria-selected={selected} />;
}
