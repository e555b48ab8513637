import type { ReactNode } from "react";

/** What a page is about, and beside it what can be begun there. */
export function Lead({ help, children }: { help: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <p className="max-w-2xl text-muted">{help}</p>
      {children}
    </div>
  );
}
