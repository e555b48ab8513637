/**
 * One node's life with its sampler: log in, ask every few seconds on the same connection, and when it is lost, log in again. Nothing
 * that one node does delays another.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isTooSoon, measure, type Reading } from "../../domain/reading";
import { log, reportFault } from "../../log";
import { askSample } from "../../machines/ask";
import type { Conversation, Machine } from "../../machines/dial";
import { MACHINE } from "../../messages/machine";
import { done, type Outcome, type Refusal } from "../../outcome";
import { samplePool } from "../../services/metrics/pool";
import { noteBoot } from "../../services/nodes/restarted";
import { withNode } from "../reach";
import { retryAfterMs } from "./back-off";
import type { SampleClock } from "./clock";
import type { Gate } from "./gate";
import { hash, type SampledNode } from "./share";
import { nextSlot } from "./slots";
import type { SampleStore } from "./store";
import type { SurveyPost } from "./survey-post";
import { Surveyor } from "./surveyor";
import type { Surveyors } from "./wishes";

export type Sampling = {
  store: SampleStore;
  clock: SampleClock;
  /** Who has answered lately, and who has not: hosts that hang in the middle of a login keep only each other waiting. */
  gates: { answering: Gate; doubtful: Gate };
  intervalSeconds: number;
  surveyors: Surveyors;
  surveys: SurveyPost;
};

const MS = 1000;
const SURVEY_SECONDS = 60;
/** Wishes that come faster than this are one. */
const WISH_MS = 1500;
/** After a fault of our own. */
const FAULT_MS = 15_000;

/** Resolves when the signal says so, and never before. */
export async function watch(node: SampledNode, sampling: Sampling, signal: AbortSignal): Promise<void> {
  let failures = 0;
  const rest = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
  while (!signal.aborted) {
    try {
      const visit = new Visit(node, sampling, failures > 0 ? sampling.gates.doubtful : sampling.gates.answering, signal);
      const lost = await visit.run();
      if (signal.aborted) return;
      failures = visit.sampled ? 1 : failures + 1;
      // A connection that broke is opened again at once; only when that fails is there something to tell.
      if (!visit.sampled) sampling.store.lose(node.id, lost);
      await rest(retryAfterMs(failures, lost.code, Math.random()));
    } catch (error) {
      log.error({ nodeId: node.id, reference: reportFault(error) }, "sampling failed; it goes on after a rest");
      await rest(FAULT_MS);
    }
  }
}

/** One connection, from the login to its loss. */
class Visit {
  sampled = false;
  private before: Reading | null = null;

  constructor(
    private readonly node: SampledNode,
    private readonly sampling: Sampling,
    private readonly gate: Gate,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<Refusal> {
    const { rows } = await samplePool().query<{ sealed: Uint8Array<ArrayBuffer> }>(
      "SELECT sealed_private AS sealed FROM node_key WHERE node_id = $1",
      [this.node.id],
    );
    const key = rows[0] ? { publicKey: this.node.publicKey, sealedPrivate: rows[0].sealed } : null;
    const visited = async (machine: Machine): Promise<Outcome> => {
      const talk = await machine.converse("sample");
      return talk.ok ? this.ask(talk.value, new Surveyor(machine)) : talk;
    };
    const options = { sessionMs: "kept", admit: () => this.gate.enter() } as const;
    const outcome = await withNode({ signal: this.signal }, { ...this.node, hostKeyChanged: null, key }, visited, options);
    return outcome.ok ? MACHINE.connectionLost(this.node.ip) : outcome;
  }

  /** Returns when the conversation is over, with the reason. */
  private async ask(talk: Conversation, surveyor: Surveyor): Promise<Outcome> {
    const wish = () => {
      if (this.sampled && performance.now() - (surveyor.begunAt ?? 0) > WISH_MS) void this.look(surveyor);
    };
    this.sampling.surveyors.set(this.node.id, wish);
    try {
      return await this.askOn(talk, surveyor);
    } finally {
      if (this.sampling.surveyors.get(this.node.id) === wish) this.sampling.surveyors.delete(this.node.id);
    }
  }

  private async askOn(talk: Conversation, surveyor: Surveyor): Promise<Outcome> {
    const { clock } = this.sampling;
    // At once: what needs no second reading, and the heartbeat. From then on at this node's own moment of the interval.
    let slot = clock.now();
    while (!this.signal.aborted) {
      const reading = await askSample(talk);
      if (!reading.ok) return reading;
      this.take(reading.value, surveyor, slot);
      if (this.sampled && (surveyor.begunAt === null || this.isSurveyTime(slot))) void this.look(surveyor);
      this.sampled = true;
      slot = nextSlot(this.node.id, slot, clock.now(), this.sampling.intervalSeconds);
      await sleep(Math.max(0, (slot - clock.now()) * MS), undefined, { signal: this.signal }).catch(() => undefined); // aborted
    }
    return done(undefined);
  }

  private take(reading: Reading, surveyor: Surveyor, slot: number): void {
    const { store, clock } = this.sampling;
    const known = store.bootOf(this.node.id);
    const at = clock.now();
    if (reading.bootId !== null && reading.bootId !== known)
      noteBoot(this.node.id, new Date((at - reading.uptime) * MS), known).catch((error: unknown) => {
        reportFault(error);
        store.unseeBoot(this.node.id, known);
      });
    const values = { ...surveyor.values(reading.memory?.totalBytes ?? null), ...measure(this.before, reading) };
    store.add(this.node.id, { values, bootId: reading.bootId, slot, at });
    if (!isTooSoon(this.before, reading)) this.before = reading;
  }

  private isSurveyTime(slot: number): boolean {
    const { intervalSeconds } = this.sampling;
    const moved = slot + (hash(`${this.node.id} survey`) / 2 ** 32) * SURVEY_SECONDS;
    return Math.floor(moved / SURVEY_SECONDS) !== Math.floor((moved - intervalSeconds) / SURVEY_SECONDS);
  }

  private async look(surveyor: Surveyor): Promise<void> {
    try {
      const survey = await surveyor.look();
      if (survey?.ok) this.sampling.surveys.add(this.node.id, survey.value, surveyor.begunAt ?? performance.now());
      else if (survey && !this.signal.aborted) log.info({ nodeId: this.node.id, code: survey.code }, "the survey failed");
    } catch (error) {
      reportFault(error);
    }
  }
}
