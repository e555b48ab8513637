import type { ReactNode } from "react";

/** The title of a part of a page, and what it is about. */
export function SectionHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="max-w-3xl text-muted">{children}</p>
    </div>
  );
}
