import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { holderOf, tryLock, withLock } from "./lock.mjs";
import { fingerprint, setUp } from "./setup.mjs";

let folder: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regent-unit-"));
  lines = [];
  writeFileSync(join(folder, "input"), "1");
});
afterEach(() => rmSync(folder, { recursive: true }));

const log = (line: string) => lines.push(line);
/** Notes each run in a file, and ends as it is told. */
const job = (code = 0) => ({
  label: "build",
  stamp: "stamp",
  digest: () => fingerprint(folder, ["input"]),
  commands: [[process.execPath, ["-e", `require("fs").appendFileSync("runs", "x"); setTimeout(() => process.exit(${code}), 300)`]]] as [
    string,
    string[],
  ][],
});
const runs = () => (existsSync(join(folder, "runs")) ? readFileSync(join(folder, "runs"), "utf8").length : 0);

it("works once, and again only when an input changed", async () => {
  await setUp({ folder, work: [job()], log });
  await setUp({ folder, work: [job()], log });
  expect(runs()).toBe(1);
  writeFileSync(join(folder, "input"), "2");
  await setUp({ folder, work: [job()], log });
  expect(runs()).toBe(2);
});

it("leaves no stamp when it fails, so that the next start tries again", async () => {
  await expect(setUp({ folder, work: [job(3)], log })).rejects.toThrow("The build failed");
  expect(existsSync(join(folder, "stamp"))).toBe(false);
  await setUp({ folder, work: [job()], log });
  expect(runs()).toBe(2);
});

it("lets two starts at once work one time, and the second says whom it waits for", async () => {
  const path = join(folder, "lock");
  const held = tryLock(path);
  const waiting = withLock(path, { onWait: ({ pid }) => log(`waits for ${pid}`) }, async () => "done");
  expect(tryLock(path)).toMatchObject({ holder: { pid: process.pid } });
  if ("release" in held) held.release();
  expect(await waiting).toBe("done");
  expect(lines).toEqual([`waits for ${process.pid}`]);
  await Promise.all([setUp({ folder, work: [job()], log }), setUp({ folder, work: [job()], log })]);
  expect(runs()).toBe(1);
});

it("ends a job that is under way when the launcher is told to stop", async () => {
  const stopping = new AbortController();
  const slow = { ...job(), commands: [["sleep", ["60"]]] as [string, string[]][] };
  const working = setUp({ folder, work: [slow], log, signal: stopping.signal });
  setTimeout(() => stopping.abort(new Error("stopped")), 100);
  const began = performance.now();
  await expect(working).rejects.toThrow("stopped");
  expect(performance.now() - began).toBeLessThan(1500);
});

it("takes a lock from a holder that is dead, or whose number another process got", () => {
  const path = join(folder, "lock");
  for (const stale of [{ pid: 2_000_000_000, identity: "1" }, { pid: process.pid, identity: "another start" }, "half a fil"]) {
    writeFileSync(path, JSON.stringify(stale).slice(0, typeof stale === "string" ? -1 : undefined));
    expect(holderOf(path)).toBeUndefined();
    const lock = tryLock(path);
    expect(holderOf(path)).toMatchObject({ pid: process.pid });
    if ("release" in lock) lock.release();
    expect(existsSync(path)).toBe(false);
  }
});

it("sees names and contents, but neither tests nor what the build makes", () => {
  mkdirSync(join(folder, "lib/generated"), { recursive: true });
  const before = fingerprint(folder, ["lib"]);
  writeFileSync(join(folder, "lib/a.test.ts"), "");
  writeFileSync(join(folder, "lib/generated/b.ts"), "");
  expect(fingerprint(folder, ["lib"])).toBe(before);
  writeFileSync(join(folder, "lib/a.ts"), "");
  expect(fingerprint(folder, ["lib"])).not.toBe(before);
});
