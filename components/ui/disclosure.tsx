import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode, ToggleEventHandler } from "react";

type DisclosureProps = {
  summary: ReactNode;
  open?: boolean;
  onToggle?: ToggleEventHandler<HTMLDetailsElement>;
  className?: string;
  children: ReactNode;
};

/** A part that opens in place. The browser's own element: works before scripts do and is found by find-in-page. */
export function Disclosure({ summary, open, onToggle, className, children }: DisclosureProps) {
  return (
    <details open={open} onToggle={onToggle} className={clsx("group/disclosure", className)}>
      <summary className="flex min-h-8 list-none items-center gap-2 rounded-md px-2 py-1 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          size={14}
          className="text-muted transition-transform group-open/disclosure:rotate-90 rtl:-scale-x-100 rtl:group-open/disclosure:rotate-90"
        />
        <span className="min-w-0 flex-1">{summary}</span>
      </summary>
      <div className="ps-7.5 pe-2 pt-1 pb-3">{children}</div>
    </details>
  );
}
