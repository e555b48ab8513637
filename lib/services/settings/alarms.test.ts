/** Settings that alarms depend on: nobody takes an alarm its datapoints without hearing of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ruleOf } from "@/lib/domain/alarms/rule.sample";
import { db } from "@/lib/db";
import { createAlarm } from "../alarms/create";
import { formOf } from "../alarms/testing";
import { closeSamplePool } from "../metrics/pool";
import { prune } from "../prune";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { saveSettings, type SettingsInput } from "./save";

const HOUR = 3600;
const DAY_MS = 24 * HOUR * 1000;

describe.skipIf(noDatabase)(unlessSkipped("settings that alarms depend on"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "admin");
  }, 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });
  beforeEach(async () => {
    await db.alarm.deleteMany();
    await db.region.update({ where: { id: 1 }, data: { settings: {} } });
  });

  const save = (group: SettingsInput["group"], typed: SettingsInput["typed"]) =>
    saveSettings({ group, seen: {}, typed, confirmed: [] }, ada.call());
  const stored = async () => (await db.region.findUniqueOrThrow({ where: { id: 1 } })).settings;
  /** Looks at six days, and a little further. */
  const long = formOf({ name: "Six days", scope: { kind: "all" }, rule: ruleOf(100, 144, { periodSeconds: HOUR }) });

  it("keep the minutes for as long as an alarm looks back", async () => {
    expect(await createAlarm(long, ada.call())).toMatchObject({ ok: true });
    expect(await save("measurements", { "retention.minuteDays": "5" })).toMatchObject({
      ok: false,
      field: "retention.minuteDays",
      reason: "1 alarm looks back further than 5 days: Six days.",
    });
    expect(await stored()).toEqual({});
    expect(await save("measurements", { "retention.minuteDays": "10" })).toMatchObject({ ok: true });
    // To keep them longer asks nothing of an alarm, also where it looks back further than both.
    await db.region.update({ where: { id: 1 }, data: { settings: { retention: { minuteDays: 3 } } } });
    expect(await save("measurements", { "retention.minuteDays": "4" })).toMatchObject({ ok: true });
  });

  it("are shortened or an alarm is made when both come at once, and never both", async () => {
    for (let round = 0; round < 5; round += 1) {
      await db.region.update({ where: { id: 1 }, data: { settings: {} } });
      const [kept, made] = await Promise.all([save("measurements", { "retention.minuteDays": "5" }), createAlarm(long, ada.call())]);
      expect([kept.ok, made.ok].filter(Boolean)).toHaveLength(1);
      await db.alarm.deleteMany();
    }
  });

  it("threaten no change by which an alarm is in its state: that one is kept", async () => {
    const node = await plantNode("Active", { joinedAt: new Date() });
    const made = await createAlarm(long, ada.call());
    const alarmId = made.ok ? made.value.alarmId : "";
    await db.alarmSubject.create({ data: { alarmId, nodeId: node.id, state: "ALARM", seq: 2 } });
    const at = (days: number) => new Date(Date.now() - days * DAY_MS);
    const change = (seq: number, days: number) =>
      db.alarmTransition.create({
        data: {
          at: at(days),
          alarmId,
          alarmName: "Six days",
          severity: "critical",
          nodeId: node.id,
          seq,
          was: "OK",
          becomes: "ALARM",
          reason: "",
        },
      });
    await change(2, 60);
    expect(await save("records", { "retention.alarmDays": "30" })).toEqual({ ok: true, value: { dangers: [] } });
    await db.region.update({ where: { id: 1 }, data: { settings: {} } });
    await change(1, 61);
    const threatened = await save("records", { "retention.alarmDays": "30" });
    expect(threatened).toMatchObject({
      value: { dangers: [{ sentence: expect.stringMatching(/^History of alarms: .* \(1\)\./) as string }] },
    });
    await db.region.update({ where: { id: 1 }, data: { settings: { retention: { alarmDays: 30 } } } });
    await prune();
    expect((await db.alarmTransition.findMany({ where: { alarmId } })).map(({ seq }) => seq)).toEqual([2]);
  });
});
