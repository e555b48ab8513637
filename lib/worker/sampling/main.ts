/** The sampler of this worker: takes up the nodes that are its own, lets go of those that are not any more, and writes what they bring. */
import { setMaxListeners } from "node:events";
import { log } from "../../log";
import { SAMPLE_SECONDS } from "../../domain/sample-times";
import { rollUpAll } from "../../services/metrics/roll-up";
import { loop } from "../loops";
import { SampleClock } from "./clock";
import { Gate } from "./gate";
import { partitionKeeper } from "./keep-partitions";
import { ownerOf, readShares, WORKER_SILENCE_SECONDS, type SampledNode } from "./share";
import { SampleStore } from "./store";
import { SurveyPost } from "./survey-post";
import { hearWishes } from "./wishes";
import { watch, type Sampling } from "./watch";

const SHARE_MS = 2000;
const FLUSH_MS = 1000;
/** Somebody may wait for a survey. */
const SURVEYS_MS = 250;
const ROLL_UP_MS = 60_000;
const PARTITIONS_MS = 3_600_000;
/** Logins at once: each costs some 7 ms here and 30 ms there. */
const LOGINS = 32;

type Watched = { shape: string; stop: AbortController };

/** Runs until the signal; then it lets go of every connection and writes what is left. */
export async function sample(workerId: string, signal: AbortSignal): Promise<void> {
  // Every node listens to it.
  setMaxListeners(0, signal);
  const clock = await SampleClock.ofDatabase();
  const sampling: Sampling = {
    clock,
    store: new SampleStore(clock),
    gates: { answering: new Gate(LOGINS), doubtful: new Gate(LOGINS) },
    intervalSeconds: SAMPLE_SECONDS,
    surveyors: new Map(),
    surveys: new SurveyPost(),
  };
  const watched = new Map<string, Watched>();

  let sharedAt = Number.POSITIVE_INFINITY;
  const share = async () => {
    const { nodes, workers, intervalSeconds, now } = await readShares();
    const own = nodes.filter(({ id }) => ownerOf(id, workers) === workerId);
    const shapes = new Map(own.map((node) => [node.id, JSON.stringify(node)]));
    sampling.intervalSeconds = intervalSeconds;
    for (const [id, { shape, stop }] of watched) {
      if (shapes.get(id) === shape) continue;
      stop.abort();
      watched.delete(id);
      if (!shapes.has(id)) sampling.store.release(id);
    }
    // A worker that was held up for so long may have been taken for dead, and its nodes were sampled by others.
    if (now - sharedAt > WORKER_SILENCE_SECONDS) await sampling.store.adopt([...watched.keys()]);
    sharedAt = now;
    const taken = own.filter(({ id }) => !watched.has(id));
    if (taken.length === 0) return;
    await sampling.store.adopt(taken.map(({ id }) => id));
    for (const node of taken) watched.set(node.id, begin(node, shapes.get(node.id) ?? "", sampling, signal));
    log.info({ taken: taken.length, own: own.length, workers: workers.length }, "sampling nodes");
  };

  await Promise.all([
    hearWishes(sampling.surveyors, signal),
    loop("sampling shares", SHARE_MS, signal, share),
    loop("sampling", FLUSH_MS, signal, () => sampling.store.flush()),
    loop("surveys", SURVEYS_MS, signal, () => sampling.surveys.flush()),
    loop("roll-up", ROLL_UP_MS, signal, () => rollUpAll(clock.now())),
    loop(
      "partitions",
      PARTITIONS_MS,
      signal,
      partitionKeeper(() => clock.now()),
    ),
  ]);
  await sampling.store.flush().catch((error: unknown) => log.warn({ error: String(error) }, "the last samples were not written"));
}

function begin(node: SampledNode, shape: string, sampling: Sampling, signal: AbortSignal): Watched {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener("abort", end, { once: true });
  void watch(node, sampling, stop.signal).finally(() => signal.removeEventListener("abort", end));
  return { shape, stop };
}
