/** Small pictures that are drawn once, and kept as the pixels that are not empty, to be laid over thousands of cells. */
import { cssOf, mix, type Rgb } from "./colors";
import type { BadgeLook, HeatmapLook } from "./heatmap-scene";
import type { Sprite } from "./heatmap-pixels";

type Context = CanvasRenderingContext2D;
/** Draws on a square of transparent pixels, and gives them, four bytes each. */
export type Capture = (size: number, draw: (context: Context) => void, lines?: Lines) => Uint8ClampedArray;
/** Where something is drawn, when it is not everywhere: fewer pixels have to be read. */
export type Lines = { from: number; count: number };

/** One canvas for all of them: making a canvas costs more than drawing on it. */
export function createCapture(): Capture {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser draws no canvas.");
  return (size, draw, { from, count } = { from: 0, count: size }) => {
    // A canvas begins with 300 by 150.
    if (canvas.width < size || canvas.height < size) [canvas.width, canvas.height] = [size, size];
    context.clearRect(0, 0, size, size);
    context.save();
    draw(context);
    context.restore();
    return context.getImageData(0, from, size, count).data;
  };
}

/** Red lies first in the memory of a picture, on every machine that runs a browser. */
export const pixelOf = ([red, green, blue]: Rgb): number => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** Of pixels as captured, for a picture that is `stride` pixels wide. */
export function spriteOf(data: Uint8ClampedArray, size: number, stride: number, from = 0): Sprite {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  let count = 0;
  for (const word of words) if (word) count += 1;
  const sprite = { at: new Int32Array(count), pixels: new Uint32Array(count), alphas: new Uint8Array(count) };
  let next = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    if (!word) continue;
    sprite.at[next] = (from + Math.floor(index / size)) * stride + (index % size);
    sprite.pixels[next] = word | 0xff000000;
    sprite.alphas[next] = word >>> 24;
    next += 1;
  }
  return sprite;
}

/** Whether a badge stands in the cell's corner: its label keeps below it. */
type Label = { black: boolean; badge: boolean };

/** How far a capital letter's top stands above the line's middle, with some air, of its font's size. */
const HALF_CAPITAL = 0.45;

function labelOf(size: number, { scale, text }: HeatmapLook, badge: boolean): { px: number; middle: number } {
  const px = text.sizeIn(size / scale) * scale;
  const below = badge ? cornerBox(size, scale) + HALF_CAPITAL * px : 0;
  return { px, middle: Math.max(size / 2 + 0.5 * scale, below) };
}

/** Lines of a cell that its label may touch. */
export function labelLines(size: number, look: HeatmapLook, badge: boolean): Lines {
  const { px, middle } = labelOf(size, look, badge);
  const from = Math.max(0, Math.floor(middle - px / 2 - 2 * look.scale));
  return { from, count: Math.min(size - from, Math.ceil(px + 4 * look.scale)) };
}

export const labelsFrom = ({ scale, text }: HeatmapLook): number => text.from * scale;

