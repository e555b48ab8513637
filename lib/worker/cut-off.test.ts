/** Workers that lose their database, or are paused and come back: nothing is lost, nothing is done twice, nothing is written late. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeDb, db } from "@/lib/db";
import { startPostgres } from "@/lib/launch/postgres.mjs";
import { temporaryFolder } from "@/lib/launch/temporary.mjs";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import { openBench, RECOVERY_MS, SOUND, type Bench } from "./testing-bench";

/** A worker that lost its lock says so with this code; its supervisor starts it again. */
const LOST = 75;

describe.skipIf(noDatabase)(unlessSkipped("a worker that"), { timeout: 90_000 }, () => {
  let bench: Bench;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let postgres: Awaited<ReturnType<typeof startPostgres>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    postgres = await startPostgres({ folder: folder.folder, durable: false });
    bench = await openBench(postgres.url);
  }, 120_000);
  afterEach(() => bench.killAll());
  afterAll(async () => {
    await bench?.close().catch(() => undefined); // The database may be gone with its server.
    await folder?.remove();
  });

  /** Ends connections of this database as a broken network would; `which` is a condition on pg_stat_activity. */
  const cut = (which: string) =>
    db.$executeRawUnsafe(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
    );
  const HOLDS_A_LOCK = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)";

  it("was paused, lost its place and wakes up writes nothing late", async () => {
    await bench.addWorker();
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: 400 });
    const joining = await bench.joining(machine);
    await bench.reaches(joining, "inspect");
    const paused = await bench.holderOf(joining);
    paused.child.kill("SIGSTOP");
    await cut(HOLDS_A_LOCK);
    await bench.addWorker();
    await bench.until("another worker takes it up", async () => (await bench.operationOf(joining)).attempt === 2);
    await bench.reaches(joining, "packages");
    paused.child.kill("SIGCONT");
    expect(await paused.exit).toBe(LOST);
    expect((await bench.succeeds(joining)).attempt).toBe(2);
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });

  it("loses every connection in a join ends, and the next one finishes it", async () => {
    const first = await bench.addWorker();
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: 300 });
    const joining = await bench.joining(machine);
    await bench.reaches(joining, "services");
    await cut("true");
    expect(await first.exit).toBe(LOST);
    await bench.addWorker();
    await bench.succeeds(joining);
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });

  /** As one that is told to stop, or wakes up, and takes work from the queue for a last time. */
  it("is dead and forgotten, but has work in hand, is followed by another", async () => {
    const first = await bench.addWorker();
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: 100 });
    const joining = await bench.joining(machine);
    await bench.reaches(joining, "packages");
    await bench.endWorker(first);
    await db.worker.delete({ where: { id: first.id } });
    await bench.addWorker();
    await bench.succeeds(joining);
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });

  it("left its work to a newer build", async () => {
    const old = await bench.addWorker({ npm_package_version: "0.0.1" });
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: 100 });
    const joining = await bench.joining(machine);
    await bench.reaches(joining, "packages");
    await bench.endWorker(old);
    const left = await db.$queryRaw<
      { executor_id: string }[]
    >`SELECT executor_id FROM dbos.workflow_status WHERE workflow_uuid = ${joining} AND status = 'PENDING'`;
    expect(left).toEqual([{ executor_id: old.id }]);
    await bench.addWorker({ npm_package_version: "9.0.0" });
    await bench.succeeds(joining);
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
    expect((await db.worker.findMany()).map(({ version }) => version)).toEqual(["9.0.0"]);
  });

  it("worked when PostgreSQL stopped is followed by one that finishes when it is back", async () => {
    const first = await bench.addWorker();
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: 300 });
    const joining = await bench.joining(machine);
    await bench.reaches(joining, "services");
    const { pathname } = new URL(process.env.DATABASE_URL ?? "");
    await postgres.stop();
    expect(await first.exit).toBe(LOST);
    await closeDb();
    postgres = await startPostgres({ folder: folder.folder, durable: false });
    process.env.DATABASE_URL = Object.assign(new URL(postgres.url), { pathname }).href;
    const began = performance.now();
    await bench.addWorker();
    await bench.succeeds(joining);
    expect(performance.now() - began).toBeLessThan(RECOVERY_MS);
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });

  /** Connections of the pools come and go (a proxy, a failover, a timeout); the one that holds the lock stays. */
  it("loses the connections of its pools only, and goes on", async () => {
    await bench.addWorker();
    const machine = await bench.candidate();
    bench.fleet.setFaults(machine, { delayMs: 100 });
    const joining = await bench.joining(machine);
    for (const step of ["connect", "inspect", "packages", "services", "hypervisor", "links"]) {
      await bench.reaches(joining, step);
      await cut(`NOT (${HOLDS_A_LOCK})`);
    }
    await bench.succeeds(joining);
    expect(await bench.sound(machine, joining)).toEqual(SOUND);
  });
});
