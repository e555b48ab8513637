/** A checkout in a temporary folder: the real launcher and packages, and small programs in place of web, worker and demo region. For tests. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removePostgres } from "./postgres.mjs";
import { jobs } from "./setup.mjs";

const ROOT = join(import.meta.dirname, "../..");
const END = `for (const word of ["SIGTERM", "disconnect"]) process.on(word, () => process.exit(0));`;

/** Answers with its own number and what it was told; "/die" ends it as a fault would. */
const WEB = `${END}
import { createServer } from "node:http";
const word = (flag) => process.argv[process.argv.indexOf(flag) + 1];
createServer((request, response) => {
  if (request.url === "/die") process.exit(9);
  response.end(JSON.stringify({ pid: process.pid, env: process.env }));
}).listen(Number(word("-p")), word("-H"));`;

const WORKER = `${END}
if (process.argv.includes("--provision")) {
  console.log('{"level":30,"msg":"a line of the log"}');
  console.log(process.argv.includes("--demo") ? '{"signIn":"/login/link#abc"}' : '{"setUp":"/login/set-up#abc"}');
  process.exit(0);
}
setInterval(() => {}, 1000);`;

const DEMO = `${END}
import { createServer } from "node:net";
createServer().listen(Number(process.env.REGENT_DEMO_SSH_PORT), "127.20.1.1", () => console.log('{"ready":48}'));`;

export type Checkout = { folder: string; data: string; remove: () => Promise<void> };

export function stubCheckout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), "regent-unit-"));
  for (const path of ["lib/launch", "prisma/migrations/1_first", "node_modules/next/dist/bin", ".next"])
    mkdirSync(join(folder, path), { recursive: true });
  for (const name of readdirSync(import.meta.dirname))
    if (name.endsWith(".mjs")) cpSync(join(import.meta.dirname, name), join(folder, "lib/launch", name));
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name !== "next" && !name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  const files = {
    "package.json": `{"type":"module","version":"1.2.3","scripts":{"start":"node lib/launch/start.mjs"}}`,
    "package-lock.json": "{}",
    "prisma/migrations/1_first/migration.sql": "CREATE TABLE kept (id int)",
    "node_modules/next/package.json": `{"type":"module"}`,
    "node_modules/next/dist/bin/next": WEB,
    ".next/worker.mjs": WORKER,
    ".next/demo.mjs": DEMO,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  for (const { stamp, digest } of jobs(folder)) writeFileSync(join(folder, stamp), digest());
  const data = join(folder, ".data");
  const remove = async () => {
    await removePostgres(data);
    rmSync(folder, { recursive: true });
  };
  return { folder, data, remove };
}

/** The processes that name the checkout or work in it, and still run. Linux only. */
export function leftBehind({ folder }: Checkout): string[] {
  const found: string[] = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const name = folder.slice(folder.lastIndexOf("/") + 1);
      const works = readlinkSync(`/proc/${pid}/cwd`);
      if (`${words} ${works}`.includes(name) && !/^State:\s+Z/m.test(status)) found.push(words);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}
