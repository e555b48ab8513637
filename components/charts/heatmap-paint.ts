/**
 * Draws a heatmap. Its cells are one pixel each in a small picture that is scaled up without smoothing, so that a hundred thousand
 * colours cost as much as a dozen; borders are a pattern, and labels and badges are copied from pictures of themselves.
 */
import { wantsBlack } from "./colors";
import { DIMMED, HATCHED, SELECTED, type CellBlock, type HeatmapLook, type HeatmapScene } from "./heatmap-scene";
import {
  badgeLeavesLabel,
  badgeSprite,
  canvasOf,
  dimmed,
  frameSprite,
  hatchSprite,
  labelSprites,
  selectionSprite,
} from "./heatmap-sprites";

type Context = CanvasRenderingContext2D;

/** Below these sizes, px of the page, there are no borders, and no labels. */
const BORDER_FROM = 6;
const LABEL_FROM = 17;

/** What follows from the look and the size of the cells: made once, used until one of them changes. */
function prepare(context: Context, { pitch, gap }: HeatmapScene, look: HeatmapLook) {
  const { scale, palette, page } = look;
  const size = pitch - gap;
  const black = palette.map(wantsBlack);
  const pattern = (sprite: HTMLCanvasElement) => context.createPattern(sprite, "repeat") ?? "transparent";
  return {
    size,
    black,
    bright: pixelsOf(palette),
    dim: pixelsOf(palette.map((color) => dimmed(color, page))),
    frame: size >= BORDER_FROM * scale ? pattern(frameSprite(pitch, gap, look)) : null,
    hatches: [pattern(hatchSprite([255, 255, 255], scale)), pattern(hatchSprite([0, 0, 0], scale))] as const,
    labels: size >= LABEL_FROM * scale ? labelSprites(size, look) : null,
    /** By badge, in the middle and in the corner. */
    badges: look.badges.map((badge) => [badgeSprite(badge, size, false, look), badgeSprite(badge, size, true, look)] as const),
    corner: badgeLeavesLabel(size, scale),
    selection: selectionSprite(size, look),
  };
}
type Prepared = ReturnType<typeof prepare>;

/** As they lie in the memory of a picture: red first, on every machine that runs a browser. */
function pixelsOf(colors: readonly (readonly [number, number, number])[]): Uint32Array {
  const bytes = new Uint8ClampedArray(256 * 4);
  colors.forEach(([red, green, blue], index) => bytes.set([red, green, blue, 255], index * 4));
  return new Uint32Array(bytes.buffer);
}

/** A painter of one canvas, which keeps between two paintings what did not change. */
export function createPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("This browser draws no canvas.");
  let ready: { look: HeatmapLook; pitch: number; gap: number; prepared: Prepared } | null = null;
  let picture: { canvas: HTMLCanvasElement; context: Context; image: ImageData; pixels: Uint32Array } | null = null;

  return (scene: HeatmapScene, look: HeatmapLook): void => {
    if (canvas.width !== scene.width) canvas.width = scene.width;
    if (canvas.height !== scene.height) canvas.height = scene.height;
    if (ready?.look !== look || ready.pitch !== scene.pitch || ready.gap !== scene.gap)
      ready = { look, pitch: scene.pitch, gap: scene.gap, prepared: prepare(context, scene, look) };
    const [wide, high] = sizeOf(scene.blocks);
    if (picture?.image.width !== wide || picture.image.height !== high) {
      const made = canvasOf(wide, high);
      const image = made.context.createImageData(wide, high);
      picture = { ...made, image, pixels: new Uint32Array(image.data.buffer) };
    }
    const { prepared } = ready;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const [red, green, blue] = look.page;
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(0, 0, scene.width, scene.height);
    fillPixels(picture.pixels, wide, scene, prepared);
    picture.context.putImageData(picture.image, 0, 0);
    context.imageSmoothingEnabled = false;
    let line = 0;
    for (const { x, y, columns, rows } of scene.blocks) {
      if (rows) context.drawImage(picture.canvas, 0, line, columns, rows, x, y, columns * scene.pitch, rows * scene.pitch);
      line += rows;
    }
    for (const block of scene.blocks) if (block.count) drawOver(context, block, scene, prepared);
  };
}

