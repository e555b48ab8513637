import fc from "fast-check";
import { expect, it } from "vitest";
import { blend, drawLine, lay, scansOf, tileOf } from "./heatmap-pixels";

const channels = (pixel: number): number[] => [0, 8, 16, 24].map((shift) => (pixel >>> shift) & 255);
const RED = 0xff0000ff;
const BLUE = 0xffff0000;

it("mixes each colour by how much it covers, and covers wholly", () => {
  const byte = fc.nat(255);
  fc.assert(
    fc.property(fc.nat(0xffffff), fc.nat(0xffffff), byte, (below, above, alpha) => {
      const [a, b, mixed] = [channels(below), channels(above), channels(blend(below, above, alpha))];
      expect(mixed[3]).toBe(255);
      for (const at of [0, 1, 2]) {
        const exact = (a[at] ?? 0) + (((b[at] ?? 0) - (a[at] ?? 0)) * alpha) / 255;
        expect(Math.abs((mixed[at] ?? 0) - exact)).toBeLessThanOrEqual(2);
      }
    }),
  );
  expect([blend(RED, BLUE, 255), blend(RED, BLUE, 0)]).toEqual([BLUE, RED]);
});

it("lays only what is not empty", () => {
  const target = Uint32Array.of(RED, RED, RED, RED);
  lay(target, 1, { at: Int32Array.of(0, 2), pixels: Uint32Array.of(BLUE, BLUE), alphas: Uint8Array.of(255, 128) });
  expect([...target]).toEqual([RED, BLUE, RED, blend(RED, BLUE, 128)]);
});

/** 3 by 3: nothing in the first two columns and lines, the page in the last ones. */
const FRAME = new Uint8ClampedArray(36);
for (const at of [2, 5, 6, 7, 8]) FRAME.set([0, 0, 0, 255], at * 4);

it("finds the lines of a tile that are the same", () =>
  expect(scansOf(FRAME, 3)).toEqual([
    { line: 0, same: 1 },
    { line: 2, same: 0 },
  ]));

it("draws a line of cells, and the page where there is none", () => {
  const [red, blue] = [RED, BLUE].map((color) => tileOf(FRAME, 3, scansOf(FRAME, 3), color)) as [Uint32Array, Uint32Array]; // two of two
  const target = new Uint32Array(3 * 10);
  drawLine(target, 0, 10, [red, blue], { pitch: 3, scans: scansOf(FRAME, 3), width: 9, rest: 7 });
  const page = 0xff000000;
  const cells = [RED, RED, page, BLUE, BLUE, page, 7, 7, 7, 0];
  expect([...target]).toEqual([...cells, ...cells, page, page, page, page, page, page, 7, 7, 7, 0]);
});
