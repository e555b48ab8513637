import { clsx } from "clsx";
import type { ReactNode } from "react";

export type KeyValue = { label: string; value: ReactNode };

/** Facts as label and value. Columns align with each other; under 480 px the value stands below its label. */
export function KeyValues({ items, className }: { items: readonly KeyValue[]; className?: string }) {
  return (
    <dl className={clsx("grid gap-x-6 gap-y-1.5 min-[480px]:grid-cols-[max-content_minmax(0,1fr)]", className)}>
      {items.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted max-[479px]:mt-1">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">{value ?? <NoData />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value that is not known. */
export function NoData() {
  return (
    <span className="text-muted">
      <span aria-hidden>—</span>
      <span className="sr-only">No data</span>
    </span>
  );
}
