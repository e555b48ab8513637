import type { ReactNode } from "react";
import { SectionHead } from "@/components/ui/section-head";

export function Part({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <SectionHead title={title}>{help}</SectionHead>
      {children}
    </section>
  );
}
