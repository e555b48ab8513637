import type { ReactNode } from "react";

/** A headed part of an alarm's page. `region`: a landmark, where nothing inside is one of the same name. */
export function AlarmSection({ title, region = false, children }: { title: string; region?: boolean; children: ReactNode }) {
  return (
    <section aria-label={region ? title : undefined} className="grid grid-cols-[minmax(0,1fr)] min-w-0 content-start gap-2">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}