/** Of the picture with a pixel a cell: the blocks one below the other. */
const sizeOf = (blocks: readonly CellBlock[]): [number, number] => [
  Math.max(1, ...blocks.map(({ columns }) => columns)),
  Math.max(
    1,
    blocks.reduce((sum, { rows }) => sum + rows, 0),
  ),
];

function fillPixels(pixels: Uint32Array, wide: number, { blocks, shades, marks }: HeatmapScene, { bright, dim }: Prepared): void {
  pixels.fill(0);
  let line = 0;
  for (const { columns, rows, first, count } of blocks) {
    for (let row = 0; row < rows; row += 1) {
      const from = first + row * columns;
      const to = Math.min(first + count, from + columns);
      let at = (line + row) * wide;
      for (let cell = from; cell < to; cell += 1) {
        pixels[at] = ((marks[cell] ?? 0) & DIMMED ? dim : bright)[shades[cell] ?? 0] ?? 0;
        at += 1;
      }
    }
    line += rows;
  }
}

function drawOver(context: Context, block: CellBlock, scene: HeatmapScene, prepared: Prepared): void {
  const { pitch, gap, marks, badges, shades, labels: texts } = scene;
  const { labels, corner } = prepared;
  drawHatches(context, block, scene, prepared);
  if (prepared.frame) {
    context.setTransform(1, 0, 0, 1, block.x, block.y);
    context.fillStyle = prepared.frame;
    const full = Math.floor(block.count / block.columns);
    context.fillRect(0, 0, block.columns * pitch, full * pitch);
    context.fillRect(0, full * pitch, (block.count % block.columns) * pitch, pitch);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }
  if (!texts && !some(badges, block) && !some(marks, block)) return;
  for (let place = 0; place < block.count; place += 1) {
    const cell = block.first + place;
    const mark = marks[cell] ?? 0;
    const [x, y] = [block.x + (place % block.columns) * pitch, block.y + Math.floor(place / block.columns) * pitch];
    const badge = mark & DIMMED ? undefined : prepared.badges[(badges[cell] ?? 0) - 1];
    const text = labels && !(mark & DIMMED) ? (texts?.[cell] ?? "") : "";
    const written = text !== "" && (!badge || corner);
    if (written) labels?.draw(context, text, prepared.black[shades[cell] ?? 0] ?? false, x, y);
    if (badge) context.drawImage(badge[written ? 1 : 0], x, y);
    if (mark & SELECTED) context.drawImage(prepared.selection, x, y, pitch - gap, pitch - gap);
  }
}

function some(array: Uint8Array, { first, count }: CellBlock): boolean {
  for (let cell = first; cell < first + count; cell += 1) if (array[cell]) return true;
  return false;
}

/** Neighbours are hatched at one stroke: when everything is old, a line of cells is one rectangle. */
function drawHatches(context: Context, block: CellBlock, { pitch, marks, shades }: HeatmapScene, { hatches, black }: Prepared): void {
  const kind = (place: number): number => {
    if (place >= block.count || ((marks[block.first + place] ?? 0) & (HATCHED | DIMMED)) !== HATCHED) return -1;
    return black[shades[block.first + place] ?? 0] ? 1 : 0;
  };
  for (let place = 0; place < block.count;) {
    const hatch = kind(place);
    const start = place;
    const end = Math.min(block.count, (Math.floor(place / block.columns) + 1) * block.columns);
    place += 1;
    if (hatch < 0) continue;
    while (place < end && kind(place) === hatch) place += 1;
    context.fillStyle = hatches[hatch] ?? "transparent";
    const [x, y] = [block.x + (start % block.columns) * pitch, block.y + Math.floor(start / block.columns) * pitch];
    context.fillRect(x, y, (place - start) * pitch, pitch);
  }
}
