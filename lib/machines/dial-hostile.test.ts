import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../outcome";
import { withMachine } from "./dial";
import { probe } from "./ask";
import { answer, closeAll, connections, PIN, sshServer } from "./testing";
import { HOSTILE, RIGHT_PASSWORD, type Hostile } from "./testing-hostile";

type Met = { outcome: Outcome<unknown>; ms: number };

const met = new Map<string, Met>();
const honestMs: number[] = [];
let grownBytes = 0;
let left = 0;
let [before, after]: [string[], string[]] = [[], []];

/** Handles of the network and of the dialler's deadlines; the test runner's own come and go. */
const sockets = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind.startsWith("TCP"));

async function meet({ start, command = "whoami", input, recentlyRefused = false }: Hostile): Promise<Met> {
  const address = await start();
  const began = performance.now();
  const work = command === "probe" ? probe : (machine: Parameters<typeof probe>[0]) => machine.run(command, input);
  const outcome = await withMachine<unknown>(address, PIN, RIGHT_PASSWORD, work, { recentlyRefused });
  return { outcome, ms: performance.now() - began };
}

/** Logs in to an honest host again and again, while the others do their worst. */
async function honest(until: () => boolean): Promise<void> {
  const place = await sshServer({ exec: ({ channel }) => answer(channel, "fine\n") });
  while (!until()) {
    const began = performance.now();
    const outcome = await withMachine(place, PIN, RIGHT_PASSWORD, (machine) => machine.run("whoami"));
    expect(outcome).toEqual({ ok: true, value: { stdout: "fine\n", stderr: "", exitCode: 0 } });
    honestMs.push(performance.now() - began);
    await sleep(20);
  }
}

beforeAll(async () => {
  await meet({ name: "", code: null, says: "", withinMs: 0, start: () => sshServer() });
  await closeAll();
  before = sockets();
  const rssBefore = process.memoryUsage.rss();
  let peak = rssBefore;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  let over = false;
  const watcher = honest(() => over);
  await Promise.all(HOSTILE.map(async (hostile) => met.set(hostile.name, await meet(hostile))));
  over = true;
  await watcher;
  clearInterval(watch);
  grownBytes = peak - rssBefore;
  // The far side sees our hanging up a moment later.
  for (let i = 0; connections() && i < 50; i++) await sleep(20);
  left = connections();
  await closeAll();
  after = sockets();
}, 40_000);
afterAll(closeAll);

describe(`${HOSTILE.length} hostile servers at once`, () => {
  it.each(HOSTILE)("$name: $code", ({ name, code, says, withinMs }) => {
    const { outcome, ms } = met.get(name) ?? { outcome: { ok: true, value: "never met" }, ms: 0 };
    expect(outcome).toMatchObject({ ok: false, code, reason: typeof says === "string" ? says : expect.stringMatching(says) });
    expect(ms).toBeLessThan(withinMs);
  });

  it("never slow an honest one", () => {
    expect(honestMs.length).toBeGreaterThan(10);
    console.log(honestMs.length, Math.max(...honestMs), grownBytes / 2 ** 20);
    expect(Math.max(...honestMs)).toBeLessThan(1000);
  });

  it("cost bounded memory", () => {
    expect(grownBytes / 2 ** 20).toBeLessThan(40);
  });

  it("leave no connection open", () => {
    expect(left).toBe(0);
    expect(after).toEqual(before);
  });
});
