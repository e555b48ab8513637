import { memo } from "react";
import { sparkPath } from "./spark-path";

const WIDTH = 96;
const HEIGHT = 24;
const ROOM = 1.15;

type ThresholdSparkProps = { points: readonly (number | null)[]; threshold: number; label: string };

/** A trend in a table's cell with the line that it is compared with, dashed. */
export const ThresholdSpark = memo(function ThresholdSpark({ points, threshold, label }: ThresholdSparkProps) {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return null;
  const least = Math.min(0, threshold, ...known);
  const most = Math.max(threshold, ...known) * ROOM;
  const span = most > least ? most - least : 1;
  const above = points.map((point) => (point === null ? null : point - least));
  const y = Math.round((HEIGHT - 3) * (1 - (threshold - least) / span)) + 0.5;
  return (
    <svg role="img" aria-label={label} className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 -1 ${WIDTH} ${HEIGHT}`}>
      <path d={`M0 ${y}H${WIDTH}`} stroke="var(--color-danger)" strokeDasharray="3 3" />
      <path d={sparkPath(above, span, WIDTH, HEIGHT - 3)} />
    </svg>
  );
});
