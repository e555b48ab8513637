import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Breadcrumb } from "./breadcrumb";
import type { Crumb } from "./breadcrumb";

type PageFrameProps = {
  crumbs: readonly Crumb[];
  /** Stands at the end of the breadcrumb's line: ways to the pages beside this one. */
  aside?: ReactNode;
  title: ReactNode;
  /** Stands beside the title: counts, a status; nothing that takes the focus, which would come after the actions. As high as the title when it is one line. */
  summary?: ReactNode;
  /** Stand at the end of the title's line. */
  actions?: ReactNode;
  /** The page is as high as the window, and what is in it scrolls. */
  fill?: boolean;
  children: ReactNode;
};

/** The page below the header. `#main` takes the focus of the skip link and of dialogs whose opener is gone. */
export function PageFrame({ crumbs, aside, title, summary, actions, fill = false, children }: PageFrameProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={clsx("grid grid-cols-[minmax(0,1fr)] gap-4 px-4 py-4 outline-none lg:px-6", fill ? "page-fill" : "content-start")}
    >
      <div className="grid gap-1">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <Breadcrumb crumbs={crumbs} />
          {aside}
        </div>
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <h1 className="min-w-0 text-xl leading-8 font-semibold wrap-anywhere">{title}</h1>
          {/* Before the summary, which then finds its width at once: a page may be painted before its end has arrived. */}
          {actions && <div className="no-print order-last ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
          {summary}
        </div>
      </div>
      {children}
    </main>
  );
}
