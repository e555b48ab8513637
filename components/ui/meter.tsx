import type { ReactNode } from "react";

type MeterProps = {
  label: ReactNode;
  /** Words beside the bar, e.g. "47.8 GB free of 62.3 GB". */ detail: string;
  /** Filled part, 0 to 1. */ share: number;
  /** From here on it is worth a look. */ warnFrom?: number;
};

/** A share of something limited. The bar is drawn with attributes, which need no inline style. */
export function Meter({ label, detail, share, warnFrom = 0.9 }: MeterProps) {
  const filled = Math.min(1, Math.max(0, share));
  return (
    <div data-tone={filled >= warnFrom ? "danger" : "positive"} className="grid gap-1">
      <div className="flex flex-wrap justify-between gap-x-3 text-sm">
        {label}
        <span className="text-muted">
          {Math.round(filled * 100)} % used, {detail}
        </span>
      </div>
      <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className="h-1.5 w-full rounded-full forced-colors:border">
        <rect width="100" height="4" className="fill-hover" />
        <rect width={filled * 100} height="4" className="fill-(--tone) forced-colors:fill-[CanvasText]" />
      </svg>
    </div>
  );
}
