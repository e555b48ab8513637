/** Our side of the benchmark, bundled: a region of nodes with an hour of samples, somebody who is signed in, and the worker's ticks. */
import { randomUUID } from "node:crypto";
import { closeDb, db } from "@/lib/db";
import { FINEST } from "@/lib/domain/levels";
import { makeLink } from "@/lib/services/access/links";
import { closeSamplePool } from "@/lib/services/metrics/pool";
import { nodeRows } from "@/lib/services/nodes/read";
import { SampleClock } from "@/lib/worker/sampling/clock";
import { SampleStore } from "@/lib/worker/sampling/store";
import { busyNode } from "../busy";
import { plantNodes } from "../nodes";

const HOUR = 3600;

let ids: string[];
let busy: ReturnType<typeof busyNode>[];
let store: SampleStore;
let clock: SampleClock;

const sample = (index: number, slot: number): void => {
  const [id, values] = [ids[index], busy[index]?.(slot)];
  if (!id || !values) throw new Error("There is no such node.");
  store.add(id, { values, bootId: null, slot, at: slot });
};

/** As many active nodes, sampled for an hour. */
export async function plant(count: number): Promise<void> {
  ids = await plantNodes(count, "Active");
  busy = ids.map((_, index) => busyNode(index));
  clock = await SampleClock.ofDatabase();
  store = new SampleStore(clock);
  const end = Math.floor(clock.now() / FINEST.step) * FINEST.step;
  for (let slot = end - HOUR; slot < end; slot += FINEST.step) ids.forEach((_, index) => sample(index, slot));
  await store.flush();
}

/** A link that signs in once, for somebody new. */
export async function inviteOne(): Promise<string> {
  const { id } = await db.user.create({ data: { name: "Ada", role: "admin", email: `${randomUUID()}@bench.invalid` } });
  return (await makeLink(db, id)).token;
}

/** What a worker does each second: the nodes whose turn it is bring a sample, and all is written and told at once. */
export async function tick(): Promise<void> {
  const second = Math.floor(clock.now());
  for (let index = second % FINEST.step; index < ids.length; index += FINEST.step) sample(index, second - (second % FINEST.step));
  await store.flush();
}

/** The same rows for the other side to draw. */
export const rows = (): ReturnType<typeof nodeRows> => nodeRows();

export async function close(): Promise<void> {
  await closeSamplePool();
  await closeDb();
}
