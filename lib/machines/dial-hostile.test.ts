import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { privateFolder, root } from "../launch/data-folder.mjs";
import type { Outcome } from "../outcome";
import { probe } from "./ask";
import { withMachine, type Address, type HostKey, type Machine } from "./dial";
import { answer, closeAll, PIN, sshServer } from "./testing";
import type { Hosts } from "./testing-host";
import { HOSTILE, RIGHT_PASSWORD, type Hostile } from "./testing-hostile";

type Met = { outcome: Outcome<unknown>; ms: number };

const MEBIBYTE = 2 ** 20;
const AT_ONCE = 16;
const met = new Map<string, Met>();
const honestMs: number[] = [];
let host: ChildProcess;
let folder = "";
let grownBytes = 0;
let longestTurnMs = 0;
let left = 0;
let [before, after]: [string[], string[]] = [[], []];

/** Of the network; the test runner's own timers come and go. */
const sockets = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind.startsWith("TCP"));

async function told<T>(): Promise<T> {
  const [message] = await once(host, "message");
  // Only testing-host.ts is at the other end.
  return message as T;
}

async function timed(
  address: Address,
  pin: HostKey,
  { command = "whoami", input, recentlyRefused = false }: Partial<Hostile> = {},
): Promise<Met> {
  const began = performance.now();
  const work = command === "probe" ? probe : (machine: Machine) => machine.run(command, input);
  const outcome = await withMachine<unknown>(address, pin, RIGHT_PASSWORD, work, { recentlyRefused });
  return { outcome, ms: performance.now() - began };
}

beforeAll(async () => {
  folder = mkdtempSync(join(privateFolder(join(root, ".data")), "test-hostile-"));
  const program = join(folder, "host.mjs");
  const entryPoints = [join(root, "lib/machines/testing-host.ts")];
  await build({ entryPoints, outfile: program, bundle: true, platform: "node", format: "esm", packages: "external", alias: { "@": root } });
  host = fork(program);
  const { pin, hostile } = await told<Hosts>();
  const honest = await sshServer({ exec: ({ channel }) => answer(channel, "fine\n") });
  const ask = async () => {
    const { outcome, ms } = await timed(honest, PIN);
    expect(outcome).toEqual({ ok: true, value: { stdout: "fine\n", stderr: "", exitCode: 0 } });
    honestMs.push(ms);
  };
  // What as many honest ones cost, and what is compiled once, is not their doing.
  for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: AT_ONCE }, ask));
  honestMs.length = 0;
  await sleep(100);
  before = sockets();
  const rss = process.memoryUsage.rss();
  let cpu = process.cpuUsage();
  const watch = setInterval(() => {
    grownBytes = Math.max(grownBytes, process.memoryUsage.rss() - rss);
    const { user, system } = process.cpuUsage(cpu);
    longestTurnMs = Math.max(longestTurnMs, (user + system) / 1000);
    cpu = process.cpuUsage();
  }, 10);
  let over = false;
  const asking = (async () => {
    for (; !over; await sleep(20)) await ask();
  })();
  const waiting = HOSTILE.toSorted((a, b) => a.withinMs - b.withinMs);
  const meet = async () => {
    for (let server = waiting.pop(); server; server = waiting.pop()) {
      const address = hostile[server.name];
      if (address) met.set(server.name, await timed(address, pin, server));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, meet));
  over = true;
  await asking;
  clearInterval(watch);
  // The far sides learn of our hanging up a moment later.
  await sleep(500);
  after = sockets();
  host.send("left");
  left = await told<number>();
}, 40_000);

afterAll(async () => {
  host.kill();
  await closeAll();
  rmSync(folder, { recursive: true });
});

describe(`${HOSTILE.length} hostile servers, ${AT_ONCE} at once`, () => {
  it.each(HOSTILE)("$name: $code", ({ name, code, says, withinMs }) => {
    const { outcome, ms } = met.get(name) ?? { outcome: { ok: true, value: "never met" }, ms: 0 };
    expect(outcome).toMatchObject({ ok: false, code, reason: typeof says === "string" ? says : expect.stringMatching(says) });
    expect(ms).toBeLessThan(withinMs);
  });

  it("never slow an honest one", () => {
    expect(honestMs.toSorted((a, b) => a - b)[Math.floor(honestMs.length / 2)]).toBeLessThan(1000);
    // In time of the processor: a busy machine makes everything wait, but not work longer.
    expect(longestTurnMs).toBeLessThan(300);
  });

  it("cost bounded memory", () => {
    expect(grownBytes / MEBIBYTE).toBeLessThan(40);
  });

  it("leave no connection open", () => {
    expect(after).toEqual(before);
    expect(left).toBe(0);
  });
});
