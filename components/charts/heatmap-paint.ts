/**
 * Draws a heatmap, a few lines of cells at a time, in a small picture of pixels that is then put onto the canvas. Each colour has a
 * tile with its border, and labels and badges are kept as pixels: on a machine without a graphics card, 10,000 cells cost a third of
 * what copying them with drawImage does, and the lines stay in the processor's cache.
 */
import { wantsBlack } from "./colors";
import { drawLine, lay, scansOf, tileOf, type Sprite } from "./heatmap-pixels";
import { DIMMED, HATCHED, SELECTED, type CellBlock, type HeatmapLook, type HeatmapScene } from "./heatmap-scene";
import {
  badgeLeavesLabel,
  createCapture,
  dimmed,
  drawBadge,
  drawFrame,
  drawHatch,
  drawLabel,
  drawSelection,
  labelLines,
  labelsFrom,
  pixelOf,
  spriteOf,
  type Capture,
} from "./heatmap-sprites";

/** Texts that are kept; a region has as many names as nodes. */
const MOST_LABELS = 4096;
/** Lines of pixels that are drawn before they are put onto the canvas. */
const BAND_PX = 48;

/** Made when it is first wanted. */
function lazily<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const had = known.get(key);
    if (had !== undefined) return had;
    if (known.size >= MOST_LABELS) known.clear();
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** What follows from the look and the size of the cells. `stride` is the width of the picture. */
function prepare(capture: Capture, pitch: number, gap: number, stride: number, look: HeatmapLook) {
  const { palette, page, scale } = look;
  const size = pitch - gap;
  const frame = capture(pitch, (context) => drawFrame(context, pitch, gap, look)).slice();
  const scans = scansOf(frame, pitch);
  const black = palette.map(wantsBlack);
  const sprite = (draw: Parameters<Capture>[1]): Sprite => spriteOf(capture(size, draw), size, stride);
  const tiles: (Uint32Array | undefined)[] = [];
  // In an array and not in a map: this is asked for every cell.
  const tile = (shade: number, dim: boolean): Uint32Array => {
    const place = dim ? 256 + shade : shade;
    const color = palette[shade] ?? page;
    return (tiles[place] ??= tileOf(frame, pitch, scans, pixelOf(dim ? dimmed(color, page) : color)));
  };
  const written = (black: boolean, badge: boolean) => {
    const lines = labelLines(size, look, badge);
    return lazily((text: string) =>
      spriteOf(
        capture(size, (context) => drawLabel(context, text, { black, badge }, size, look), lines),
        size,
        stride,
        lines.from,
      ),
    );
  };
  const pair = (black: boolean) => [written(black, false), written(black, true)] as const;
  const badge = (corner: boolean) =>
    lazily((place: number): Sprite | null => {
      const found = look.badges[place - 1];
      return found ? sprite((context) => drawBadge(context, found, size, corner, look)) : null;
    });
  return {
    look,
    pitch,
    gap,
    stride,
    scans,
    tile,
    black,
    hatches: [false, true].map((dark) => sprite((context) => drawHatch(context, size, dark, scale))),
    labels: size >= labelsFrom(look) ? ([pair(false), pair(true)] as const) : null,
    badges: [badge(false), badge(true)] as const,
    corner: badgeLeavesLabel(size, scale),
    selection: sprite((context) => drawSelection(context, size, look)),
    page: pixelOf(page),
  };
}
type Prepared = ReturnType<typeof prepare>;

/** A painter of one canvas, which keeps between two paintings what did not change. */
export function createPainter(canvas: HTMLCanvasElement) {
  // Pixels come from the processor's memory: there is where the canvas belongs.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser draws no canvas.");
  const capture = createCapture();
  let ready: Prepared | null = null;
  let band: { image: ImageData; pixels: Uint32Array } | null = null;
  let drawn: readonly CellBlock[] | null = null;

  return (scene: HeatmapScene, look: HeatmapLook): void => {
    const { pitch, gap, blocks, width, height } = scene;
    const stride = Math.max(1, ...blocks.map(({ columns }) => columns)) * pitch;
    const lines = Math.max(1, Math.floor(BAND_PX / pitch));
    if (ready?.look !== look || ready.pitch !== pitch || ready.gap !== gap || ready.stride !== stride)
      ready = prepare(capture, pitch, gap, stride, look);
    if (band?.image.width !== stride || band.image.height !== lines * pitch) {
      const image = context.createImageData(stride, lines * pitch);
      band = { image, pixels: new Uint32Array(image.data.buffer) };
    }
    // A canvas that gets a size is empty; around the cells the page shows through.
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    else if (drawn !== blocks) context.clearRect(0, 0, width, height);
    drawn = blocks;
    for (const block of blocks) {
      for (let row = 0; row < block.rows; row += lines) {
        const until = Math.min(block.rows, row + lines);
        for (let line = row; line < until; line += 1) drawCells(band.pixels, (line - row) * pitch * stride, block, line, scene, ready);
        context.putImageData(band.image, block.x, block.y + row * pitch, 0, 0, block.columns * pitch, (until - row) * pitch);
      }
    }
  };
}

/** The cells of one line of a block, from pixel `origin` of the picture on. */
function drawCells(target: Uint32Array, origin: number, block: CellBlock, line: number, scene: HeatmapScene, prepared: Prepared): void {
  const { shades, marks, badges, labels: texts } = scene;
  const { pitch, scans, stride, tile, black, hatches, labels, corner } = prepared;
  const from = block.first + line * block.columns;
  const to = Math.min(block.first + block.count, from + block.columns);
  const below: Uint32Array[] = [];
  for (let cell = from; cell < to; cell += 1) below.push(tile(shades[cell] ?? 0, ((marks[cell] ?? 0) & DIMMED) > 0));
  drawLine(target, origin, stride, below, { pitch, scans, width: block.columns * pitch, rest: prepared.page });
  for (let cell = from; cell < to; cell += 1) {
    const mark = marks[cell] ?? 0;
    if (!mark && !badges[cell] && !texts) continue;
    const place = origin + (cell - from) * pitch;
    if (!(mark & DIMMED)) {
      const dark = black[shades[cell] ?? 0] ? 1 : 0;
      const hatch = mark & HATCHED ? hatches[dark] : undefined;
      if (hatch) lay(target, place, hatch);
      const badge = badges[cell] ?? 0;
      const text = labels && (!badge || corner) ? (texts?.[cell] ?? "") : "";
      if (labels && text !== "") lay(target, place, labels[dark][badge ? 1 : 0](text));
      const over = badge ? prepared.badges[text === "" ? 0 : 1](badge) : null;
      if (over) lay(target, place, over);
    }
    if (mark & SELECTED) lay(target, place, prepared.selection);
  }
}
