import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { endedWithin, isAlive } from "./processes.mjs";
import { supervise } from "./supervise.mjs";

let folder: string;
let lines: string[];
let ends: (() => Promise<void>)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regent-unit-"));
  [lines, ends] = [[], []];
});
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  rmSync(folder, { recursive: true });
});

const run = (source: string, more: object = {}) => {
  const file = join(folder, "stub.mjs");
  writeFileSync(file, source);
  const child = supervise({ name: "stub", args: [file], env: process.env, ...more }, (line: string) => lines.push(line));
  ends.push(child.stop);
  return child;
};
/** Number 0 would stand for our own group. */
function killNow(child: { pid: () => number | undefined }): void {
  const pid = child.pid();
  if (!pid) throw new Error(`nothing runs: ${lines.join(" | ")}`);
  process.kill(pid, "SIGKILL");
}

const WELL =
  "process.on('SIGTERM', () => process.exit(0)); process.on('disconnect', () => process.exit(0)); console.log('up'); setInterval(() => {}, 1000);";

it("shows what the process says, and when it is ready", async () => {
  const child = run(`console.log("hello"); console.log('{"ready":48}'); setInterval(() => {}, 1000);`, { readyLine: /^\{"ready":\d+\}$/ });
  await child.ready;
  await vi.waitFor(() => expect(lines).toEqual(["[stub] hello"]));
});

it("starts a process that died again after 200 ms, then waits longer", async () => {
  const child = run(WELL);
  await vi.waitFor(() => expect(lines).toContain("[stub] up"));
  const first = child.pid();
  const began = performance.now();
  killNow(child);
  await vi.waitFor(() => expect(lines.filter((line) => line === "[stub] up")).toHaveLength(2), { timeout: 10_000 });
  expect(performance.now() - began).toBeGreaterThan(190);
  expect(lines).toContain("[stub] was ended by SIGKILL; it starts again in 0.2 s.");
  expect(child.pid()).not.toBe(first);
  killNow(child);
  await vi.waitFor(() => expect(lines).toContain("[stub] was ended by SIGKILL; it starts again in 0.4 s."));
});

it("gives up when told how often is enough", async () => {
  const child = run("process.exit(7)", { giveUpAfter: { deaths: 2, withinMs: 60_000 } });
  expect(await child.gaveUp).toBe("stub ended with code 7; that was death 2 in 60 seconds. Its own words stand above.");
  await child.stop();
});

it("kills one that does not listen, with what it started, in under two seconds", async () => {
  const note = join(folder, "grandchild");
  const child = run(`
    import { spawn } from "node:child_process";
    import { writeFileSync } from "node:fs";
    process.on("SIGTERM", () => {});
    writeFileSync(${JSON.stringify(note)}, String(spawn("sleep", ["300"]).pid));
    console.log("up");
    setInterval(() => {}, 1000);`);
  await vi.waitFor(() => expect(lines).toContain("[stub] up"), { timeout: 5000 });
  const pids = [child.pid() ?? 0, Number(readFileSync(note, "utf8"))];
  const began = performance.now();
  await child.stop();
  expect(performance.now() - began).toBeLessThan(2000);
  await sleep(50);
  expect(pids.map(isAlive)).toEqual([false, false]);
});

it("does not start again what it was told to stop", async () => {
  const child = run("process.exit(1)");
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 5000 });
  await child.stop();
  await sleep(400);
  expect(lines).toHaveLength(1);
});

it("leaves nothing when the launcher itself is killed", async () => {
  const launcher = join(folder, "launcher.mjs");
  writeFileSync(join(folder, "child.mjs"), WELL);
  writeFileSync(
    launcher,
    `import { supervise } from ${JSON.stringify(join(import.meta.dirname, "supervise.mjs"))};
     const child = supervise({ name: "c", args: [${JSON.stringify(join(folder, "child.mjs"))}], env: process.env }, () => console.log(child.pid()));`,
  );
  const outer = run(readFileSync(launcher, "utf8"));
  await vi.waitFor(() => expect(lines[0]).toMatch(/^\[stub\] \d+$/), { timeout: 5000 });
  const pid = Number(lines[0]?.match(/\d+/)?.[0]);
  killNow(outer);
  expect(await endedWithin(pid, 2000)).toBe(true);
});

it("leaves nothing when the launcher is killed before its process has begun", async () => {
  const note = join(folder, "pid");
  writeFileSync(join(folder, "child.mjs"), `await new Promise((resolve) => setTimeout(resolve, 60_000));`);
  const outer = run(
    `import { writeFileSync } from "node:fs";
     import { supervise } from ${JSON.stringify(join(import.meta.dirname, "supervise.mjs"))};
     const child = supervise({ name: "c", args: [${JSON.stringify(join(folder, "child.mjs"))}], env: process.env }, () => {});
     writeFileSync(${JSON.stringify(note)}, String(child.pid()));
     process.kill(process.pid, "SIGKILL");`,
    { giveUpAfter: { deaths: 1, withinMs: 1000 } },
  );
  await outer.gaveUp;
  expect(await endedWithin(Number(readFileSync(note, "utf8")), 2500)).toBe(true);
});
