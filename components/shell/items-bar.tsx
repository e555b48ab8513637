import { countAll, type ItemCounts } from "@/lib/domain/bulk";

/** How far work on many nodes is. The words beside it say the same. Drawn with attributes, which need no inline style. */
export function ItemsBar({ counts }: { counts: ItemCounts }) {
  const all = Math.max(1, countAll(counts));
  const done = (100 * counts.done) / all;
  return (
    <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className="h-1 w-full rounded-full forced-colors:border">
      <rect width="100" height="4" className="fill-hover" />
      <rect width={done} height="4" className="fill-progress forced-colors:fill-[CanvasText]" />
      <rect x={done} width={(100 * counts.failed) / all} height="4" className="fill-danger forced-colors:fill-[GrayText]" />
    </svg>
  );
}
