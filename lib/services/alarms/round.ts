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
import { readRegion, type RegionRow } from "../region";
import { FINE_SECONDS, SampleBook } from "./book";
import { readFacts, writeFacts } from "./facts";
import { keptFacts, lookAtFacts, readStatuses, sourcesOf, type Read } from "./measure";
import { MinuteBook, type OnDamage } from "./minutes";
import { readMutes } from "./mutes";
import { dropSubjects, syncSubjects } from "./subjects";
import { tell, type Outcome } from "./tell";
import { readWatched, type Subject } from "./watched";

export type Round = { at: Date; evaluated: number; changed: number; told: number };

/** What a worker keeps of the nodes from round to round. */
export type Books = { fine: SampleBook; long: MinuteBook };
export const newBooks = (): Books => ({ fine: new SampleBook(), long: new MinuteBook() });

const ROUND_MS = 40_000;

/** The round that is due; null when none is, or when another worker has it in hand. */
export const runRound = (seconds: Rhythm, books: Books): Promise<Round | null> =>
  db.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ done: number; now: number }[]>`
        SELECT extract(epoch FROM at)::float8 AS done, extract(epoch FROM clock_timestamp())::float8 AS now
        FROM alarm_round WHERE seconds = ${seconds} FOR UPDATE SKIP LOCKED`;
      const at = row ? beginOf(row.now - SETTLE_SECONDS, seconds) : 0;
      if (!row || at <= row.done) return null;
      const round = await evaluateAll(tx, seconds, at, books);
      await tx.$executeRaw`UPDATE alarm_round SET at = ${round.at} WHERE seconds = ${seconds}`;
      return round;
    },
    { timeout: ROUND_MS, maxWait: ROUND_MS },
  );

async function evaluateAll(tx: Tx, seconds: Rhythm, at: number, books: Books): Promise<Round> {
  const moment = new Date(at * 1000);
  const left = seconds === 60 ? await syncSubjects(tx) : [];
  const subjects = await readWatched(tx, seconds);
  if (subjects.length === 0) return { at: moment, evaluated: 0, changed: 0, told: 0 };
  const region = await readRegion(tx);
  const damaged = new Map<string, string>();
  const sources = await readSources(tx, subjects, seconds, at, region, books, damaged);
  const mutes = await readMutes(tx, moment);
  const unwatched = new Set(left.map(({ id }) => id));
  const outcomes = subjects.map((subject): Outcome => {
    if (unwatched.has(subject.id))
      return { subject, becomes: "INSUFFICIENT_DATA", reason: NOT_WATCHED, value: null, problem: null, mute: null };
    const mute = mutes(subject);
    const problem = subject.node ? damaged.get(subject.node.id) : undefined;
    if (problem) return { subject, becomes: subject.state, reason: subject.reason, value: subject.value, problem, mute };
    const { state, reason, datapoints } = evaluateAt(at, subject.watcher.rule, subject.state, sources(subject));
    return { subject, becomes: state, reason, value: datapoints.at(-1) ?? null, problem: null, mute };
  });
  const { changed, told } = await tell(tx, outcomes, moment);
  await dropSubjects(tx, left);
  return { at: moment, evaluated: outcomes.length, changed, told };
}

const NOT_WATCHED = "The alarm does not watch this node any more.";

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
  if (seconds === 60) await writeFacts(tx, new Date(at * 1000), await lookAtFacts(facts, region));
  const read: Omit<Read, "samples"> = {
    intervalSeconds: region.settings.sampling.intervalSeconds,
    facts: await readFacts(tx, facts, new Date(earliest * 1000)),
    statuses: await readStatuses(tx, [...ofStatus], earliest, at),
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
