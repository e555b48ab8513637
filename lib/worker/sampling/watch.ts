/**
 * One node's life with its sampler: log in, ask every few seconds on the same connection, and when it is lost, log in again. Nothing
 * that one node does delays another.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { measure, type Reading } from "../../domain/reading";
import { surveyedValues, type Survey } from "../../domain/survey";
import { log, reportFault } from "../../log";
import { askSample, askSurvey } from "../../machines/ask";
import type { Conversation, Machine } from "../../machines/dial";
import { MACHINE } from "../../messages/machine";
import { done, type Outcome, type Refusal } from "../../outcome";
import { samplePool } from "../../services/metrics/pool";
import { writeSurvey } from "../../services/metrics/survey";
import { noteBoot } from "../../services/nodes/restarted";
import { withNode } from "../reach";
import { retryAfterMs } from "./back-off";
import type { SampleClock } from "./clock";
import type { Gate } from "./gate";
import { hash, type SampledNode } from "./share";
import type { SampleStore } from "./store";
import type { Surveyors } from "./wishes";

export type Sampling = {
  store: SampleStore;
  clock: SampleClock;
  /** Who has answered lately, and who has not: hosts that hang in the middle of a login keep only each other waiting. */
  gates: { answering: Gate; doubtful: Gate };
  intervalSeconds: number;
  surveyors: Surveyors;
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
  private newest: Survey | null = null;
  private newestAt = 0;
  private surveying = false;
  private survey: Conversation | null = null;
  private surveyedAt = 0;

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
      return talk.ok ? this.ask(machine, talk.value) : talk;
    };
    const options = { sessionMs: "kept", admit: () => this.gate.enter() } as const;
    const outcome = await withNode({ signal: this.signal }, { ...this.node, hostKeyChanged: null, key }, visited, options);
    return outcome.ok ? MACHINE.connectionLost(this.node.ip) : outcome;
  }

  /** Returns when the conversation is over, with the reason. */
  private async ask(machine: Machine, talk: Conversation): Promise<Outcome> {
    // At once: what needs no second reading, and the heartbeat. From then on at this node's own moment of the interval.
    const slot = this.sampling.clock.now();
    const wish = () => {
      if (this.sampled && performance.now() - this.surveyedAt > WISH_MS) void this.look(machine);
    };
    this.sampling.surveyors.set(this.node.id, wish);
    try {
      return await this.askOn(machine, talk, slot);
    } finally {
      if (this.sampling.surveyors.get(this.node.id) === wish) this.sampling.surveyors.delete(this.node.id);
    }
  }

  private async askOn(machine: Machine, talk: Conversation, first: number): Promise<Outcome> {
    let slot = first;
    while (!this.signal.aborted) {
      const reading = await askSample(talk);
      if (!reading.ok) return reading;
      this.take(reading.value, slot);
      if (this.sampled && (this.survey === null || this.isSurveyTime(slot))) void this.look(machine);
      this.sampled = true;
      slot = this.nextSlot();
      await sleep(Math.max(0, (slot - this.sampling.clock.now()) * MS), undefined, { signal: this.signal }).catch(() => undefined); // aborted
    }
    return done(undefined);
  }

  private take(reading: Reading, slot: number): void {
    const { store, clock } = this.sampling;
    const known = store.bootOf(this.node.id);
    const at = clock.now();
    if (reading.bootId !== null && reading.bootId !== known)
      noteBoot(this.node.id, new Date((at - reading.uptime) * MS), known).catch((error: unknown) => void reportFault(error));
    const age = (performance.now() - this.newestAt) / MS;
    const values = { ...surveyedValues(this.newest, reading.memory?.totalBytes ?? null, age), ...measure(this.before, reading) };
    store.add(this.node.id, { values, bootId: reading.bootId, slot, at });
    this.before = reading;
  }

  /** Every node has its own moment in the interval: a thousand of them are a steady stream, and not a burst. */
  private nextSlot(): number {
    const { clock, intervalSeconds } = this.sampling;
    const phase = (hash(this.node.id) / 2 ** 32) * intervalSeconds;
    return (Math.floor((clock.now() - phase) / intervalSeconds) + 1) * intervalSeconds + phase;
  }

  private isSurveyTime(slot: number): boolean {
    const { intervalSeconds } = this.sampling;
    const moved = slot + (hash(`${this.node.id} survey`) / 2 ** 32) * SURVEY_SECONDS;
    return Math.floor(moved / SURVEY_SECONDS) !== Math.floor((moved - intervalSeconds) / SURVEY_SECONDS);
  }

  /** Beside the samples, on a channel of its own. One that is refused or hangs is tried again with the next connection only. */
  private async look(machine: Machine): Promise<void> {
    if (this.surveying) return;
    this.surveying = true;
    this.surveyedAt = performance.now();
    try {
      if (this.survey === null) {
        const opened = await machine.converse("survey");
        if (!opened.ok) return log.info({ nodeId: this.node.id, code: opened.code }, "the survey could not be started");
        this.survey = opened.value;
      }
      const survey = await askSurvey(this.survey);
      if (!survey.ok) return log.info({ nodeId: this.node.id, code: survey.code }, "the survey failed");
      [this.newest, this.newestAt] = [survey.value, performance.now()];
      await writeSurvey(this.node.id, survey.value);
    } catch (error) {
      reportFault(error);
    } finally {
      this.surveying = false;
    }
  }
}
