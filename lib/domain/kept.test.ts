import { expect, it } from "vitest";
import { Kept } from "./kept";
import { beginOf, FINEST } from "./levels";
import { decodeValue, NO_VALUES, type Values } from "./metrics";
import { codesOfBytes } from "./sample-wire";
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
