import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Breadcrumb } from "./breadcrumb";
import type { Crumb } from "./breadcrumb";

type PageFrameProps = {
  crumbs: readonly Crumb[];
  /** Stands at the end of the breadcrumb's line: ways to the pages beside this one. */
  aside?: ReactNode;
  title: ReactNode;
  /** Stands beside the title: counts, a status; nothing that takes the focus, which would come after the actions. */
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
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
          <h1 className="min-w-0 text-xl leading-8 font-semibold wrap-anywhere">{title}</h1>
          {/* Before the summary, which then finds its width at once: a page may be painted before its end has arrived. */}
          {actions && <div className="no-print order-last ms-auto flex self-start flex-wrap items-center gap-2">{actions}</div>}
          {/* Beside the title as long as a part of it has room there; what grows longer wraps by itself and moves nothing else away. */}
          {summary && <div className="flex max-w-max min-w-0 flex-1 basis-96 flex-wrap items-center gap-x-4 gap-y-1">{summary}</div>}
        </div>
      </div>
      {children}
    </main>
  );
}
