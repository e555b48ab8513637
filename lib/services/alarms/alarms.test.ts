/** Alarms from their form to what is told, on samples as the sampler writes them. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ruleOf } from "../../domain/alarms/rule.sample";
import { db } from "../../db";
import { noDatabase, plantNode, unlessSkipped } from "../testing";
import { acknowledgeAlarm } from "./acknowledge";
import { setAlarmActions } from "./actions-enabled";
import { changeAlarm } from "./change";
import { createAlarm } from "./create";
import { alarmsNow } from "./now";
import { alarmDetail, alarmHistory, alarmList } from "./read";
import { alarmRecipients } from "./recipients";
import { deleteAlarm } from "./remove";
import { newBooks, runRound } from "./round";
import { sendAlarmTest } from "./send-test";
import { forgetRounds, formOf } from "./testing";
import { alarmBench, BUSY, HOUR_AGO, IDLE } from "./testing-bench";

describe.skipIf(noDatabase)(unlessSkipped("alarms"), { timeout: 60_000 }, () => {
  const { bench, toldAll, make, measure, round, subject, notes } = alarmBench();

  it("begins with insufficient data, is in alarm within a round, tells it once, and is OK again", async () => {
    const alarmId = await make();
    expect(await alarmDetail(alarmId)).toMatchObject({ alarm: { words: "Used CPU, average > 80 %" }, subjects: [] });
    await measure(bench.node.id, 20, () => BUSY);
    expect(await round()).toMatchObject({ evaluated: 1, changed: 1, told: 1 });
    expect(await subject(alarmId)).toMatchObject({
      state: "ALARM",
      value: "95 %",
      seq: 1,
      reason: "5 out of the last 5 datapoints [95 %, 95 %, 95 %, 95 %, 95 %] were greater than the threshold (80 %).",
      notice: { state: "waiting", to: "ops" },
    });
    expect(await round()).toMatchObject({ evaluated: 1, changed: 0, told: 0 });
    await measure(bench.node.id, 20, () => IDLE);
    expect(await round()).toMatchObject({ changed: 1, told: 1 });
    expect(await notes()).toMatchObject([
      { kind: "alarm", node: bench.node.name, was: "INSUFFICIENT_DATA", becomes: "ALARM", value: "95 %", seq: 1 },
      { kind: "alarm", was: "ALARM", becomes: "OK", seq: 2, threshold: "Greater than 80 %, 3 out of 5 datapoints of 1 minute" },
    ]);
    expect(await alarmHistory(alarmId)).toMatchObject([{ becomes: "OK" }, { becomes: "ALARM" }]);
    const events = await db.event.findMany({ where: { kind: "alarm.state", nodeId: bench.node.id }, orderBy: { id: "asc" } });
    expect(events).toMatchObject([{ severity: "error", nodeName: bench.node.name }, { severity: "info" }]);
    expect(events[0]?.message).toContain(`on ${bench.node.name}: In alarm. 5 out of the last 5 datapoints`);
  });

  it("has one round, however many workers ask, and none before its time", async () => {
    await make();
    await measure(bench.node.id, 20, () => BUSY);
    await forgetRounds();
    const rounds = await Promise.all(Array.from({ length: 4 }, () => runRound(60, newBooks())));
    const begun = rounds.filter((one) => one !== null);
    expect(begun.length).toBe(1);
    expect(await db.alarmTransition.count({ where: { nodeId: bench.node.id } })).toBe(1);
  });

  it("watches each node with a tag by itself, follows the tag, and ends an alarm that nobody watches any more", async () => {
    const others = [
      await plantNode("Active", { tags: ["rack-A"], joinedAt: HOUR_AGO }),
      await plantNode("Active", { tags: ["RACK-a", "gpu"], joinedAt: HOUR_AGO }),
    ];
    await plantNode("Candidate", { tags: ["rack-A"] });
    // On its way into the cluster.
    await plantNode("Starting", { tags: ["rack-A"] });
    for (const { id } of others) await measure(id, 20, () => BUSY);
    const alarmId = await make({ scope: { kind: "tag", tag: "rack-A" } });
    expect(await round()).toMatchObject({ evaluated: 2, changed: 2, told: 2 });
    expect((await alarmDetail(alarmId))?.alarm.counts).toMatchObject({ ALARM: 2, OK: 0 });
    await db.node.update({ where: { id: others[0]?.id ?? "" }, data: { tags: [] } });
    expect(await round()).toMatchObject({ changed: 1, told: 1 });
    expect((await notes()).at(-1)).toMatchObject({ becomes: "INSUFFICIENT_DATA", reason: "The alarm does not watch this node any more." });
    expect((await alarmDetail(alarmId))?.subjects.map((one) => one.node)).toEqual([others[1]?.name]);
  });

  it("keeps its state when it is changed, and is evaluated with its actions disabled", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    const seen = { alarmId, version: (await alarmDetail(alarmId))?.alarm.version ?? 0 };
    const form = formOf({
      name: "Renamed",
      scope: { kind: "node", nodeId: bench.node.id },
      actions: toldAll(),
      rule: ruleOf(3, 5, { threshold: 0.97 }),
    });
    expect(await changeAlarm({ ...seen, form }, bench.ada.call())).toMatchObject({ ok: true });
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM" });
    expect(await changeAlarm({ ...seen, form }, bench.ada.call())).toMatchObject({ ok: false, code: "stale" });
    expect(await setAlarmActions({ alarmId, version: seen.version + 1, enabled: false }, bench.ada.call())).toMatchObject({ ok: true });
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await subject(alarmId)).toMatchObject({ state: "OK" });
  });

  it("is acknowledged once, in the state that was seen, until the state changes", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    const one = await subject(alarmId);
    const ask = (seq: number) => acknowledgeAlarm({ subjectId: one?.id ?? "", seq, note: "On it" }, bench.ada.call());
    expect(await ask(0)).toMatchObject({ ok: false, code: "stale" });
    expect(await ask(1)).toMatchObject({ ok: true });
    expect(await ask(1)).toMatchObject({ ok: false, code: "acknowledged" });
    expect(await subject(alarmId)).toMatchObject({ acked: { by: "Ada", note: "On it" } });
    await measure(bench.node.id, 20, () => IDLE);
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "OK", acked: null });
  });

  it("refuses a second name, a candidate, a stranger to tell, and the wrong scope; the same request twice is one alarm", async () => {
    const form = formOf({ name: "Same", scope: { kind: "node", nodeId: bench.node.id } });
    const call = bench.ada.call();
    const [one, two] = [await createAlarm(form, call), await createAlarm(form, call)];
    expect(one).toEqual(two);
    expect(await createAlarm(form, bench.ada.call())).toMatchObject({ ok: false, code: "duplicate", field: "name" });
    const candidate = await plantNode("Candidate");
    expect(await createAlarm(formOf({ name: "A", scope: { kind: "node", nodeId: candidate.id } }), bench.ada.call())).toMatchObject({
      ok: false,
      code: "status",
    });
    const actions = { OK: [], ALARM: [randomUUID()], INSUFFICIENT_DATA: [] };
    expect(await createAlarm(formOf({ name: "B", scope: { kind: "all" }, actions }), bench.ada.call())).toMatchObject({
      ok: false,
      code: "target-gone",
    });
    expect(await createAlarm(formOf({ name: "C", scope: { kind: "region" } }), bench.ada.call())).toMatchObject({
      ok: false,
      code: "scope",
    });
  });

  it("finds all in order without an event, and sends a test by the way of an alarm", async () => {
    await make({ actions: { OK: [], ALARM: [bench.ops], INSUFFICIENT_DATA: [] } });
    await measure(bench.node.id, 20, () => IDLE);
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await db.event.count({ where: { kind: "alarm.state", nodeId: bench.node.id } })).toBe(0);
    expect(await sendAlarmTest({ targetIds: [bench.ops, bench.ops], alarm: "High" }, bench.ada.call())).toEqual({
      ok: true,
      value: { sent: 1 },
    });
    expect(await notes()).toMatchObject([{ kind: "test", by: "Ada", alarm: "High" }]);
    await db.notifyTarget.update({ where: { id: bench.ops }, data: { enabled: false } });
    expect(await sendAlarmTest({ targetIds: [bench.ops], alarm: null }, bench.ada.call())).toMatchObject({
      ok: false,
      code: "target-gone",
    });
  });

  it("tells all that it did page by page, also what one round wrote at one moment", async () => {
    const alarmId = randomUUID();
    const rows = Array.from({ length: 230 }, (_, index) => ({
      alarmId,
      alarmName: "Hot",
      severity: "info",
      seq: 1,
      nodeId: randomUUID(),
      nodeName: `n-${index}`,
      was: "OK",
      becomes: "ALARM",
      at: HOUR_AGO,
      reason: "",
    }));
    await db.alarmTransition.createMany({ data: rows });
    const seen: string[] = [];
    for (let page = await alarmHistory(alarmId); page.length > 0; page = await alarmHistory(alarmId, seen.at(-1)))
      seen.push(...page.map(({ id }) => id));
    expect(new Set(seen).size).toBe(230);
    expect(seen.length).toBe(230);
  });

  it("is evaluated although the clock was set back, and told although it was", async () => {
    await make();
    await measure(bench.node.id, 20, () => BUSY);
    await db.$executeRaw`UPDATE alarm_round SET at = clock_timestamp() + interval '1 hour'`;
    expect(await runRound(60, newBooks())).toMatchObject({ changed: 1, told: 1 });
    expect(await runRound(60, newBooks())).toBeNull();
  });

  it("says that a rule of a later version is not evaluated, and takes it back", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    const { rule } = await db.alarm.findUniqueOrThrow({ where: { id: alarmId } });
    await db.alarm.update({ where: { id: alarmId }, data: { rule: { metric: "of tomorrow" } } });
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", problem: "Its rule was written by a later version of Regent." });
    await db.alarm.update({ where: { id: alarmId }, data: { rule: rule ?? {} } });
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", problem: null });
  });

  it("is refused where what it looks back at is not kept", async () => {
    const settings = { retention: { minuteDays: 3 } };
    await db.$executeRaw`UPDATE region SET settings = ${JSON.stringify(settings)}::jsonb`;
    const scope = { kind: "node", nodeId: bench.node.id } as const;
    const asked = (days: number) => formOf({ name: `${days} days`, scope, rule: ruleOf(1, days * 24, { periodSeconds: 3600 }) });
    expect(await createAlarm(asked(3), bench.ada.call())).toMatchObject({
      ok: false,
      code: "kept-shorter",
      field: "rule.evaluationPeriods",
    });
    expect(await createAlarm(asked(2), bench.ada.call())).toMatchObject({ ok: true });
    await db.$executeRaw`UPDATE region SET settings = '{}'::jsonb`;
  });

  it("shows who is told, and of a webhook no more than its host", async () => {
    const address = "https://hooks.example.com/services/kanarienvogel?token=1";
    await db.notifyTarget.create({ data: { kind: "webhook", name: "Chat", address, body: "regent" } });
    const shown = (await alarmRecipients()).find(({ name }) => name === "Chat");
    expect(shown).toMatchObject({ kind: "webhook", address: "hooks.example.com" });
    await db.notifyTarget.deleteMany({ where: { name: "Chat" } });
  });

  it("says across the console that mails wait for a mail server that nobody has set", async () => {
    expect((await alarmsNow()).failing).toBeNull();
    await db.delivery.create({ data: { targetId: bench.ops, messageId: "<1@test>" } });
    expect((await alarmsNow()).failing).toMatchObject({ kind: "noServer", waiting: 1, others: 0 });
    await db.delivery.deleteMany();
  });

  it("is deleted with its states and keeps its history; the list tells the rest", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    expect(await alarmList()).toMatchObject({ alarms: [{ counts: { ALARM: 1 } }], subjects: [{ node: bench.node.name }] });
    expect(await deleteAlarm({ alarmId, version: 1 }, bench.ada.call())).toMatchObject({ ok: true });
    expect(await alarmList()).toEqual({ alarms: [], subjects: [] });
    expect(await alarmHistory(alarmId)).toMatchObject([{ becomes: "INSUFFICIENT_DATA" }, { becomes: "ALARM" }]);
    expect(await db.notification.count()).toBe(2);
  });
});
