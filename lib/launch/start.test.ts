import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readRegion } from "./data-folder.mjs";
import { tryPort } from "./ports.mjs";
import { removePostgres } from "./postgres.mjs";
import { endedWithin, isAlive } from "./processes.mjs";
import { leftBehind, stubCheckout } from "./stub-checkout";
import type { Checkout } from "./stub-checkout";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 });

let checkout: Checkout;
let port: number;
let started: Started[];
beforeEach(async () => {
  checkout = stubCheckout();
  port = await tryPort(0);
  started = [];
});
afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await checkout.remove();
});

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

function start(args: string[] = [], env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ["lib/launch/start.mjs", "--port", String(port), ...args], {
    cwd: checkout.folder,
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (more: string) => (text += more));
  const run = { child, output: () => text, ended: new Promise<number | null>((resolve) => void child.once("close", resolve)) };
  started.push(run);
  return run;
}

async function ready(run: Started): Promise<Started> {
  await vi.waitFor(() => expect(run.output()).toMatch(/^Regent is ready: .+\n(Sign in|Set up): .+\n/m), { timeout: 30_000, interval: 20 });
  return run;
}

const ask = async (path = "/") =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).json() as Promise<{ pid: number; env: Record<string, string> }>;

async function end(run: Started): Promise<number> {
  const began = performance.now();
  run.child.kill("SIGTERM");
  expect(await run.ended).toBe(0);
  return performance.now() - began;
}

it("prints where it is and how to get in, and SIGTERM ends everything in under two seconds", async () => {
  const run = await ready(start());
  const lines = run.output().split("\n");
  expect(lines).toContain(`Regent is ready: http://localhost:${port}`);
  expect(lines).toContain(`Sign in: http://localhost:${port}/login/link#abc`);
  expect(statSync(checkout.data).mode & 0o777).toBe(0o700);
  expect(readRegion(checkout.data)).toMatchObject({ demo: true, demoPort: expect.any(Number) });
  const { env } = await ask();
  expect(env.REGENT_MANAGEMENT_NETWORKS).toMatch(/^127\.20\.0\.0\/16:\d+ 10\.0\.0\.0\/8 /);
  expect(await end(run)).toBeLessThan(2000);
  expect(leftBehind(checkout)).toEqual([]);
});

it("begins empty when told, says so on the next start, and will not empty a demo region", async () => {
  const run = await ready(start(["--empty"]));
  expect(run.output()).toContain(`Set up: http://localhost:${port}/login/set-up#abc`);
  await end(run);
  await end(await ready(start()));
  expect(readRegion(checkout.data)).toEqual({ demo: false });
  await removePostgres(checkout.data);
  rmSync(checkout.data, { recursive: true });
  await end(await ready(start()));
  const refused = start(["--empty"]);
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toBe(`${checkout.data} holds the demo region; remove that folder to begin an empty one.\n`);
});

it("refuses a second start on the same folder, and a port that is taken", async () => {
  const first = await ready(start());
  const second = start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toBe(`Regent already runs on http://localhost:${port} (process ${first.child.pid}).\n`);
  await end(first);
  const other = createServer().listen(port, "127.0.0.1");
  const third = start();
  expect(await third.ended).toBe(1);
  other.close();
  expect(third.output()).toBe(`Port ${port} is taken by another program; choose another with --port.\n`);
});

it("starts again after the launcher was killed, which takes its processes with it", async () => {
  const first = await ready(start());
  const { pid } = await ask();
  first.child.kill("SIGKILL");
  expect(await endedWithin(pid, 2000)).toBe(true);
  const second = await ready(start());
  expect(await end(second)).toBeLessThan(2000);
  expect(leftBehind(checkout)).toEqual([]);
});

it("ends when told while it still starts", async () => {
  for (const afterMs of [50, 300, 600, 900]) {
    const run = start();
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const began = performance.now();
    run.child.kill("SIGTERM");
    await run.ended;
    expect(performance.now() - began).toBeLessThan(2000);
    expect(leftBehind(checkout)).toEqual([]);
  }
});

it("replaces a web process that died, and ends with a reason when it keeps dying", async () => {
  const run = await ready(start());
  const { pid } = await ask();
  for (let death = 1; death <= 5; death++) {
    await vi.waitFor(() => ask(), { timeout: 10_000, interval: 20 });
    await expect(ask("/die")).rejects.toThrow();
  }
  expect(await run.ended).toBe(1);
  expect(isAlive(pid)).toBe(false);
  expect(run.output()).toContain("Regent ends: web ended with code 9; that was death 5 in 60 seconds.");
  expect(leftBehind(checkout)).toEqual([]);
});

it.each(["SIGTERM", "SIGKILL"] as const)("ends when npm gets %s", async (signal) => {
  const npm = spawn("npm", ["start", "--", "--port", String(port)], {
    cwd: checkout.folder,
    env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: "ignore",
  });
  await vi.waitFor(() => ask(), { timeout: 30_000, interval: 50 });
  const began = performance.now();
  npm.kill(signal);
  await vi.waitFor(() => expect(leftBehind(checkout)).toEqual([]), { timeout: 5000, interval: 20 });
  expect(performance.now() - began).toBeLessThan(2000);
});

it.each([
  ["--version", "1.2.3\n"],
  ["--help", expect.stringContaining("Usage: npm start")],
])("answers %s", (flag, expected) => {
  expect(execFileSync(process.execPath, [join(checkout.folder, "lib/launch/start.mjs"), flag], { encoding: "utf8" })).toEqual(expected);
});

it("refuses a flag it does not know", async () => {
  const run = start(["--prot"]);
  expect(await run.ended).toBe(1);
  expect(run.output()).toBe("Unknown option '--prot'. Run npm start -- --help to see the options.\n");
});
