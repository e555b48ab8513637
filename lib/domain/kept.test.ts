import { expect, it } from "vitest";
import { Kept } from "./kept";
import { beginOf, FINEST, pointsOf } from "./levels";
import { decodeValue, encodeValue, GAP, METRIC_COUNT, METRIC_IDS, NO_VALUES, type MetricId, type Values } from "./metrics";
import { pack, unpack } from "./pack";
import { bytesOfCodes, codesOfBytes, readTail } from "./sample-wire";
import { trendPoints } from "./trends";

const START = beginOf(1_795_000_000, FINEST.chunk);
const share = (code: number | undefined) => decodeValue("cpu", code ?? 0);
const [WHOLE, FIRST]: Values[] = [
  { ...NO_VALUES, cpu: 0.5, memory: 0.25 },
  { ...NO_VALUES, memory: 0.75 },
];

/** As a worker leaves a node, and another one goes on with it. */
const handedOver = (kept: Kept): Kept => {
  const { now, hour } = kept.toRows();
  return Kept.from(now, hour ?? undefined);
};

function sampled(at: number): Kept {
  const kept = new Kept("node");
  kept.add(WHOLE!, START + at, START + at);
  return handedOver(kept);
}

it("keeps the value of lately where the first reading of a worker knows no rate", () => {
  const kept = sampled(120);
  kept.add(FIRST!, START + 170, START + 171);
  const { now } = kept.toRows();
  const [cpu, memory] = codesOfBytes(now.last);
  expect([share(cpu), share(memory)]).toEqual([0.5, 0.75]);
  expect(now.sampledAt).toBe(START + 171);
});

it("says nothing rather than what would be stale before the next sample", () => {
  const kept = sampled(120);
  kept.add(FIRST!, START + 180, START + 181);
  expect(share(kept.news().last[0])).toBeNull();
});

it("knows nothing of the ten minutes before", () => {
  const kept = sampled(FINEST.chunk - 10);
  kept.add(FIRST!, START + FINEST.chunk, START + FINEST.chunk);
  expect(share(kept.news().last[0])).toBeNull();
});

it("writes no value of lately into the past", () => {
  const kept = sampled(170);
  kept.add(FIRST!, START + 180, START + 181);
  const { hour } = kept.toRows();
  expect(share(kept.news().last[0])).toBe(0.5);
  const ring = { minute: hour?.ringMinute ?? 0, codes: codesOfBytes(hour?.ring ?? new Uint8Array()) };
  expect(trendPoints(ring, "cpu", ring.minute).slice(-2)).toEqual([0.5, null]);
});

const cpuOf = (kept: Kept) =>
  [...(unpack(kept.open().data, METRIC_COUNT, pointsOf(FINEST))[METRIC_IDS.indexOf("cpu")] ?? [])].map((code) => share(code));
const hourOf = (kept: Kept) => {
  const { hour } = kept.toRows();
  const ring = { minute: hour?.ringMinute ?? 0, codes: codesOfBytes(hour?.ring ?? new Uint8Array()) };
  return { minute: ring.minute, points: trendPoints(ring, "cpu", ring.minute) };
};

it("goes on at once when the clock is set back, and forgets what is not yet", () => {
  const kept = new Kept("node");
  for (let at = 0; at < 2 * FINEST.chunk; at += 10) kept.add({ ...WHOLE!, cpu: at / 2000 }, START + at, START + at + 0.1);
  const back = START + 300;
  // The moment it was due was said by the clock before.
  expect(kept.add({ ...WHOLE!, cpu: 0.9 }, START + 1200, back)).toBeNull();
  expect(kept.add({ ...WHOLE!, cpu: 0.95 }, back + 10, back + 10.1)).toBeNull();
  expect(kept.open().start).toBe(START);
  expect(cpuOf(kept).slice(29, 33)).toEqual([null, 0.9, 0.95, null]);
  expect(kept.news()).toMatchObject({ at: back + 10 });
  const { minute, points } = hourOf(handedOver(kept));
  expect(minute).toBe(back / 60);
  expect(points.slice(-3)).toEqual([expect.closeTo(0.1025, 3), expect.closeTo(0.1325, 2), 0.925]);
});

it("takes a clock that is corrected by less for the same", () => {
  const kept = sampled(120);
  kept.add({ ...WHOLE!, cpu: 0.75 }, START + 130, START + 120.5);
  expect([kept.news().at, cpuOf(kept).slice(12, 14)]).toEqual([START + 120, [0.5, 0.75]]);
});

