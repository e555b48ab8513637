/** The inner loops: numbers into pictures. No canvas and no page, so that they can be tested anywhere. */

/** The pixels of a small picture that are not empty: where they lie, what they are, and how much they cover (1 to 255). */
export type Sprite = { at: Int32Array; pixels: Uint32Array; alphas: Uint8Array };

/** Lays a picture over what is there. Red and blue are mixed in one multiplication, because they do not touch. */
export function lay(target: Uint32Array, origin: number, { at, pixels, alphas }: Sprite): void {
  for (let index = 0; index < at.length; index += 1) {
    const place = origin + (at[index] ?? 0);
    const alpha = alphas[index] ?? 0;
    target[place] = alpha === 255 ? (pixels[index] ?? 0) : blend(target[place] ?? 0, pixels[index] ?? 0, alpha);
  }
}

export function blend(below: number, above: number, alpha: number): number {
  const share = alpha + (alpha >> 7); // 255 is all of 256
  const redBlue = below & 0xff00ff;
  const green = below & 0x00ff00;
  const mixedRedBlue = (redBlue + (Math.imul((above & 0xff00ff) - redBlue, share) >>> 8)) & 0xff00ff;
  const mixedGreen = (green + (Math.imul((above & 0x00ff00) - green, share) >> 8)) & 0x00ff00;
  return (0xff000000 | mixedRedBlue | mixedGreen) >>> 0;
}

/** Lines of a tile that are drawn, each with how many lines below are the same. */
export type Scan = { line: number; same: number };

/** Most lines of a cell are like the one above: only the others are drawn. `frame` is that of a tile, four bytes a pixel. */
export function scansOf(frame: Uint8ClampedArray, pitch: number): Scan[] {
  const words = new Uint32Array(frame.buffer, frame.byteOffset, pitch * pitch);
  const scans: Scan[] = [];
  for (let line = 0; line < pitch; line += 1) {
    const last = scans.at(-1);
    const same =
      last !== undefined && words.subarray(line * pitch, (line + 1) * pitch).every((word, x) => word === words[last.line * pitch + x]);
    if (same) last.same += 1;
    else scans.push({ line, same: 0 });
  }
  return scans;
}

/** A cell of one colour below the frame: those of its lines that are drawn. */
export function tileOf(frame: Uint8ClampedArray, pitch: number, scans: readonly Scan[], color: number): Uint32Array {
  const words = new Uint32Array(frame.buffer, frame.byteOffset, pitch * pitch);
  const tile = new Uint32Array(scans.length * pitch);
  scans.forEach(({ line }, at) => {
    for (let x = 0; x < pitch; x += 1) {
      const word = words[line * pitch + x] ?? 0;
      tile[at * pitch + x] = word ? blend(color, word, word >>> 24) : color;
    }
  });
  return tile;
}

/**
 * One line of cells. `tiles` are those of the cells from left to right; what is left of the width is `rest`.
 * `origin` is the first pixel, `stride` the width of the picture.
 */
export function drawLine(
  target: Uint32Array,
  origin: number,
  stride: number,
  tiles: readonly Uint32Array[],
  { pitch, scans, width, rest }: { pitch: number; scans: readonly Scan[]; width: number; rest: number },
): void {
  let from = 0;
  for (const { line, same } of scans) {
    const start = origin + line * stride;
    let place = start;
    for (const tile of tiles) {
      for (let x = from; x < from + pitch; x += 1) {
        target[place] = tile[x] ?? 0;
        place += 1;
      }
    }
    target.fill(rest, place, start + width);
    from += pitch;
    for (let below = 1; below <= same; below += 1) target.copyWithin(start + below * stride, start, start + width);
  }
}
