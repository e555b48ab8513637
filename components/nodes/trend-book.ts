import { readHours, readNews, type SampleNews } from "@/lib/domain/sample-wire";
import { emptyRing, metricsOf, setMinute, type NodeMetrics, type Ring } from "@/lib/domain/trends";

type Entry = { at: number; last: Uint16Array; ring: Ring };

const MINUTE = 60;

/** What was measured of every node in the last hour, as this browser knows it. Times are seconds since 1970. */
export class TrendBook {
  private entries = new Map<string, Entry>();

  /** The whole hour of all nodes, as the server gave it. What the stream has told since is newer. */
  takeHours(bytes: Uint8Array): Map<string, NodeMetrics> {
    const before = this.entries;
    this.entries = new Map(readHours(bytes).map(({ id, at, last, ring }) => [id, { at, last, ring }]));
    for (const [id, known] of before) {
      const read = this.entries.get(id);
      if (!read || known.at <= read.at) continue;
      this.entries.set(id, known);
      fill(known.ring, read.ring);
    }
    return new Map([...this.entries].map(([id, entry]) => [id, shown(entry)]));
  }

  /** Samples of the last second, as the stream brings them: base64. */
  takeNews(text: string): Map<string, NodeMetrics> {
    const news = readNews(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
    return new Map(news.map((one) => [one.id, shown(this.take(one))]));
  }

  private take({ id, at, last, minute }: SampleNews): Entry {
    const entry = { at, last, ring: this.entries.get(id)?.ring ?? emptyRing() };
    setMinute(entry.ring, Math.floor(at / MINUTE), minute);
    this.entries.set(id, entry);
    return entry;
  }
}

const shown = ({ last, at, ring }: Entry): NodeMetrics => metricsOf(last, at, ring);

/** Takes from `read` the minutes that `ring` has not been told. */
function fill(ring: Ring, read: Ring): void {
  const told = { minute: ring.minute, codes: ring.codes.slice() };
  ring.codes.set(read.codes);
  ring.minute = read.minute;
  const width = told.codes.length / MINUTE;
  for (let minute = read.minute; minute <= told.minute; minute += 1) {
    const slot = (minute % MINUTE) * width;
    setMinute(ring, minute, told.codes.subarray(slot, slot + width));
  }
}
