/** Small pictures that are drawn once and then copied to thousands of cells. */
import { cssOf, mix, type Rgb } from "./colors";
import type { BadgeLook, HeatmapLook } from "./heatmap-scene";

export function canvasOf(width: number, height: number) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(1, width), Math.max(1, height)];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser draws no canvas.");
  return { canvas, context };
}

const COLUMNS = 32;
const MOST = 1024;

/** Writes each text once, in a cell of its own, into one picture. Those for which it has no room are written where they are wanted. */
export function labelSprites(size: number, { font, scale }: Pick<HeatmapLook, "font" | "scale">) {
  const line = Math.round(14 * scale);
  const { canvas, context } = canvasOf(size * COLUMNS, line * (MOST / COLUMNS));
  const slots = new Map<string, number>();
  const inset = Math.round(6 * scale);
  const fontPx = Math.min(12, Math.max(8, Math.round(size / scale / 2.6))) * scale;
  context.font = `500 ${fontPx}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const write = (key: string, text: string, black: boolean): number => {
    const slot = slots.size;
    slots.set(key, slot);
    context.fillStyle = black ? "#000" : "#fff";
    context.fillText(text, (slot % COLUMNS) * size + size / 2, Math.floor(slot / COLUMNS) * line + line / 2, size - inset);
    return slot;
  };
  return {
    /** Into the middle of the cell at x, y. */
    draw: (target: CanvasRenderingContext2D, text: string, black: boolean, x: number, y: number) => {
      const key = `${black ? "b" : "w"}${text}`;
      const known = slots.get(key);
      if (known === undefined && slots.size >= MOST) {
        Object.assign(target, { font: context.font, textAlign: "center", textBaseline: "middle", fillStyle: black ? "#000" : "#fff" });
        return target.fillText(text, x + size / 2, y + size / 2, size - inset);
      }
      const slot = known ?? write(key, text, black);
      const [left, top] = [(slot % COLUMNS) * size, Math.floor(slot / COLUMNS) * line];
      target.drawImage(canvas, left, top, size, line, x, y + ((size - line) >> 1), size, line);
    },
  };
}

/** The page between the cells, with round corners, and a hairline around each: repeated over a block. */
export function frameSprite(pitch: number, gap: number, { page, ink, scale }: HeatmapLook): HTMLCanvasElement {
  const { canvas, context } = canvasOf(pitch, pitch);
  const size = pitch - gap;
  const radius = size >= 20 * scale ? 3 * scale : size >= 10 * scale ? scale : 0;
  context.fillStyle = cssOf(page);
  context.fillRect(0, 0, pitch, pitch);
  context.globalCompositeOperation = "destination-out";
  context.beginPath();
  context.roundRect(0, 0, size, size, radius);
  context.fill();
  context.globalCompositeOperation = "source-over";
  context.strokeStyle = cssOf(ink, 0.16);
  context.lineWidth = Math.max(1, Math.floor(scale));
  context.beginPath();
  context.roundRect(context.lineWidth / 2, context.lineWidth / 2, size - context.lineWidth, size - context.lineWidth, radius);
  context.stroke();
  return canvas;
}

/** Diagonal lines, for what is not known or not known any more. */
export function hatchSprite(color: Rgb, scale: number): HTMLCanvasElement {
  const period = Math.round(6 * scale);
  const { canvas, context } = canvasOf(period, period);
  context.strokeStyle = cssOf(color, 0.28);
  context.lineWidth = 1.25 * scale;
  context.beginPath();
  for (const shift of [-period, 0, period]) {
    context.moveTo(shift - scale, period + scale);
    context.lineTo(shift + period + scale, -scale);
  }
  context.stroke();
  return canvas;
}

/** Px of the page from which a badge stands in a corner and leaves the middle to the label. */
const CORNER_FROM = 34;
export const badgeLeavesLabel = (size: number, scale: number): boolean => size >= CORNER_FROM * scale;

export function badgeSprite(badge: BadgeLook, size: number, corner: boolean, { page, scale }: HeatmapLook): HTMLCanvasElement {
  const { canvas, context } = canvasOf(size, size);
  const { tone, on, weight, path } = badge;
  if (weight !== "plain") outline(context, size, weight === "solid" ? 2 * scale : Math.max(1, scale), { tone, page, scale });
  const box = corner ? 16 * scale : Math.min(size, Math.max(size * 0.5, Math.min(size, 10 * scale)));
  const at = corner ? 0 : (size - box) / 2;
  if (weight !== "plain" && size >= 8 * scale) {
    context.fillStyle = cssOf(weight === "solid" ? tone : page);
    context.beginPath();
    context.roundRect(at, at, box, box, 3 * scale);
    context.fill();
  }
  if (size < 8 * scale) return canvas;
  const inset = weight === "plain" ? 0 : box * 0.14;
  context.translate(at + inset, at + inset);
  context.scale((box - 2 * inset) / 24, (box - 2 * inset) / 24);
  context.strokeStyle = cssOf(weight === "outline" ? tone : on);
  // A glyph of 10 px needs thicker lines than one of 24.
  context.lineWidth = Math.min(3, Math.max(2, (30 * scale) / box));
  context.lineCap = context.lineJoin = "round";
  context.stroke(new Path2D(path));
  return canvas;
}

/** In the tone, with a line of the page inside of it: it is seen on every colour. */
function outline(
  context: CanvasRenderingContext2D,
  size: number,
  width: number,
  { tone, page, scale }: { tone: Rgb; page: Rgb; scale: number },
) {
  const frame = (inset: number, thick: number, color: Rgb) => {
    context.strokeStyle = cssOf(color);
    context.lineWidth = thick;
    context.beginPath();
    context.roundRect(inset + thick / 2, inset + thick / 2, size - 2 * inset - thick, size - 2 * inset - thick, 2.5 * scale);
    context.stroke();
  };
  if (size >= 14 * scale) frame(width, Math.max(1, scale), page);
  frame(0, width, tone);
}

/** Around what is selected. */
export function selectionSprite(size: number, { accent, page, scale }: HeatmapLook): HTMLCanvasElement {
  const { canvas, context } = canvasOf(size, size);
  context.fillStyle = cssOf(accent, 0.22);
  context.fillRect(0, 0, size, size);
  outline(context, size, Math.min(3, Math.max(1.5, size / 12)) * Math.min(scale, 2), { tone: accent, page, scale });
  return canvas;
}

/** What is looked away from keeps a hint of its colour. */
export const dimmed = (color: Rgb, page: Rgb): Rgb => mix(color, page, 0.14);
