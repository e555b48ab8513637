/** One client per process, opened when it is first used. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDb, db } from "./db";
import { noDatabase, ownDatabase, unlessSkipped } from "./services/testing";

it("says what is missing when it is used without an address", () => {
  vi.stubEnv("DATABASE_URL", "");
  expect(() => db.region).toThrow("DATABASE_URL is not set.");
  vi.unstubAllEnvs();
});

describe.skipIf(noDatabase)(unlessSkipped("the client"), () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  it("is one, however often the module is evaluated", async () => {
    const first = await db.region.findUniqueOrThrow({ where: { id: 1 } });
    vi.resetModules();
    const again = await import("./db");
    expect(again.db).not.toBe(db);
    expect(await again.db.region.findUniqueOrThrow({ where: { id: 1 } })).toEqual(first);
    const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()`;
    expect(row?.count).toBe(1);
  });

  it("opens a new pool after it was closed", async () => {
    await closeDb();
    expect(await db.region.count()).toBe(1);
  });

  it("opens ten connections at most, and lets a hundred transactions wait for one row", async () => {
    const work = Array.from({ length: 100 }, () => db.$transaction((tx) => tx.$queryRaw`SELECT id FROM region WHERE id = 1 FOR UPDATE`));
    await Promise.all(work);
    const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()`;
    expect(row?.count).toBeLessThanOrEqual(10);
  });

  it("undoes what a transaction did before it failed", async () => {
    const failing = db.$transaction(async (tx) => {
      await tx.region.update({ where: { id: 1 }, data: { name: "changed" } });
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await db.region.count({ where: { name: "changed" } })).toBe(0);
  });
});