it("gets from another worker what it did not sample itself, while it was held up", () => {
  const own = new Kept("node");
  own.add({ ...WHOLE!, cpu: 0.1 }, START + 10, START + 10);
  const other = handedOver(own);
  own.add({ ...WHOLE!, cpu: 0.2 }, START + 20, START + 20);
  const late = handedOver(own);
  for (let at = 30; at < FINEST.chunk + 60; at += 10) other.add({ ...WHOLE!, cpu: 0.3 }, START + at, START + at);
  own.add({ ...WHOLE!, cpu: 0.4 }, START + FINEST.chunk + 70, START + FINEST.chunk + 70);
  own.join(handedOver(other));
  expect(cpuOf(own).slice(0, 9)).toEqual([0.3, 0.3, 0.3, 0.3, 0.3, 0.3, null, 0.4, null]);
  expect(hourOf(own).points.slice(-12)).toEqual([expect.closeTo(0.15, 3), ...Array.from({ length: 10 }, () => 0.3), 0.4]);
  expect(own.news().at).toBe(START + FINEST.chunk + 70);
  // One that had sampled nothing since goes on from the other's.
  late.join(handedOver(other));
  expect([late.open().start, late.news().at]).toEqual([START + FINEST.chunk, START + FINEST.chunk + 50]);
});

/** What a worker of an older version leaves, which knew the first twelve metrics: its newest sample, its tail and its ten minutes. */
function left(samples: readonly { at: number; cpu: number }[]) {
  const OLD = 12;
  const codesOf = (cpu: number) => Uint16Array.from({ length: OLD }, (_, metric) => (metric === 0 ? encodeValue("cpu", cpu) : GAP));
  const tail = new Uint8Array(1 + samples.length * (4 + 2 * OLD));
  tail[0] = OLD;
  for (const [index, { at, cpu }] of samples.entries()) {
    new DataView(tail.buffer).setUint32(1 + index * (4 + 2 * OLD), START + at);
    tail.set(bytesOfCodes(codesOf(cpu)), 1 + index * (4 + 2 * OLD) + 4);
  }
  const ring = bytesOfCodes(new Uint16Array(60 * 4).fill(GAP));
  const chunk = pack(
    Array.from({ length: OLD }, (_, metric) => new Uint16Array(pointsOf(FINEST)).fill(metric === 1 ? encodeValue("memory", 0.5) : GAP)),
  );
  return {
    now: { id: "node", sampledAt: START + 20, bootId: null, last: bytesOfCodes(codesOf(0.5)), tail },
    hour: { id: "node", ringMinute: 0, ring, chunkStart: START, chunk },
  };
}

it("goes on from what an older version left, with gaps in what that did not know", () => {
  const { now, hour } = left([{ at: 10, cpu: 0.25 }, { at: 20, cpu: 0.5 }]); // prettier-ignore
  const kept = Kept.from(now, hour);
  kept.add({ ...NO_VALUES, cpu: 1, linksDown: 3 }, START + 30, START + 30);
  const rows = handedOver(kept).toRows();
  const codes = (id: MetricId, data = kept.open().data) =>
    [...(unpack(data, METRIC_COUNT, pointsOf(FINEST))[METRIC_IDS.indexOf(id)] ?? [])].map((code) => decodeValue(id, code)).slice(0, 5);
  expect([codes("cpu"), codes("memory")]).toEqual([
    [null, 0.25, 0.5, 1, null],
    [0.5, 0.5, 0.5, 0.5, 0.5],
  ]);
  for (const data of [kept.open().data, rows.hour?.chunk]) {
    expect(codes("linksDown", data)).toEqual([null, null, null, 3, null]);
    expect(codes("vmMemoryAvailable", data)).toEqual([null, null, null, null, null]);
  }
});

it("hands the tail of an older version on without making zeros of what that did not know", () => {
  const { now } = left([{ at: 10, cpu: 0.25 }]);
  const [sample] = readTail(now.tail);
  expect(sample?.codes).toHaveLength(METRIC_COUNT);
  expect([...(sample?.codes.slice(1) ?? [])].every((code) => code === GAP)).toBe(true);
});

it("takes no more of a newer version's tail than it knows", () => {
  const newer = new Uint8Array(1 + 4 + 2 * (METRIC_COUNT + 3)).fill(7);
  newer[0] = METRIC_COUNT + 3;
  expect(readTail(newer).map(({ codes }) => codes.length)).toEqual([METRIC_COUNT]);
});
