import type { ReactNode } from "react";

type EmptyStateProps = {
  glyph?: ReactNode;
  title: string;
  /** On a page that has nothing else: then it is the page's heading. */ page?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
};

/** What stands where a list would: why it is empty and what to do next. */
export function EmptyState({ glyph, title, page = false, children, actions }: EmptyStateProps) {
  const Title = page ? "h1" : "p";
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-2 px-4 py-12 text-center">
      {glyph && <span className="mb-1 text-muted [&>svg]:size-6">{glyph}</span>}
      <Title className="text-lg font-semibold">{title}</Title>
      {children && <div className="text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
