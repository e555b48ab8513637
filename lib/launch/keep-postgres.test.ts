import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepPostgres } from "./keep-postgres.mjs";
import { withClient } from "./postgres.mjs";
import { isAlive } from "./processes.mjs";
import { temporaryFolder } from "./temporary.mjs";

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let remove: () => Promise<void>;
let lines: string[];
let kept: Awaited<ReturnType<typeof keepPostgres>>;
const stopping = new AbortController();
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  lines = [];
  kept = await keepPostgres({
    folder,
    durable: true,
    log: (line: string) => lines.push(line),
    signal: stopping.signal,
    giveUpAfter: { deaths: 5, withinMs: 60_000 },
  });
});
afterEach(async () => {
  await kept.stop();
  await remove();
});

const one = (sql: string) => withClient(kept.url, async (client) => Object.values((await client.query(sql)).rows[0] ?? {})[0]);
const answers = () => vi.waitFor(() => one("SELECT 1"), { timeout: 20_000, interval: 50 });

it("starts a server that was killed again, at the same address and with all that was committed", async () => {
  await one("CREATE TABLE kept AS SELECT 1 AS answer");
  const first = kept.pid();
  process.kill(first, "SIGKILL");
  await vi.waitFor(() => expect(kept.pid()).not.toBe(first), { timeout: 20_000, interval: 50 });
  expect(await one("SELECT answer FROM kept")).toBe(1);
  expect(lines).toEqual([
    `PostgreSQL (process ${first}) ended by itself; it starts again.`,
    `PostgreSQL runs again (process ${kept.pid()}).`,
  ]);
});

it("starts none that was told to stop, nor while it is told so", async () => {
  const first = kept.pid();
  process.kill(first, "SIGKILL");
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 5000, interval: 10 });
  const began = performance.now();
  await kept.stop(0);
  expect(performance.now() - began).toBeLessThan(2000);
  expect([isAlive(first), isAlive(kept.pid())]).toEqual([false, false]);
  await expect(one("SELECT 1")).rejects.toThrow("ECONNREFUSED");
});

it("gives up a server that keeps ending, with the reason", async () => {
  for (let death = 1; death <= 5; death++) {
    await answers();
    const pid = kept.pid();
    process.kill(pid, "SIGKILL");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
    if (death < 5) await vi.waitFor(() => expect(kept.pid()).not.toBe(pid), { timeout: 20_000, interval: 50 });
    else expect(await kept.gaveUp).toBe(`PostgreSQL (process ${pid}) ended by itself; that was death 5 in 60 seconds.`);
  }
});
