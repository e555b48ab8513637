import type { ReactNode } from "react";

type FrameProps = { title: string; aside?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** The box above the tabs: a headed part of the page that can be acted on. */
export function Frame({ title, aside, actions, children }: FrameProps) {
  return (
    <section
      aria-label={title}
      data-tone="planned"
      className="grid gap-3 rounded-md border border-line border-s-3 border-s-(--tone) px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-lg font-semibold">{title}</h2>
        {aside && <span className="min-w-0 text-sm wrap-anywhere text-muted">{aside}</span>}
        {actions && <div className="ms-auto flex flex-wrap gap-2 max-sm:ms-0">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
