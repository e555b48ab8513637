import { memo } from "react";
import { sparkPath } from "./spark-path";

const WIDTH = 48;
const HEIGHT = 18;

type SparklineProps = {
  /** Oldest first; null where nothing was measured. */
  points: readonly (number | null)[];
  /** The value at the top of the cell. */
  max: number;
  /** What a screen reader says, e.g. "CPU 20 %, last hour 8 to 64 %". Empty: what stands beside it says all. */
  label: string;
};

/** A trend in a table's cell: one SVG path, nothing else, so that hundreds cost as little as text. */
export const Sparkline = memo(function Sparkline({ points, max, label }: SparklineProps) {
  const name = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg {...name} className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 -1 ${WIDTH} ${HEIGHT}`}>
      <path d={sparkPath(points, max, WIDTH, HEIGHT - 2)} />
    </svg>
  );
});
