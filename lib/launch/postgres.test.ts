import { spawn } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clusterOf } from "./cluster.mjs";
import { isAlive } from "./processes.mjs";
import { startPostgres, withClient } from "./postgres.mjs";
import { temporaryFolder } from "./temporary.mjs";

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let remove: () => Promise<void>;
let lines: string[];
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  lines = [];
});
afterEach(() => remove());

const start = (durable = false) => startPostgres({ folder, durable, log: (line: string) => lines.push(line) });
const one = (url: string, sql: string) => withClient(url, async (client) => Object.values((await client.query(sql)).rows[0] ?? {})[0]);
const noted = () => join(clusterOf(folder).data, "postmaster.pid");

it("starts, keeps what was written, and stops in under a second", async () => {
  const first = await start();
  expect(await one(first.url, "SHOW server_version_num")).toMatch(/^18/);
  expect(await one(first.url, "SHOW listen_addresses")).toBe("127.0.0.1");
  await one(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
  const began = performance.now();
  await first.stop();
  expect(performance.now() - began).toBeLessThan(1000);
  expect(isAlive(first.pid)).toBe(false);
  const second = await start();
  expect(await one(second.url, "SELECT answer FROM kept")).toBe(42);
  expect(second.adopted).toBe(false);
});

it("lets nobody in without the password, which only its owner reads", async () => {
  const { url } = await start();
  const { passwordFile, data } = clusterOf(folder);
  expect([statSync(passwordFile).mode & 0o777, statSync(data).mode & 0o777]).toEqual([0o600, 0o700]);
  await expect(one(url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow("password authentication failed");
});

it("takes over the server that a killed launcher left running", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ pid: first.pid, adopted: true, url: first.url });
  await second.stop();
  await first.ended;
});

it("recovers after the server itself was killed, with all that was committed", async () => {
  const first = await start(true);
  await one(first.url, "CREATE TABLE kept AS SELECT 1 AS answer");
  process.kill(first.pid, "SIGKILL");
  await first.ended;
  const second = await start();
  expect(await one(second.url, "SELECT answer FROM kept")).toBe(1);
});

it("is not confused by another program that got the old server's number", async () => {
  const first = await start();
  const text = readFileSync(noted(), "utf8");
  await first.stop();
  const stranger = spawn("sleep", ["60"]);
  try {
    writeFileSync(noted(), text.replace(/^\d+/, String(stranger.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await one(second.url, "SELECT 1")).toBe(1);
    await second.stop();
    expect(stranger.exitCode).toBeNull();
  } finally {
    stranger.kill();
  }
});

it("sets a database aside whose private folder was removed", async () => {
  const first = await start();
  await one(first.url, "CREATE TABLE kept AS SELECT 1 AS answer");
  rmSync(clusterOf(folder).passwordFile);
  const second = await start();
  expect(lines).toEqual([expect.stringContaining("set aside in")]);
  expect(await one(second.url, "SELECT to_regclass('kept')::text")).toBeNull();
  expect(isAlive(first.pid)).toBe(false);
  rmSync(lines[0]?.match(/aside in (\/.+)\.$/)?.[1] ?? "", { recursive: true });
});
