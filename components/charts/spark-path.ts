/**
 * The line of a sparkline as SVG path data: oldest point at the left edge, newest at the right. Values from 0 to `max` fill the
 * height; what lies outside is cut there, so that a spike never leaves its cell. A gap (null) interrupts the line; a point between
 * two gaps becomes a dot.
 */
export function sparkPath(points: readonly (number | null)[], max: number, width: number, height: number): string {
  const stepX = points.length > 1 ? width / (points.length - 1) : 0;
  const scale = max > 0 ? height / max : 0;
  let path = "";
  let pen = false;
  for (let index = 0; index < points.length; index += 1) {
    const value = points[index];
    if (value === null || value === undefined) {
      pen = false;
      continue;
    }
    const y = height - Math.min(Math.max(value, 0) * scale, height);
    const alone = !pen && (points[index + 1] ?? null) === null;
    path += `${pen ? "L" : "M"}${tenth(index * stepX)} ${tenth(y)}${alone ? "h.1" : ""}`;
    pen = true;
  }
  return path;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
