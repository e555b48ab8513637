/** Alarms that end without a measurement: what they watched goes, comes back, or is deleted; and what is written of many at once. */
import { describe, expect, it } from "vitest";
import { ruleOf } from "../../domain/alarms/rule.sample";
import { db } from "../../db";
import { prune } from "../prune";
import { noDatabase, plantNode, unlessSkipped } from "../testing";
import { acknowledgeAlarm } from "./acknowledge";
import { alarmDetail, alarmHistory } from "./read";
import { deleteAlarm } from "./remove";
import { newBooks, runRound } from "./round";
import { forgetRounds } from "./testing";
import { alarmBench, BUSY, HOUR_AGO, IDLE } from "./testing-bench";

describe.skipIf(noDatabase)(unlessSkipped("alarms that end"), { timeout: 60_000 }, () => {
  const { bench, make, measure, round, subject, notes } = alarmBench();
  const tags = (...own: string[]) => db.node.update({ where: { id: bench.node.id }, data: { tags: own } });
  const woken = () => ({ OK: [], ALARM: [bench.ops], INSUFFICIENT_DATA: [] });

  it("counts on when a tag comes back, tells of it again, and keeps no other alarm from its round", async () => {
    const tagged = await make({ scope: { kind: "tag", tag: "rack-A" } });
    const other = await make();
    await measure(bench.node.id, 20, () => BUSY);
    for (const own of [["rack-A"], [], ["rack-A"]]) {
      await tags(...own);
      await round();
    }
    expect(await subject(tagged)).toMatchObject({ state: "ALARM", seq: 3, notice: { state: "waiting" } });
    expect((await alarmHistory(tagged)).map(({ seq, becomes }) => [seq, becomes])).toEqual([
      [3, "ALARM"],
      [2, "INSUFFICIENT_DATA"],
      [1, "ALARM"],
    ]);
    expect(await subject(other)).toMatchObject({ state: "ALARM" });
    expect((await notes()).filter((note) => JSON.stringify(note).includes(tagged))).toHaveLength(3);
  });

  it("writes that a node in order is not watched any more, and tells nobody", async () => {
    const alarmId = await make({ scope: { kind: "tag", tag: "rack-B" } });
    await measure(bench.node.id, 20, () => IDLE);
    await tags("rack-B");
    await round();
    await tags();
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await alarmHistory(alarmId)).toMatchObject([{ seq: 2, was: "OK", becomes: "INSUFFICIENT_DATA" }, { becomes: "OK" }]);
    expect(await db.event.count({ where: { kind: "alarm.state", nodeId: bench.node.id } })).toBe(0);
  });

  it("ends an alarm of ten seconds, too, for those whom only an alarm is told", async () => {
    const alarmId = await make({ scope: { kind: "tag", tag: "rack-C" }, rule: ruleOf(1, 1, { periodSeconds: 10 }), actions: woken() });
    await tags("rack-C");
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    await forgetRounds();
    expect(await runRound(10, newBooks())).toMatchObject({ changed: 1, told: 1 });
    await tags();
    expect(await round()).toMatchObject({ changed: 1, told: 1 });
    expect((await notes()).at(-1)).toMatchObject({
      was: "ALARM",
      becomes: "INSUFFICIENT_DATA",
      ended: true,
      reason: "The alarm does not watch this node any more.",
    });
    expect((await alarmDetail(alarmId))?.subjects).toEqual([]);
  });

  it("is over for those who were woken when somebody deletes it", async () => {
    const alarmId = await make({ actions: woken() });
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    expect(await deleteAlarm({ alarmId, version: 1 }, bench.ada.call())).toMatchObject({ ok: true });
    expect(await notes()).toMatchObject([
      { becomes: "ALARM", seq: 1 },
      { ended: true, seq: 2, reason: "Ada deleted the alarm." },
    ]);
    expect(await alarmHistory(alarmId)).toMatchObject([{ becomes: "INSUFFICIENT_DATA" }, { becomes: "ALARM" }]);
  });

  it("tells a pager, and nobody else, that somebody is on it", async () => {
    const data = { kind: "webhook", name: "Pager", address: "https://events.pagerduty.com/v2/enqueue#1", body: "pagerduty" };
    const pager = await db.notifyTarget.create({ data });
    const alarmId = await make({ actions: { OK: [], ALARM: [bench.ops, pager.id], INSUFFICIENT_DATA: [] } });
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    const { id = "", seq = 0 } = (await subject(alarmId)) ?? {};
    await acknowledgeAlarm({ subjectId: id, seq, note: "On it" }, bench.ada.call());
    const told = await db.notification.findMany({ where: { note: { path: ["kind"], equals: "acknowledged" } } });
    expect(told).toMatchObject([
      { targetId: pager.id, note: { alarmId, node: bench.node.name, nodeId: bench.node.id, seq: 1, by: "Ada", said: "On it" } },
    ]);
    await db.notifyTarget.delete({ where: { id: pager.id } });
  });

  it("writes what changes very much in parts, each once, and is not done before all are written", async () => {
    for (let count = 0; count < 6; count += 1) await measure((await plantNode("Active", { joinedAt: HOUR_AGO })).id, 20, () => BUSY);
    await measure(bench.node.id, 20, () => BUSY);
    const alarmId = await make({ scope: { kind: "all" } });
    await forgetRounds();
    const books = newBooks();
    const parts = [await runRound(60, books, 3)];
    while (parts.at(-1)?.more) parts.push(await runRound(60, books, 3));
    const watched = (await alarmDetail(alarmId))?.subjects.length ?? 0;
    expect(parts.length).toBe(Math.ceil(watched / 3));
    expect(parts.reduce((sum, part) => sum + (part?.changed ?? 0), 0)).toBe(watched);
    expect(await runRound(60, books, 3)).toBeNull();
    const seen = await db.alarmTransition.findMany({ where: { alarmId } });
    expect(new Set(seen.map(({ nodeId }) => nodeId)).size).toBe(watched);
    expect(seen.every(({ seq }) => seq === 1)).toBe(true);
  });

  it("keeps of its history what it stands on, however old", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    await measure(bench.node.id, 20, () => IDLE);
    await round();
    await db.$executeRaw`UPDATE alarm_transition SET at = at - interval '10 years' WHERE alarm_id = ${alarmId}::uuid`;
    await prune();
    expect(await alarmHistory(alarmId)).toMatchObject([{ seq: 2, becomes: "OK" }]);
  });
});
