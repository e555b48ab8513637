import { clsx } from "clsx";

/** Uneven, as text is; chosen by position, so that server and browser draw the same. */
const WIDTHS = ["w-28", "w-16", "w-20", "w-12", "w-24"] as const;

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block h-3 rounded-sm bg-hover", className)} />;
}

/** Rows of a table that is loading; stands inside `<tbody>`. Nothing pulses. */
export function SkeletonRows({ rows = 10, columns }: { rows?: number; columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column}>
          <Skeleton className={WIDTHS[(row + column * 3) % WIDTHS.length]} />
        </td>
      ))}
    </tr>
  ));
}
