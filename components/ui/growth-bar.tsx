/** A share before and after, 0 to 1 each: the first part quiet, what comes to it not. For the eye; its words stand beside it. */
export function GrowthBar({ before, after }: { before: number; after: number }) {
  const [was, is] = [before, after].map((share) => Math.min(1, Math.max(0, share)) * 100) as [number, number]; // two in, two out
  return (
    <svg aria-hidden viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 w-28 rounded-full forced-colors:border">
      <rect width="100" height="6" className="fill-hover" />
      <rect width={is} height="6" className="fill-accent forced-colors:fill-[CanvasText]" />
      <rect width={was} height="6" className="fill-control forced-colors:fill-[GrayText]" />
    </svg>
  );
}
