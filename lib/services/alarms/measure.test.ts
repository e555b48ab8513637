/** What alarms are evaluated on: samples, minutes, facts and states, as PostgreSQL has them. */
import { describe, expect, it } from "vitest";
import { AlarmRule } from "../../domain/alarms/config";
import { ruleOf } from "../../domain/alarms/rule.sample";
import { beginOf } from "../../domain/levels";
import { encodeValue, GAP, METRIC_IDS } from "../../domain/metrics";
import { writeChunk } from "../../domain/rollup";
import { db } from "../../db";
import { samplePool } from "../metrics/pool";
import { writeRows } from "../metrics/write";
import { noDatabase, plantNode, unlessSkipped } from "../testing";
import { readStatuses } from "./measure";
import { MINUTES } from "./minutes";
import { previewAlarm } from "./preview";
import { newBooks } from "./round";
import { subjectSparks } from "./sparks";
import { clock } from "./testing";
import { alarmBench, BUSY, HOUR_AGO, IDLE } from "./testing-bench";

const HOUR = 3600;

describe.skipIf(noDatabase)(unlessSkipped("what alarms are evaluated on"), { timeout: 60_000 }, () => {
  const { bench, make, measure, round, subject, become } = alarmBench();

  it("reads what is new, and forgets nothing that a window needs: a book that goes on says what a new one says", async () => {
    const alarmId = await make({ rule: ruleOf(20, 30, { treatMissingData: "notBreaching" }) });
    const from = await clock();
    await measure(bench.node.id, 45, (at) => (at < from - 600 ? BUSY : at % 120 < 60 ? BUSY : IDLE));
    await round();
    const first = await subject(alarmId);
    await round();
    await round(newBooks());
    expect(await subject(alarmId)).toEqual(first);
    expect(first).toMatchObject({ state: "ALARM" });
  });

  it("knows a status from the event log, whatever else was looked at", async () => {
    const others = await Promise.all(Array.from({ length: 8 }, () => plantNode("Active", { joinedAt: HOUR_AGO, createdAt: HOUR_AGO })));
    for (const one of [...others, bench.node]) {
      for (const [from, to] of [
        ["Active", "EnteringMaintenance"],
        ["EnteringMaintenance", "Failed"],
        ["Failed", "Fenced"],
        ["Fenced", "Unfencing"],
        ["Unfencing", "Failed"],
      ] as const)
        await db.$executeRaw`
          INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, from_status, to_status, actor_kind, actor_name)
          VALUES (0, now(), '', '', 'node.status', 'info', 'A test', ${one.id}::uuid, ${from}::node_status, ${to}::node_status, 'system', 'Test')`;
    }
    const now = await clock();
    const statuses = await readStatuses(db, [bench.node.id, ...others.map(({ id }) => id)], now - 180, now);
    for (const one of [bench.node, ...others])
      expect(statuses(one.id).map(({ status }) => status)).toEqual([
        "Active",
        "EnteringMaintenance",
        "Failed",
        "Fenced",
        "Unfencing",
        "Failed",
      ]);
  });

  it("watches facts: a status by the event log, a silent node by its heartbeat, the region's headroom", async () => {
    await db.node.updateMany({ data: { vmMemoryTotalBytes: 10n, vmMemoryAvailableBytes: 5n }, where: { id: bench.node.id } });
    const failed = await make({
      rule: ruleOf(1, 1, {
        metric: "status",
        parameter: "Failed",
        statistic: "Maximum",
        operator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
      }),
    });
    const silent = await make({
      rule: ruleOf(1, 1, { metric: "heartbeatAge", statistic: "Maximum", threshold: 60, treatMissingData: "breaching" }),
    });
    const room = await make({
      scope: { kind: "region" },
      rule: ruleOf(1, 1, { metric: "regionHeadroom", operator: "LessThanThreshold", threshold: 0 }),
    });
    const until = (await clock()) - 400;
    await measure(bench.node.id, 20, (at) => (at < until ? IDLE : null));
    await round();
    expect(await subject(silent)).toMatchObject({ state: "ALARM" });
    expect(await subject(failed)).toMatchObject({ state: "OK" });
    expect(await subject(room)).toMatchObject({ state: expect.stringMatching(/^(OK|ALARM)$/), node: null });
    await become("Failed");
    await round();
    expect(await subject(failed)).toMatchObject({ state: "ALARM" });
  });

  it("says of samples that it can not read that it could not evaluate, and keeps the state", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    await samplePool().query("UPDATE metrics.node_hour SET chunk = '\\x0200' WHERE node_id = $1", [bench.node.id]);
    await round(newBooks());
    expect(await subject(alarmId)).toMatchObject({
      state: "ALARM",
      problem: expect.stringMatching(/^Its samples can not be read\. Reference /),
    });
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", problem: null });
  });

  it("forgets nothing when PostgreSQL fails it in the middle of reading", async () => {
    const alarmId = await make({ rule: ruleOf(3, 5, { treatMissingData: "notBreaching", periodSeconds: 300 }) });
    await measure(bench.node.id, 60, () => BUSY);
    const books = newBooks();
    await samplePool().query("ALTER TABLE metrics.sample_10s RENAME TO sample_away");
    await expect(round(books)).rejects.toThrow(/sample_10s/);
    await samplePool().query("ALTER TABLE metrics.sample_away RENAME TO sample_10s");
    await round(books);
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM" });
  });

  it("was looked at also by a round that could not be written", async () => {
    const looks = () => db.$queryRaw`SELECT until_at FROM metrics.fact WHERE metric = 'watched'`;
    await make();
    await measure(bench.node.id, 10, () => IDLE);
    await db.$executeRaw`DELETE FROM metrics.fact WHERE metric = 'watched'`;
    await samplePool().query("ALTER TABLE metrics.sample_10s RENAME TO sample_away");
    await expect(round(newBooks())).rejects.toThrow(/sample_10s/);
    await samplePool().query("ALTER TABLE metrics.sample_away RENAME TO sample_10s");
    expect(await looks()).toHaveLength(1);
  });

  it("calls no node silent for the time in which nobody looked", async () => {
    const alarmId = await make({
      rule: ruleOf(1, 1, { metric: "heartbeatAge", statistic: "Maximum", threshold: 60, treatMissingData: "breaching" }),
    });
    const until = (await clock()) - 600;
    await measure(bench.node.id, 30, (at) => (at < until ? IDLE : null));
    await db.$executeRaw`DELETE FROM metrics.fact WHERE metric = 'watched'`;
    await db.$executeRaw`
      INSERT INTO metrics.fact (metric, from_at, until_at, value) VALUES ('watched', to_timestamp(${until - 3600}), to_timestamp(${until}), 1)`;
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "OK" });
    // Somebody has looked for five minutes since, and it was silent.
    await db.$executeRaw`UPDATE metrics.fact SET from_at = to_timestamp(${until + 300}) WHERE metric = 'watched' AND from_at > to_timestamp(${until})`;
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM" });
    await db.$executeRaw`DELETE FROM metrics.fact WHERE metric = 'watched'`;
  });

  it("draws many lines as it draws each", async () => {
    const other = await plantNode("Active", { joinedAt: HOUR_AGO, createdAt: HOUR_AGO, tags: ["Rack-A"] });
    await make({ scope: { kind: "all" } });
    await make({ rule: ruleOf(1, 30, { periodSeconds: 3600, statistic: "Maximum" }) });
    await measure(bench.node.id, 60, (at) => (at % 600 < 300 ? BUSY : IDLE));
    await measure(other.id, 60, () => IDLE);
    await round();
    const subjects = await db.alarmSubject.findMany({ where: { nodeId: { in: [bench.node.id, other.id] } }, include: { alarm: true } });
    const sparks = await subjectSparks(subjects.map(({ id }) => id));
    expect(Object.keys(sparks).length).toBe(3);
    for (const { id, nodeId, alarm } of subjects) {
      const rule = AlarmRule.parse(alarm.rule);
      const alone = await previewAlarm(rule, { kind: "node", nodeId: nodeId ?? "" }, 3);
      expect(sparks[id]).toEqual({ values: alone?.values, threshold: rule.threshold });
      expect(alone?.values.some((value) => value !== null)).toBe(true);
    }
    expect(await previewAlarm(ruleOf(3, 5), { kind: "tag", tag: "rack-a" }, 3)).toMatchObject({ node: { id: other.id } });
  });

  it("is tested on the past by the same evaluator, with the datapoints that it would have seen", async () => {
    const now = await clock();
    await measure(bench.node.id, 200, (at) => (at > now - 6000 && at < now - 5000 ? BUSY : IDLE));
    const preview = await previewAlarm(ruleOf(3, 5), { kind: "node", nodeId: bench.node.id }, 3);
    expect(preview).toMatchObject({ node: { name: bench.node.name }, step: 60, noHistory: null });
    expect(preview?.tested.episodes.length).toBe(1);
    const [episode] = preview?.tested.episodes ?? [];
    expect((episode?.to ?? 0) - (episode?.from ?? 0)).toBeGreaterThan(900);
    expect((episode?.to ?? 0) - (episode?.from ?? 0)).toBeLessThan(1100);
    expect(Math.max(...(preview?.values.map((value) => value ?? 0) ?? []))).toBeCloseTo(0.95, 3);
  });

  it("looks back for days through the minutes, the hour that is under way included", async () => {
    const rule = ruleOf(48, 48, { periodSeconds: 3600 });
    const alarmId = await make({ rule });
    const now = await clock();
    const begin = beginOf(now - 52 * HOUR, HOUR);
    const rolled = beginOf(now, HOUR) - HOUR;
    const busy = Uint16Array.from({ length: 60 }, () => encodeValue("cpu", 0.95));
    const gaps = busy.map(() => GAP);
    const data = writeChunk(
      METRIC_IDS.map((id) => (id === "cpu" ? { average: busy, least: busy, most: busy } : { average: gaps, least: gaps, most: gaps })),
      MINUTES,
    );
    const rows = Array.from({ length: (rolled - begin) / HOUR }, (_, index) => ({ id: bench.node.id, start: begin + index * HOUR, data }));
    await measure(bench.node.id, 118, (at) => (at >= rolled ? BUSY : null));
    await writeRows(MINUTES, rows);
    await samplePool().query(
      "INSERT INTO metrics.sample_progress VALUES ('sample_1m', to_timestamp($1)) ON CONFLICT (level) DO UPDATE SET until = excluded.until",
      [rolled],
    );
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", value: "95 %" });
    expect(await round()).toMatchObject({ changed: 0 });
    expect(await round(newBooks())).toMatchObject({ changed: 0 });
    const preview = await previewAlarm(rule, { kind: "node", nodeId: bench.node.id }, 168);
    expect(preview?.values.at(-1)).toBeCloseTo(0.95, 3);
    await measure(bench.node.id, 118, (at) => (at >= rolled ? IDLE : null));
    await writeRows(MINUTES, rows);
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "OK" });
    await samplePool().query("DELETE FROM metrics.sample_progress");
  });
});
