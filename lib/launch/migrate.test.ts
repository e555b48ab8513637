import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { migrate } from "./migrate.mjs";
import { startPostgres, withClient } from "./postgres.mjs";
import { temporaryFolder } from "./temporary.mjs";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: string;
let url: string;
let migrations: string;
let remove: () => Promise<void>;
let count = 0;

beforeAll(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  server = (await startPostgres({ folder: temporary.folder, durable: false })).url;
});
afterAll(() => remove());

beforeEach(async () => {
  const database = `migrate_${++count}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE ${database}`));
  url = server.replace("/regent?", `/${database}?`);
  migrations = mkdtempSync(join(tmpdir(), "regent-unit-"));
  write("1_first", "CREATE TABLE a (id int); INSERT INTO a VALUES (1);");
  return () => rmSync(migrations, { recursive: true });
});

const write = (name: string, sql: string) => {
  mkdirSync(join(migrations, name), { recursive: true });
  writeFileSync(join(migrations, name, "migration.sql"), sql);
};
const rows = (sql: string) => withClient(url, async (client) => (await client.query(sql)).rows);

it("applies what is missing, once and in order, and the workflows' schema after it", async () => {
  expect(await migrate(url, migrations)).toEqual(["1_first"]);
  write("2_second", "ALTER TABLE a ADD COLUMN name text");
  expect(await migrate(url, migrations)).toEqual(["2_second"]);
  const began = performance.now();
  expect(await migrate(url, migrations)).toEqual([]);
  expect(performance.now() - began).toBeLessThan(1000);
  expect(await rows("SELECT id, name FROM a")).toEqual([{ id: 1, name: null }]);
  expect(await rows("SELECT to_regclass('dbos.workflow_status')::text AS name")).toEqual([{ name: "dbos.workflow_status" }]);
});

it("lets several migrate at once", async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => migrate(url, migrations)));
  expect(all.flat()).toEqual(["1_first"]);
  expect(await rows("SELECT id FROM a")).toEqual([{ id: 1 }]);
});

it("refuses a migration that was edited after it was applied", async () => {
  await migrate(url, migrations);
  write("1_first", "CREATE TABLE b ()");
  await expect(migrate(url, migrations)).rejects.toThrow("1_first was edited");
});

it("refuses a database that is newer", async () => {
  write("2_second", "SELECT 1");
  await migrate(url, migrations);
  rmSync(join(migrations, "2_second"), { recursive: true });
  await expect(migrate(url, migrations)).rejects.toThrow("newer than this Regent: it holds 2_second");
});

it("undoes a migration that fails, and applies it when it is repaired", async () => {
  write("2_second", "CREATE TABLE b (); SELECT 1/0");
  await expect(migrate(url, migrations)).rejects.toThrow("2_second failed and was undone: division by zero");
  expect(await rows("SELECT to_regclass('b')::text AS name")).toEqual([{ name: null }]);
  write("2_second", "CREATE TABLE b ()");
  expect(await migrate(url, migrations)).toEqual(["2_second"]);
});

it("refuses to go on from a migration that Prisma's own command left half done", async () => {
  await migrate(url, migrations);
  await rows("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(migrate(url, migrations)).rejects.toThrow("1_first failed earlier");
});

it("says in one sentence that the server is away", async () => {
  await expect(migrate("postgresql://nobody:secret@127.0.0.1:1/none", migrations)).rejects.toThrow(
    /^The database did not answer \(ECONNREFUSED\)/,
  );
});
