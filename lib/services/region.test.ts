/** The lock that every decision about the whole takes, on a real PostgreSQL. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { lockRegion } from "./region";
import { noDatabase, ownDatabase, unlessSkipped } from "./testing";

const HELD_MS = 300;

describe.skipIf(noDatabase)(unlessSkipped("the region's lock"), () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  it("gives whoever waited for it what the one before has changed, and the time after the wait", async () => {
    let locked = () => {};
    const holds = new Promise<void>((resolve) => (locked = resolve));
    const first = db.$transaction(async (tx) => {
      await lockRegion(tx);
      locked();
      await sleep(HELD_MS);
      await tx.$executeRaw`UPDATE region SET name = 'west-2'`;
      const [row] = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
      return row?.at.getTime() ?? Number.NaN;
    });
    await holds;
    const second = db.$transaction((tx) => lockRegion(tx));
    const [changedAt, { name, now }] = await Promise.all([first, second]);
    expect(name).toBe("west-2");
    expect(now.getTime()).toBeGreaterThanOrEqual(changedAt);
  });
});
