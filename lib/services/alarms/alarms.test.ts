/** Alarms from their form to what is told, on samples as the sampler writes them. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ruleOf } from "../../domain/alarms/rule.sample";
import type { AlarmForm } from "../../domain/alarms/config";
import type { NodeStatus } from "../../domain/status";
import { db } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { beginOf } from "../../domain/levels";
import { encodeValue, GAP, METRIC_IDS } from "../../domain/metrics";
import { writeChunk } from "../../domain/rollup";
import { writeRows } from "../metrics/write";
import { MINUTES } from "./minutes";
import { readViolations } from "../invariants";
import { closeSamplePool, samplePool } from "../metrics/pool";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { acknowledgeAlarm } from "./acknowledge";
import { setAlarmActions } from "./actions-enabled";
import { changeAlarm } from "./change";
import { createAlarm } from "./create";
import { readStatuses } from "./measure";
import { muteAlarm } from "./mute";
import { previewAlarm } from "./preview";
import { alarmDetail, alarmHistory, alarmList } from "./read";
import { deleteAlarm } from "./remove";
import { newBooks, runRound, type Books } from "./round";
import { sendAlarmTest } from "./send-test";
import { clock, forgetRounds, formOf, measure as write } from "./testing";
import { addMuteWindow } from "./windows";

const HOUR_AGO = new Date(Date.now() - 3_600_000);
const HOUR = 3600;
const BUSY = { cpu: 0.95 };
const IDLE = { cpu: 0.1 };

describe.skipIf(noDatabase)(unlessSkipped("alarms"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  let node: Node;
  let ops: string;
  let book: Books;

  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada");
  });
  afterAll(async () => {
    // Rows are planted here past the triggers, so that of nodes other things are found.
    const found = (await readViolations({ events: false })).filter(({ id }) => id === "I15");
    await closeSamplePool();
    await drop?.();
    if (found.length) throw new Error(found.map(({ sentence }) => sentence).join("\n"));
  });
  beforeEach(async () => {
    await db.alarm.deleteMany();
    await db.muteWindow.deleteMany();
    await db.notification.deleteMany();
    await db.regionWatch.update({ where: { id: 1 }, data: { silent: null, total: null } });
    node = await plantNode("Active", { joinedAt: HOUR_AGO, createdAt: HOUR_AGO });
    ops = (await db.notifyTarget.create({ data: { kind: "email", name: "ops", address: `${randomUUID()}@example.net` } })).id;
    book = newBooks();
  });

  const toldAll = (): AlarmForm["actions"] => ({ OK: [ops], ALARM: [ops], INSUFFICIENT_DATA: [ops] });
  async function make(facts: Partial<AlarmForm> = {}): Promise<string> {
    const form = formOf({ name: `High CPU ${randomUUID()}`, scope: { kind: "node", nodeId: node.id }, actions: toldAll(), ...facts });
    const made = await createAlarm(form, ada.call());
    if (!made.ok) throw new Error(made.reason);
    return made.value.alarmId;
  }
  /** A past that is written anew is read anew; no worker does that. */
  const measure = (...args: Parameters<typeof write>) => {
    book = newBooks();
    return write(...args);
  };
  async function round(on = book) {
    await forgetRounds();
    return runRound(60, on);
  }
  const subject = async (alarmId: string) => (await alarmDetail(alarmId))?.subjects[0];
  const notes = async () => (await db.notification.findMany({ orderBy: { createdAt: "asc" } })).map(({ note }) => note);
  const become = (status: NodeStatus) =>
    db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.node.update({ where: { id: node.id }, data: { status } });
    });

  it("begins with insufficient data, is in alarm within a round, tells it once, and is OK again", async () => {
    const alarmId = await make();
    expect(await alarmDetail(alarmId)).toMatchObject({ alarm: { words: "Used CPU, average > 80 %" }, subjects: [] });
    await measure(node.id, 20, () => BUSY);
    expect(await round()).toMatchObject({ evaluated: 1, changed: 1, told: 1 });
    expect(await subject(alarmId)).toMatchObject({
      state: "ALARM",
      value: "95 %",
      seq: 1,
      reason: "5 out of the last 5 datapoints [95 %, 95 %, 95 %, 95 %, 95 %] were greater than the threshold (80 %).",
      notice: { state: "waiting", to: "ops" },
    });
    expect(await round()).toMatchObject({ evaluated: 1, changed: 0, told: 0 });
    await measure(node.id, 20, () => IDLE);
    expect(await round()).toMatchObject({ changed: 1, told: 1 });
    expect(await notes()).toMatchObject([
      { kind: "alarm", node: node.name, was: "INSUFFICIENT_DATA", becomes: "ALARM", value: "95 %", seq: 1 },
      { kind: "alarm", was: "ALARM", becomes: "OK", seq: 2, threshold: "Greater than 80 %, 3 out of 5 datapoints of 1 minute" },
    ]);
    expect(await alarmHistory(alarmId)).toMatchObject([{ becomes: "OK" }, { becomes: "ALARM" }]);
    const events = await db.event.findMany({ where: { kind: "alarm.state", nodeId: node.id }, orderBy: { id: "asc" } });
    expect(events).toMatchObject([{ severity: "error", nodeName: node.name }, { severity: "info" }]);
    expect(events[0]?.message).toContain(`on ${node.name}: In alarm. 5 out of the last 5 datapoints`);
  });

  it("has one round, however many workers ask, and none before its time", async () => {
    await make();
    await measure(node.id, 20, () => BUSY);
    await forgetRounds();
    const rounds = await Promise.all(Array.from({ length: 4 }, () => runRound(60, newBooks())));
    const begun = rounds.filter((one) => one !== null);
    expect(begun.length).toBe(1);
    expect(await db.alarmTransition.count({ where: { nodeId: node.id } })).toBe(1);
  });

  it("reads what is new, and forgets nothing that a window needs: a book that goes on says what a new one says", async () => {
    const alarmId = await make({ rule: ruleOf(20, 30, { treatMissingData: "notBreaching" }) });
    const from = await clock();
    await measure(node.id, 45, (at) => (at < from - 600 ? BUSY : at % 120 < 60 ? BUSY : IDLE));
    await round();
    const first = await subject(alarmId);
    await round();
    await round(newBooks());
    expect(await subject(alarmId)).toEqual(first);
    expect(first).toMatchObject({ state: "ALARM" });
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

  it("is muted while its node is in maintenance, says so, and sums up what stands when it is back", async () => {
    const alarmId = await make();
    await measure(node.id, 20, () => BUSY);
    await become("InMaintenance");
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", muted: { why: "The node is In maintenance." } });
    expect(await alarmHistory(alarmId)).toMatchObject([{ muted: "The node is In maintenance." }]);
    await become("Active");
    expect(await round()).toMatchObject({ changed: 0, told: 1 });
    expect(await notes()).toMatchObject([
      { kind: "summary", node: node.name, transitions: 1, why: "The node is In maintenance.", alarms: [{ value: "95 %" }] },
    ]);
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", muted: null });
    expect(await round()).toMatchObject({ told: 0 });
  });

  it("tells after a mute that an alarm from before it is over, and nothing of what came and went", async () => {
    const alarmId = await make();
    await measure(node.id, 20, () => BUSY);
    await round();
    const version = (await alarmDetail(alarmId))?.alarm.version ?? 0;
    const until = new Date(Date.now() + 3_600_000);
    expect(await muteAlarm({ alarmId, version, until, note: "A test" }, ada.call())).toMatchObject({ ok: true });
    await measure(node.id, 20, () => IDLE);
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect((await alarmDetail(alarmId))?.alarm.mute).toMatchObject({ by: "Ada", note: "A test" });
    await muteAlarm({ alarmId, version: version + 1, until: null, note: "" }, ada.call());
    expect(await round()).toMatchObject({ changed: 0, told: 1 });
    expect((await notes()).at(-1)).toMatchObject({ kind: "alarm", was: "ALARM", becomes: "OK", seq: 2 });
    // Came and went while nobody was told.
    await muteAlarm({ alarmId, version: version + 2, until, note: "" }, ada.call());
    await measure(node.id, 20, () => BUSY);
    await round();
    await measure(node.id, 20, () => IDLE);
    await round();
    await muteAlarm({ alarmId, version: version + 3, until: null, note: "" }, ada.call());
    expect(await round()).toMatchObject({ changed: 0, told: 0 });
  });

  it("is muted by a window for its tag, and by a console that is cut off", async () => {
    await db.node.update({ where: { id: node.id }, data: { tags: ["gpu"] } });
    const alarmId = await make();
    const times = {
      kind: "once",
      from: new Date(Date.now() - 60_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    } as const;
    const made = await addMuteWindow({ name: "Firmware", scope: { kind: "tag", tag: "GPU" }, times }, ada.call());
    expect(made).toMatchObject({ ok: true });
    await measure(node.id, 20, () => BUSY);
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await subject(alarmId)).toMatchObject({ muted: { why: "In the mute window “Firmware”." } });
    await db.muteWindow.deleteMany();
    await db.regionWatch.update({ where: { id: 1 }, data: { silent: 3, total: 4 } });
    expect(await round()).toMatchObject({ told: 0 });
    expect((await subject(alarmId))?.muted?.why).toContain("The console is isolated");
  });

  it("keeps its state when it is changed, and is evaluated with its actions disabled", async () => {
    const alarmId = await make();
    await measure(node.id, 20, () => BUSY);
    await round();
    const seen = { alarmId, version: (await alarmDetail(alarmId))?.alarm.version ?? 0 };
    const form = formOf({
      name: "Renamed",
      scope: { kind: "node", nodeId: node.id },
      actions: toldAll(),
      rule: ruleOf(3, 5, { threshold: 0.97 }),
    });
    expect(await changeAlarm({ ...seen, form }, ada.call())).toMatchObject({ ok: true });
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM" });
    expect(await changeAlarm({ ...seen, form }, ada.call())).toMatchObject({ ok: false, code: "stale" });
    expect(await setAlarmActions({ alarmId, version: seen.version + 1, enabled: false }, ada.call())).toMatchObject({ ok: true });
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await subject(alarmId)).toMatchObject({ state: "OK" });
  });

  it("is acknowledged once, in the state that was seen, until the state changes", async () => {
    const alarmId = await make();
    await measure(node.id, 20, () => BUSY);
    await round();
    const one = await subject(alarmId);
    const ask = (seq: number) => acknowledgeAlarm({ subjectId: one?.id ?? "", seq, note: "On it" }, ada.call());
    expect(await ask(0)).toMatchObject({ ok: false, code: "stale" });
    expect(await ask(1)).toMatchObject({ ok: true });
    expect(await ask(1)).toMatchObject({ ok: false, code: "acknowledged" });
    expect(await subject(alarmId)).toMatchObject({ acked: { by: "Ada", note: "On it" } });
    await measure(node.id, 20, () => IDLE);
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "OK", acked: null });
  });

  it("knows a status from the event log, whatever else was looked at", async () => {
    const others = await Promise.all(Array.from({ length: 8 }, () => plantNode("Active", { joinedAt: HOUR_AGO, createdAt: HOUR_AGO })));
    for (const one of [...others, node]) {
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
    const statuses = await readStatuses(db, [node.id, ...others.map(({ id }) => id)], now - 180, now);
    for (const one of [node, ...others])
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
    await db.node.updateMany({ data: { vmMemoryTotalBytes: 10n, vmMemoryAvailableBytes: 5n }, where: { id: node.id } });
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
    await measure(node.id, 20, (at) => (at < until ? IDLE : null));
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
    await measure(node.id, 20, () => BUSY);
    await round();
    await samplePool().query("UPDATE metrics.node_hour SET chunk = '\\x0200' WHERE node_id = $1", [node.id]);
    await round(newBooks());
    expect(await subject(alarmId)).toMatchObject({
      state: "ALARM",
      problem: expect.stringMatching(/^Its samples can not be read\. Reference /),
    });
    await measure(node.id, 20, () => BUSY);
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", problem: null });
  });

  it("is tested on the past by the same evaluator, with the datapoints that it would have seen", async () => {
    const now = await clock();
    await measure(node.id, 200, (at) => (at > now - 6000 && at < now - 5000 ? BUSY : IDLE));
    const preview = await previewAlarm(ruleOf(3, 5), { kind: "node", nodeId: node.id }, 3);
    expect(preview).toMatchObject({ node: { name: node.name }, step: 60, noHistory: null });
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
    const rows = Array.from({ length: (rolled - begin) / HOUR }, (_, index) => ({ id: node.id, start: begin + index * HOUR, data }));
    await measure(node.id, 118, (at) => (at >= rolled ? BUSY : null));
    await writeRows(MINUTES, rows);
    await samplePool().query(
      "INSERT INTO metrics.sample_progress VALUES ('sample_1m', to_timestamp($1)) ON CONFLICT (level) DO UPDATE SET until = excluded.until",
      [rolled],
    );
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", value: "95 %" });
    expect(await round()).toMatchObject({ changed: 0 });
    const preview = await previewAlarm(rule, { kind: "node", nodeId: node.id }, 168);
    expect(preview?.values.at(-1)).toBeCloseTo(0.95, 3);
    await measure(node.id, 118, (at) => (at >= rolled ? IDLE : null));
    await writeRows(MINUTES, rows);
    await round();
    expect(await subject(alarmId)).toMatchObject({ state: "OK" });
    await samplePool().query("DELETE FROM metrics.sample_progress");
  });

  it("refuses a second name, a candidate, a stranger to tell, and the wrong scope; the same request twice is one alarm", async () => {
    const form = formOf({ name: "Same", scope: { kind: "node", nodeId: node.id } });
    const call = ada.call();
    const [one, two] = [await createAlarm(form, call), await createAlarm(form, call)];
    expect(one).toEqual(two);
    expect(await createAlarm(form, ada.call())).toMatchObject({ ok: false, code: "duplicate", field: "name" });
    const candidate = await plantNode("Candidate");
    expect(await createAlarm(formOf({ name: "A", scope: { kind: "node", nodeId: candidate.id } }), ada.call())).toMatchObject({
      ok: false,
      code: "status",
    });
    const actions = { OK: [], ALARM: [randomUUID()], INSUFFICIENT_DATA: [] };
    expect(await createAlarm(formOf({ name: "B", scope: { kind: "all" }, actions }), ada.call())).toMatchObject({
      ok: false,
      code: "target-gone",
    });
    expect(await createAlarm(formOf({ name: "C", scope: { kind: "region" } }), ada.call())).toMatchObject({ ok: false, code: "scope" });
  });

  it("finds all in order without an event, and sends a test by the way of an alarm", async () => {
    await make({ actions: { OK: [], ALARM: [ops], INSUFFICIENT_DATA: [] } });
    await measure(node.id, 20, () => IDLE);
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await db.event.count({ where: { kind: "alarm.state", nodeId: node.id } })).toBe(0);
    expect(await sendAlarmTest({ targetIds: [ops, ops], alarm: "High" }, ada.call())).toEqual({ ok: true, value: { sent: 1 } });
    expect(await notes()).toMatchObject([{ kind: "test", by: "Ada", alarm: "High" }]);
    await db.notifyTarget.update({ where: { id: ops }, data: { enabled: false } });
    expect(await sendAlarmTest({ targetIds: [ops], alarm: null }, ada.call())).toMatchObject({ ok: false, code: "target-gone" });
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

  it("is deleted with its states and keeps its history; the list tells the rest", async () => {
    const alarmId = await make();
    await measure(node.id, 20, () => BUSY);
    await round();
    expect(await alarmList()).toMatchObject({ alarms: [{ counts: { ALARM: 1 } }], subjects: [{ node: node.name }] });
    expect(await deleteAlarm({ alarmId, version: 1 }, ada.call())).toMatchObject({ ok: true });
    expect(await alarmList()).toEqual({ alarms: [], subjects: [] });
    expect(await alarmHistory(alarmId)).toMatchObject([{ becomes: "ALARM" }]);
    expect(await db.notification.count()).toBe(1);
  });
});
