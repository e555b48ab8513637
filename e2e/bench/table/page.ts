/** What each table's page offers to the runner, and how a change is timed: from the call to the frame that shows it. */
import type { NodeRow } from "@/lib/services/nodes/read";
import { median, nextFrame } from "../frame";

export type Side = {
  mount: (rows: NodeRow[]) => void;
  unmount: () => void;
  sort: (descending: boolean) => void;
  filter: (text: string) => void;
  tick: (changed: NodeRow[]) => void;
  /** What scrolls. */
  viewport: () => Element | null;
};

export type Timings = { mount: number; sort: number; filter: number; tick: number; fps: number };

/** What is to be seen: every line that is drawn. */
const drawn = (): string => Array.from(document.querySelectorAll("#host .sparkline path"), (path) => path.getAttribute("d")).join();

/** A table may show a change in parts, over several frames; it is done when nothing has changed for as many. */
const STILL_FRAMES = 3;
const MOST_FRAMES = 100;

/** Milliseconds to the frame after which nothing changes any more. */
async function timed(act: () => void): Promise<number> {
  await nextFrame();
  const before = drawn();
  let [last, shown, still] = [before, 0, 0];
  const began = performance.now();
  act();
  for (let frame = 0; frame < MOST_FRAMES && (last === before || still < STILL_FRAMES); frame += 1) {
    await nextFrame();
    const now = performance.now() - began;
    const seen = drawn();
    still = seen === last ? still + 1 : 0;
    if (seen !== last) [last, shown] = [seen, now];
  }
  if (!shown) throw new Error("The table did not show the change.");
  return shown;
}

const FRAMES = 120;
const STEP_PX = 120;
/** Within the first hundred rows: the free MUI X shows no more on one page. */
const FAR_PX = 2700;

async function scrollRate(viewport: Element): Promise<number> {
  viewport.scrollTop = 0;
  await nextFrame();
  const began = performance.now();
  let step = STEP_PX;
  for (let frame = 0; frame < FRAMES; frame += 1) {
    if (viewport.scrollTop >= FAR_PX) step = -STEP_PX;
    if (viewport.scrollTop <= 0) step = STEP_PX;
    viewport.scrollTop += step;
    await nextFrame();
  }
  return (FRAMES * 1000) / (performance.now() - began);
}

const TICKS = 9;

/** One round of everything, on rows that are made here so that no side pays for how they came. */
export async function measure(side: Side, rows: NodeRow[], tickOf: (rows: NodeRow[], round: number) => NodeRow[]): Promise<Timings> {
  const mount = await timed(() => side.mount(rows));
  await nextFrame();
  const sort: number[] = [];
  for (const descending of [true, false, true, false, true]) sort.push(await timed(() => side.sort(descending)));
  const filter: number[] = [];
  for (const text of ["west", "west-1", "west-12", "", "east", "east-2", ""]) filter.push(await timed(() => side.filter(text)));
  const tick: number[] = [];
  for (let round = 1; round <= TICKS; round += 1) {
    const changed = tickOf(rows, round);
    tick.push(await timed(() => side.tick(changed)));
  }
  const viewport = side.viewport();
  const fps = viewport ? await scrollRate(viewport) : 0;
  side.unmount();
  await nextFrame();
  return { mount, sort: median(sort), filter: median(filter), tick: median(tick), fps };
}
