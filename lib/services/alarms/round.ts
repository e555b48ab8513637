/**
 * One round: every alarm of its rhythm is evaluated on what was measured until now, by one worker, in one transaction with all that
 * follows from it. A worker that dies in it leaves nothing; another begins it anew.
 */
import { samplesFrom } from "../../domain/alarms/datapoints";
import { SETTLE_SECONDS, type Rhythm } from "../../domain/alarms/schedule";
import { evaluateAt, type Sources } from "../../domain/alarms/sources";
import { beginOf } from "../../domain/levels";
import { db, type Tx } from "../../db";
import { reportFault } from "../../log";
import { ALARM_ENDS } from "../../messages/alarm-deeds";
import { readRegion, type RegionRow } from "../region";
import { FINE_SECONDS, SampleBook } from "./book";
import { readFacts, writeFacts } from "./facts";
import { keptFacts, lookAtFacts, readStatuses, sourcesOf, type Read } from "./measure";
import { MinuteBook, type OnDamage } from "./minutes";
import { readMutes } from "./mutes";
import { dropSubjects, syncSubjects } from "./subjects";
import { endOf, partOf, tell, type Outcome } from "./tell";
import { noteWatched, readGaps } from "./gaps";
import { readWatched, type Subject } from "./watched";

/** `more`: only a part of what it found is written, and the rest is due at once. */
export type Round = { at: Date; evaluated: number; changed: number; told: number; more: boolean };

/** What a worker keeps of the nodes from round to round. */
export type Books = { fine: SampleBook; long: MinuteBook };
export const newBooks = (): Books => ({ fine: new SampleBook(), long: new MinuteBook() });

const ROUND_MS = 40_000;

/** Measured on two busy cores: 10,000 changes in one transaction are written in 15 s. */
const MOST_CHANGES = 2000;

/**
 * The round that is due; null when none is, or when another worker has it in hand. One that changes very much is written in parts, each of
 * which is evaluated anew: who edits an alarm meanwhile waits for one of them, and no state is written on a rule that is not there any more.
 */
export const runRound = (seconds: Rhythm, books: Books, most = MOST_CHANGES): Promise<Round | null> =>
  db.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ done: number; now: number }[]>`
        SELECT extract(epoch FROM at)::float8 AS done, extract(epoch FROM clock_timestamp())::float8 AS now
        FROM alarm_round WHERE seconds = ${seconds} FOR UPDATE SKIP LOCKED`;
      if (!row) return null;
      const at = beginOf(row.now - SETTLE_SECONDS, seconds);
      // One that was done in the future: the clock was set back, and nobody waits until it is there again.
      if (at <= row.done && row.done <= row.now) return null;
      // By itself: that somebody looked is true also of a round that can not be written.
      if (seconds === 60) await noteWatched(db, new Date(row.now * 1000));
      const round = await evaluateAll(tx, seconds, at, books, most);
      if (!round.more) await tx.$executeRaw`UPDATE alarm_round SET at = ${round.at} WHERE seconds = ${seconds}`;
      return round;
    },
    { timeout: ROUND_MS, maxWait: ROUND_MS },
  );

async function evaluateAll(tx: Tx, seconds: Rhythm, at: number, books: Books, most: number): Promise<Round> {
  const moment = new Date(at * 1000);
  const left = seconds === 60 ? await syncSubjects(tx) : [];
  const leftIds = left.map(({ id }) => id);
  const subjects = await readWatched(tx, seconds, leftIds);
  if (subjects.length === 0) {
    await dropSubjects(tx, left);
    return { at: moment, evaluated: 0, changed: 0, told: 0, more: false };
  }
  const region = await readRegion(tx);
  const damaged = new Map<string, string>();
  const sources = await readSources(tx, subjects, seconds, at, region, books, damaged);
  const mutes = await readMutes(tx, moment);
  const unwatched = new Set(leftIds);
  const outcomes = subjects.map((subject): Outcome => {
    if (unwatched.has(subject.id)) return endOf(subject, ALARM_ENDS.unwatched);
    const mute = mutes(subject);
    const problem = subject.node ? damaged.get(subject.node.id) : undefined;
    if (problem) return { subject, becomes: subject.state, reason: subject.reason, value: subject.value, problem, mute, ended: false };
    const { state, reason, datapoints } = evaluateAt(at, subject.watcher.rule, subject.state, sources(subject));
    return { subject, becomes: state, reason, value: datapoints.at(-1) ?? null, problem: null, mute, ended: false };
  });
  const { part, more } = partOf(outcomes, most);
  const { changed, told } = await tell(tx, part, moment);
  const written = new Set(part.map(({ subject }) => subject.id));
  await dropSubjects(tx, more ? left.filter(({ id }) => written.has(id)) : left);
  return { at: moment, evaluated: outcomes.length, changed, told, more };
}

async function readSources(
  tx: Tx,
  subjects: readonly Subject[],
  seconds: Rhythm,
  at: number,
  region: RegionRow,
  books: Books,
  damaged: Map<string, string>,
): Promise<(subject: Subject) => Sources> {
  const rules = [...new Set(subjects.map(({ watcher }) => watcher.rule))];
  const earliest = rules.reduce((from, rule) => Math.min(from, samplesFrom(rule, at)), at);
  const [fine, long] = [new Map<string, number>(), new Map<string, number>()];
  const ofStatus = new Set<string>();
  for (const { watcher, node } of subjects) {
    if (!node) continue;
    if (watcher.rule.metric === "status") ofStatus.add(node.id);
    const from = samplesFrom(watcher.rule, at);
    const wanted = isLong(watcher.rule) ? long : fine;
    wanted.set(node.id, Math.min(wanted.get(node.id) ?? at, from));
  }
  const onDamage: OnDamage = (nodeId, error) => {
    damaged.set(nodeId, `Its samples can not be read. Reference ${reportFault(error, { nodeId })}.`);
  };
  await books.fine.read(fine, onDamage);
  await books.long.read(long, onDamage);
  const facts = keptFacts(rules);
  if (seconds === 60) await writeFacts(tx, new Date(at * 1000), await lookAtFacts(facts));
  const read: Omit<Read, "samples"> = {
    intervalSeconds: region.settings.sampling.intervalSeconds,
    facts: await readFacts(tx, facts, new Date(earliest * 1000)),
    statuses: await readStatuses(tx, [...ofStatus], earliest, at),
    unwatched: await readGaps(tx, earliest),
  };
  const made = { fine: new Map<string | null, Sources>(), long: new Map<string | null, Sources>() };
  return ({ watcher, node }) => {
    const which = isLong(watcher.rule) ? "long" : "fine";
    const id = node?.id ?? null;
    const sources = made[which].get(id) ?? sourcesOf(id, { ...read, samples: (nodeId) => books[which].of(nodeId) });
    made[which].set(id, sources);
    return sources;
  };
}

const isLong = (rule: Subject["watcher"]["rule"]): boolean => -samplesFrom(rule, 0) > FINE_SECONDS;
