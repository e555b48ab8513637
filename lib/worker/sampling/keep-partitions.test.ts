/** Whose clock decides what is dropped. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginOf, LEVELS } from "../../domain/levels";
import { closeSamplePool, samplePool } from "../../services/metrics/pool";
import { ensurePartition } from "../../services/metrics/partitions";
import { noDatabase, ownDatabase, unlessSkipped } from "../../services/testing";
import { SampleClock } from "./clock";
import { partitionKeeper } from "./keep-partitions";

const [FINE] = LEVELS;
const HOUR = 3600;
const DAY = 24 * HOUR;
const START = beginOf(1_795_000_000, DAY);

describe.skipIf(noDatabase)(unlessSkipped("the tables of samples"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });

  const days = async (): Promise<number[]> => {
    const { rows } = await samplePool().query<{ name: string }>(
      "SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = $1::regclass",
      [`metrics.${FINE.table}`],
    );
    return rows.map(({ name }) => Number(name.split("_p")[1]) - START / DAY).toSorted((a, b) => a - b);
  };
  const rolledUpUntil = (at: number) =>
    samplePool().query("INSERT INTO metrics.sample_progress VALUES ('sample_1m', to_timestamp($1)) ON CONFLICT (level) DO UPDATE SET until = excluded.until", [at]); // prettier-ignore

  it("are made for today and tomorrow, and none is dropped for a clock that jumps", async () => {
    let [now, steadyMs] = [START + HOUR, 0];
    const later = (seconds: number, jump = 0) => {
      now += seconds + jump;
      steadyMs += seconds * 1000;
    };
    const keep = partitionKeeper(
      () => now,
      () => steadyMs,
    );
    await rolledUpUntil(START + 3000 * DAY);
    await keep();
    expect(await days()).toEqual([0, 1]);
    later(HOUR, 1000 * DAY);
    await keep();
    expect(await days()).toEqual([0, 1, 1000, 1001]);
    later(HOUR, -1000 * DAY);
    await keep();
    expect(await days()).toEqual([0, 1, 1000, 1001]);
    later(3 * DAY);
    await keep();
    expect(await days()).toEqual([1, 3, 4, 1000, 1001]);
  });

  it("are dropped when all that is in them has gone into the coarser level, and no sooner", async () => {
    let [now, steadyMs] = [START + 400 * DAY, 0];
    const keep = partitionKeeper(
      () => now,
      () => steadyMs,
    );
    await ensurePartition(FINE, START + 50 * DAY);
    await rolledUpUntil(START + 50 * DAY + HOUR);
    await keep();
    [now, steadyMs] = [now + HOUR, steadyMs + HOUR * 1000];
    await keep();
    expect(await days()).toContain(50);
    await rolledUpUntil(START + 51 * DAY);
    await keep();
    expect(await days()).not.toContain(50);
  });

  it("and samples go by the database's clock from the first one on, whatever that of this machine says", async () => {
    const real = Date.now;
    Date.now = () => real() + 400 * DAY * 1000;
    try {
      const clock = await SampleClock.ofDatabase();
      const { rows } = await samplePool().query<{ now: number }>("SELECT extract(epoch FROM clock_timestamp())::float8 AS now");
      expect(Math.abs(clock.now() - (rows[0]?.now ?? 0))).toBeLessThan(5);
    } finally {
      Date.now = real;
    }
  });
});
