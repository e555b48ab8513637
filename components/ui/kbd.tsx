import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="inline-block h-fit rounded-sm border border-line bg-panel px-1 font-sans text-xs text-muted">{children}</kbd>;
}
