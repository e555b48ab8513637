/** Our heatmap: from values to shades, labels and badges, and onto the canvas, as the view does it. */
import { ramp, type Rgb } from "@/components/charts/colors";
import { createPainter } from "@/components/charts/heatmap-paint";
import { HATCHED, type HeatmapLook } from "@/components/charts/heatmap-scene";
import { GLYPH_PATHS } from "@/components/nodes/heatmap/glyphs";
import { deskText } from "@/components/nodes/heatmap/label-size";
import { hitTest } from "@/lib/domain/heatmap-moves";
import { NO_DATA, shadesOf, SHADES, shortValue } from "@/lib/domain/heatmap-scale";
import { layoutOf, statusFor, type Cells } from "./data";
import type { Side } from "./page";

const STOPS: Rgb[] = [
  [2, 20, 30],
  [3, 60, 85],
  [32, 104, 140],
  [95, 149, 181],
  [154, 197, 222],
];
const TONE: Rgb = [255, 134, 117];
const LOOK: HeatmapLook = {
  palette: [...ramp(STOPS, SHADES), [28, 34, 48]],
  page: [11, 14, 20],
  ink: [238, 241, 245],
  accent: [143, 176, 255],
  badges: Object.values(GLYPH_PATHS).map((path) => ({ path, tone: TONE, on: [0, 0, 0], weight: "solid" })),
  font: "sans-serif",
  scale: 1,
  text: deskText("value"),
};

const SCALE = { min: 0, max: 1, log: false };
let now: { cells: Cells; layout: ReturnType<typeof layoutOf>; paint: ReturnType<typeof createPainter>; badges: Uint8Array };

function show(values: Float64Array): void {
  const { cells, layout, paint, badges } = now;
  const shades = shadesOf(values, SCALE);
  const marks = new Uint8Array(shades.length);
  for (let cell = 0; cell < shades.length; cell += 1) if (shades[cell] === NO_DATA) marks[cell] = HATCHED;
  const labels = cells.labels ? Array.from(values, (value) => (Number.isNaN(value) ? "" : shortValue("share", value, 1))) : null;
  paint({ ...layout, shades, marks, badges, labels }, LOOK);
}

export const side: Side = {
  draw: (host, cells, values) => {
    const canvas = document.createElement("canvas");
    host.append(canvas);
    const layout = layoutOf(cells);
    now = { cells, layout, paint: createPainter(canvas), badges: Uint8Array.from(values, (_value, cell) => statusFor(cell)) };
    canvas.addEventListener("mousemove", ({ clientX, clientY }) => {
      const box = canvas.getBoundingClientRect();
      canvas.dataset.cell = String(hitTest(layout, clientX - box.left, clientY - box.top));
    });
    show(values);
  },
  recolour: show,
};
