import { clsx } from "clsx";

/** How far something is, 0 to 1, for the eye; its words stand beside it. Drawn with attributes, which need no inline style. */
export function ProgressBar({ share, className }: { share: number; className?: string }) {
  return (
    <svg
      aria-hidden
      data-tone="progress"
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className={clsx("h-1.5 rounded-full forced-colors:border", className ?? "w-full")}
    >
      <rect width="100" height="4" className="fill-hover" />
      <rect width={Math.min(1, Math.max(0, share)) * 100} height="4" className="fill-(--tone) forced-colors:fill-[CanvasText]" />
    </svg>
  );
}