export function drawLabel(context: Context, text: string, { black, badge }: Label, size: number, look: HeatmapLook): void {
  const { px, middle } = labelOf(size, look, badge);
  context.font = `500 ${px}px ${look.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = black ? "#000" : "#fff";
  context.fillText(text, size / 2, middle, size - Math.round(4 * look.scale));
}

/** The page between the cells, with round corners, and a hairline around each. */
export function drawFrame(context: Context, pitch: number, gap: number, { page, ink, scale }: HeatmapLook): void {
  const size = pitch - gap;
  const radius = size >= 20 * scale ? 3 * scale : size >= 10 * scale ? scale : 0;
  context.fillStyle = cssOf(page);
  context.fillRect(0, 0, pitch, pitch);
  context.globalCompositeOperation = "destination-out";
  context.beginPath();
  context.roundRect(0, 0, size, size, radius);
  context.fill();
  if (size < BORDER_FROM * scale) return;
  context.globalCompositeOperation = "source-over";
  context.strokeStyle = cssOf(ink, 0.16);
  context.lineWidth = Math.max(1, Math.floor(scale));
  context.beginPath();
  context.roundRect(context.lineWidth / 2, context.lineWidth / 2, size - context.lineWidth, size - context.lineWidth, radius);
  context.stroke();
}
const BORDER_FROM = 6;

/** Diagonal lines, for what is not known or not known any more. */
export function drawHatch(context: Context, size: number, black: boolean, scale: number): void {
  const period = Math.max(3, Math.round(6 * scale));
  context.strokeStyle = cssOf(black ? [0, 0, 0] : [255, 255, 255], 0.28);
  context.lineWidth = 1.25 * scale;
  context.beginPath();
  for (let shift = period / 2; shift < 2 * size; shift += period) {
    context.moveTo(shift, 0);
    context.lineTo(0, shift);
  }
  context.stroke();
}

const FRAME_FROM = 14;
const HAIRLINE_FROM = 6;
/** Of its cell, a glyph that has it for itself. */
const FRAMED_SHARE = 0.6;
/** Px of the device. */
const LEAST_GLYPH = 14;
/** Px of the page from which a badge stands in a corner and leaves the middle to the label. */
const CORNER_FROM = 34;
export const badgeLeavesLabel = (size: number, scale: number): boolean => size >= CORNER_FROM * scale;
const cornerBox = (size: number, scale: number): number => Math.max(16 * scale, size / 4);

export function drawBadge(context: Context, badge: BadgeLook, size: number, corner: boolean, { page, ink, scale }: HeatmapLook): void {
  const { tone, on, weight, path } = badge;
  const bare = weight === "plain" || weight === "framed";
  // Of a small cell a wide frame would leave nothing, and of the smallest any frame.
  if (weight === "framed" && size >= HAIRLINE_FROM * scale)
    outline(context, size, size >= FRAME_FROM * scale ? 2 * scale : scale, { tone: ink, page: tone, scale });
  if (!bare) outline(context, size, weight === "solid" ? 2 * scale : Math.max(1, scale), { tone, page, scale });
  // A glyph that is a blot would hide the tone, and say nothing.
  if (size < 8 * scale || (weight === "framed" && size * FRAMED_SHARE < LEAST_GLYPH)) return;
  const beside = size >= BESIDE_FROM * scale ? badge.beside : undefined;
  const box = corner
    ? cornerBox(size, scale)
    : weight === "framed" && !beside
      ? size * FRAMED_SHARE
      : Math.min(size, Math.max(Math.min(size * (beside ? 0.44 : 0.5), 64 * scale), Math.min(size, 10 * scale)));
  const y = corner ? 0 : (size - box) / 2;
  const x = corner ? 0 : beside ? size / 2 - box : y;
  if (!bare) {
    context.fillStyle = cssOf(weight === "solid" ? tone : page);
    context.beginPath();
    context.roundRect(x, y, box, box, 3 * scale);
    context.fill();
  }
  const inset = bare ? 0 : box * 0.14;
  drawGlyph(context, path, { x: x + inset, y: y + inset, box: box - 2 * inset, color: weight === "outline" ? tone : on, scale });
  if (beside) drawGlyph(context, beside.path, { x: corner ? size - box : size / 2, y, box, color: beside.on, scale });
}
/** Px of the page from which a cell has room for two glyphs. */
const BESIDE_FROM = 20;

type Glyph = { x: number; y: number; box: number; color: Rgb; scale: number };

function drawGlyph(context: Context, path: string, { x, y, box, color, scale }: Glyph): void {
  context.save();
  context.translate(x, y);
  context.scale(box / 24, box / 24);
  context.strokeStyle = cssOf(color);
  // A glyph of 10 px needs thicker lines than one of 24.
  context.lineWidth = Math.min(3, Math.max(2, (30 * scale) / box));
  context.lineCap = context.lineJoin = "round";
  context.stroke(new Path2D(path));
  context.restore();
}

type Framed = { tone: Rgb; page: Rgb; scale: number };

/** In the tone, with a line of the page inside of it: it is seen on every colour. */
function outline(context: Context, size: number, width: number, { tone, page, scale }: Framed): void {
  const frame = (inset: number, thick: number, color: Rgb) => {
    context.strokeStyle = cssOf(color);
    context.lineWidth = thick;
    context.beginPath();
    context.roundRect(inset + thick / 2, inset + thick / 2, size - 2 * inset - thick, size - 2 * inset - thick, 2.5 * scale);
    context.stroke();
  };
  if (size >= 14 * scale) frame(width, Math.max(1, scale), page);
  frame(0, Math.min(width, size / 3), tone);
}

/** Around what is selected. */
export function drawSelection(context: Context, size: number, { accent, page, scale }: HeatmapLook): void {
  context.fillStyle = cssOf(accent, 0.22);
  context.fillRect(0, 0, size, size);
  outline(context, size, Math.min(3, Math.max(1.5, size / 12)) * Math.min(scale, 2), { tone: accent, page, scale });
}

/** What is looked away from keeps a hint of its colour. */
export const dimmed = (color: Rgb, page: Rgb): Rgb => mix(color, page, 0.14);
