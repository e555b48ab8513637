/** Gathers what all nodes bring and writes it once a second, in one statement. What PostgreSQL did not take is written with the next. */
import { Kept } from "../../domain/kept";
import { FINEST } from "../../domain/levels";
import type { Values } from "../../domain/metrics";
import { writeNews } from "../../domain/sample-wire";
import { log } from "../../log";
import type { Refusal } from "../../outcome";
import { readKept } from "../../services/metrics/read";
import { rollUpAgainFrom } from "../../services/metrics/roll-up";
import { writeSamples, writeSilences, type Row } from "../../services/metrics/write";
import type { SampleClock } from "./clock";

/** Of one notification: base64 of so many stays below PostgreSQL's 8,000 bytes. */
const NEWS_AT_ONCE = 160;
/** Finished chunks that wait while PostgreSQL is away: of a thousand nodes for two hours. */
const WAITING_MAX = 12_000;
/** After so long without PostgreSQL, what was rolled up meanwhile may lack samples. */
const OUTAGE_SECONDS = 30;

export class SampleStore {
  private kept = new Map<string, Kept>();
  /** By node: one that was let go and taken again is written once. */
  private fresh = new Map<string, Kept>();
  private chunks: Row[] = [];
  /** Nodes of which PostgreSQL says that they are not reached, and what it is still to be told of others. */
  private silent = new Set<string>();
  private said = new Map<string, Refusal | null>();
  private failingSince: number | null = null;

  constructor(private readonly clock: SampleClock) {}

  /** Reads what is known of nodes that become this worker's, or that may have been another's for a while. */
  async adopt(ids: readonly string[]): Promise<void> {
    const { nows, hours, silent } = await readKept(ids);
    const hourOf = new Map(hours.map((hour) => [hour.id, hour]));
    for (const id of silent) this.silent.add(id);
    for (const now of nows) {
      try {
        const written = Kept.from(now, hourOf.get(now.id));
        const own = this.kept.get(now.id);
        if (own) own.join(written);
        else this.kept.set(now.id, written);
      } catch (error) {
        log.warn({ nodeId: now.id, error: String(error) }, "the samples of the last hour are damaged; new ones replace them");
      }
    }
  }

  /** Another worker goes on with them. */
  release(id: string): void {
    this.kept.delete(id);
    this.silent.delete(id);
  }

  /** The boot that the node's last sample was of; null when there is none. */
  bootOf(id: string): string | null {
    return this.kept.get(id)?.bootId ?? null;
  }

  /** What was seen of a boot could not be written down: the next sample sees it again. */
  unseeBoot(id: string, before: string | null): void {
    const kept = this.kept.get(id);
    if (kept) kept.bootId = before;
  }

  /** See Kept.add. */
  add(id: string, sample: { values: Values; bootId: string | null; slot: number; at: number }): void {
    const kept = this.kept.get(id) ?? new Kept(id);
    this.kept.set(id, kept);
    const { values, slot, at } = sample;
    kept.bootId = sample.bootId ?? kept.bootId;
    const finished = kept.add(values, slot, at);
    if (finished) this.chunks.push(finished);
    this.fresh.set(id, kept);
    if (this.silent.delete(id)) this.said.set(id, null);
  }

  /** Remembers why a node is not reached. */
  lose(id: string, refusal: Refusal): void {
    this.silent.add(id);
    this.said.set(id, refusal);
  }

  /** Throws when PostgreSQL did not take it; nothing is lost then. */
  async flush(): Promise<void> {
    if (this.fresh.size === 0 && this.chunks.length === 0 && this.said.size === 0) return;
    const [fresh, chunks, said] = [[...this.fresh.values()], this.chunks, this.said];
    this.fresh.clear();
    this.chunks = [];
    this.said = new Map();
    const rows = fresh.map((kept) => kept.toRows());
    const askedAt = performance.now();
    try {
      if (said.size > 0) await writeSilences(said);
      const now = await writeSamples({
        nows: rows.map(({ now }) => now),
        hours: rows.flatMap(({ hour }) => hour ?? []),
        chunks,
        news: newsOf(fresh),
      });
      this.clock.set(now, askedAt);
      for (const { written } of rows) written();
    } catch (error) {
      this.failingSince ??= this.clock.now();
      for (const kept of fresh) if (!this.fresh.has(kept.id)) this.fresh.set(kept.id, kept);
      this.chunks = [...chunks, ...this.chunks].slice(-WAITING_MAX);
      this.said = new Map([...said, ...this.said]);
      throw error;
    }
    const since = this.failingSince;
    if (since !== null && this.clock.now() - since > OUTAGE_SECONDS) await rollUpAgainFrom(since - FINEST.chunk);
    this.failingSince = null;
  }
}

function newsOf(fresh: readonly Kept[]): string[] {
  const texts: string[] = [];
  for (let first = 0; first < fresh.length; first += NEWS_AT_ONCE)
    texts.push(Buffer.from(writeNews(fresh.slice(first, first + NEWS_AT_ONCE).map((kept) => kept.news()))).toString("base64"));
  return texts;
}
