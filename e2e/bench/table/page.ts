/** What each table's page offers to the runner, and how a change is timed: from the call to the frame that shows it. */
import type { NodeRow } from "@/lib/services/nodes/read";

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

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => resolve(), { once: true });
      port1.start();
      port2.postMessage(0);
    });
  });

async function timed(act: () => void): Promise<number> {
  await painted();
  const began = performance.now();
  act();
  // Twice: a table may show the change one frame later, and both sides are asked the same.
  await painted();
  const shown = performance.now() - began;
  await painted();
  return shown;
}

const FRAMES = 120;
const STEP_PX = 120;
/** Within the first hundred rows: the free MUI X shows no more on one page. */
const FAR_PX = 2700;

async function scrollRate(viewport: Element): Promise<number> {
  viewport.scrollTop = 0;
  await painted();
  const began = performance.now();
  let step = STEP_PX;
  for (let frame = 0; frame < FRAMES; frame += 1) {
    if (viewport.scrollTop >= FAR_PX) step = -STEP_PX;
    if (viewport.scrollTop <= 0) step = STEP_PX;
    viewport.scrollTop += step;
    await painted();
  }
  return (FRAMES * 1000) / (performance.now() - began);
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** One round of everything, on rows that are made here so that no side pays for how they came. */
export async function measure(side: Side, rows: NodeRow[], tickOf: (rows: NodeRow[], round: number) => NodeRow[]): Promise<Timings> {
  const mount = await timed(() => side.mount(rows));
  await painted();
  const sort: number[] = [];
  for (const descending of [true, false, true]) sort.push(await timed(() => side.sort(descending)));
  const filter: number[] = [];
  for (const text of ["w", "we", "wes", "west", "west-1", ""]) filter.push(await timed(() => side.filter(text)));
  const tick: number[] = [];
  for (const round of [1, 2, 3]) tick.push(await timed(() => side.tick(tickOf(rows, round))));
  const viewport = side.viewport();
  const fps = viewport ? await scrollRate(viewport) : 0;
  side.unmount();
  await painted();
  return { mount, sort: median(sort), filter: median(filter), tick: median(tick), fps };
}
