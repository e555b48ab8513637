/** Rounds of alarms by real workers that are killed in them: each change is written once, with its message, or not at all. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { ruleOf } from "@/lib/domain/alarms/rule.sample";
import { readViolations } from "@/lib/services/invariants";
import { createAlarm } from "@/lib/services/alarms/create";
import { forgetRounds, formOf, measure } from "@/lib/services/alarms/testing";
import { closeSamplePool } from "@/lib/services/metrics/pool";
import { noDatabase, plantNode, unlessSkipped } from "@/lib/services/testing";
import { openBench, type Bench } from "../testing-bench";

const NODES = 60;
const KILLS = 12;
/** Measured: 60 to 200 ms. */
const ROUND_TAKES_MS = 200;
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);

describe.skipIf(noDatabase)(unlessSkipped("rounds whose worker is killed"), { timeout: 300_000 }, () => {
  let bench: Bench;
  const nodes: string[] = [];

  beforeAll(async () => {
    bench = await openBench();
    for (let count = 0; count < NODES; count += 1) nodes.push((await plantNode("Active", { joinedAt: AN_HOUR_AGO })).id);
    const { id: target } = await db.notifyTarget.create({
      data: { kind: "email", name: "ops", address: `${randomUUID()}@example.invalid` },
    });
    const actions = { OK: [target], ALARM: [target], INSUFFICIENT_DATA: [target] };
    const made = await createAlarm(formOf({ name: "Hot", scope: { kind: "all" }, rule: ruleOf(1, 1), actions }), bench.admin.call());
    if (!made.ok) throw new Error(made.reason);
  }, 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await bench?.close();
  });

  const turn = async (cpu: number) => {
    for (const id of nodes) await measure(id, 4, () => ({ cpu }));
  };
  const done = async (state: string) => (await db.alarmSubject.count({ where: { state } })) === NODES;

  const roundsOpen = () => db.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND xact_start IS NOT NULL AND query LIKE '%alarm_round%' AND query NOT LIKE 'UPDATE%1970%'`;

  it(`loses none in ${KILLS} kills, and tells each once`, async () => {
    let killedIn = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const worker = await bench.addWorker();
      // Away from what the last round that was written has left: each has something to write.
      await turn((await done("ALARM")) ? 0.1 : 0.95);
      const before = await db.alarmTransition.count();
      await forgetRounds();
      await bench.catches("a round is open", async () => (await roundsOpen()).length > 0, 30_000);
      // Anywhere in it, from its first reading on; each third kill comes right after its commit, however slow the machine is.
      if (kill % 3 === 2) await bench.until("the round is written", async () => (await db.alarmTransition.count()) > before);
      else await sleep(Math.random() * ROUND_TAKES_MS);
      await bench.endWorker(worker);
      if ((await db.alarmTransition.count()) === before) killedIn += 1;
    }
    await turn(0.1);
    await bench.addWorker();
    await forgetRounds();
    await bench.until("all are OK", () => done("OK"), 30_000);

    const transitions = await db.alarmTransition.findMany({ orderBy: { seq: "asc" } });
    const notifications = await db.notification.findMany();
    console.log(`${transitions.length} transitions, ${KILLS} kills, ${killedIn} of them before the round was written`);
    expect(transitions.length).toBeGreaterThan(NODES);
    expect(killedIn).toBeGreaterThan(0);
    for (const nodeId of nodes) {
      const own = transitions.filter((one) => one.nodeId === nodeId);
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1));
      expect(own.slice(1).every((one, index) => one.was === own[index]?.becomes)).toBe(true);
      expect(
        notifications
          .filter((one) => one.nodeId === nodeId)
          .map(({ seq }) => seq)
          .toSorted((a, b) => (a ?? 0) - (b ?? 0)),
      ).toEqual(own.map(({ seq }) => seq));
    }
    expect((await readViolations({ events: false })).filter(({ id }) => id === "I15")).toEqual([]);
  });
});
