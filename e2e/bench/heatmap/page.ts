/** What each chart's page offers to the runner, and how it is timed: from the call until the pixels of the frame can be read. */
import { median, nextFrame } from "../frame";
import { cellsFor, valuesFor, type Cells } from "./data";

export type Side = {
  /** Both return when all of it was drawn. */
  draw: (host: HTMLElement, cells: Cells, values: Float64Array) => void;
  recolour: (values: Float64Array) => void;
};

/** Milliseconds: until the pixels can be read, and until the frame is painted. `idle` is a frame in which nothing changes. */
export type Figures = {
  draw: number;
  drawn: number;
  recolour: number;
  recoloured: number;
  idle: number;
  /** Microseconds, and 2^20 bytes. */
  hit: number;
  memory: number;
};

/** Reading a pixel waits until what was drawn before has been drawn. */
function pixelsRead(host: HTMLElement): void {
  for (const canvas of host.querySelectorAll("canvas")) canvas.getContext("2d")?.getImageData(2, 2, 1, 1);
}

async function timed(host: HTMLElement, act: () => void): Promise<{ work: number; painted: number }> {
  await nextFrame();
  await nextFrame();
  const began = performance.now();
  act();
  pixelsRead(host);
  const work = performance.now() - began;
  await nextFrame();
  pixelsRead(host);
  return { work, painted: performance.now() - began };
}

/** Bytes that are held by what can be reached. Both stand there by the flags of the runner. */
function heap(): number {
  const { gc } = window as unknown as { gc: () => void };
  gc();
  gc();
  return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
}

const RECOLOURS = 7;
const MOVES = 400;

/** Milliseconds of script that one move of the pointer costs, to know the cell below it: the clock is too coarse for a single one. */
function hitTime(host: HTMLElement, { width, height }: Cells): number {
  const canvas = host.querySelector("canvas:last-of-type") ?? host;
  const box = canvas.getBoundingClientRect();
  const began = performance.now();
  for (let move = 0; move < MOVES; move += 1) {
    const clientX = box.left + 1 + ((move * 7919) % Math.floor(width - 2));
    const clientY = box.top + 1 + ((move * 104_729) % Math.floor(height - 2));
    canvas.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }));
  }
  return (performance.now() - began) / MOVES;
}

/** One round of everything, on values that are made before, so that no side pays for them. */
export async function measure(side: Side, count: number): Promise<Figures> {
  const host = document.getElementById("host");
  if (!host) throw new Error("The page of the runner has no host.");
  const cells = cellsFor(count);
  const rounds = Array.from({ length: RECOLOURS + 1 }, (_, round) => valuesFor(count, round));
  const before = heap();
  const draw = await timed(host, () => side.draw(host, cells, rounds[0] ?? new Float64Array()));
  const memory = heap() - before;
  const recolours: Awaited<ReturnType<typeof timed>>[] = [];
  for (const values of rounds.slice(1)) recolours.push(await timed(host, () => side.recolour(values)));
  const idles: number[] = [];
  for (let round = 0; round < RECOLOURS; round += 1) idles.push((await timed(host, () => undefined)).painted);
  const hit = hitTime(host, cells);
  return {
    draw: draw.work,
    drawn: draw.painted,
    recolour: median(recolours.map(({ work }) => work)),
    recoloured: median(recolours.map(({ painted }) => painted)),
    idle: median(idles),
    hit: hit * 1000,
    memory: memory / 2 ** 20,
  };
}
