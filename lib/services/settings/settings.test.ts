/** The settings of the region, as two administrators change them: in one transaction with its event, and never over each other unseen. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SaveSettingsInput } from "@/lib/actions/settings-inputs";
import { sampleInventory } from "@/lib/domain/inventory.sample";
import { valueAt } from "@/lib/domain/settings-judge";
import type { RegionPage } from "@/lib/domain/settings-pages";
import { pathsOf, type SettingGroup } from "@/lib/domain/settings-table";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { ruleOf } from "@/lib/domain/alarms/rule.sample";
import { LEVELS } from "@/lib/domain/levels";
import { createAlarm } from "../alarms/create";
import { formOf } from "../alarms/testing";
import { ensurePartition } from "../metrics/partitions";
import { closeSamplePool, samplePool } from "../metrics/pool";
import { readRegion } from "../region";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { readSettings } from "./read";
import { saveSettings, type SettingsInput } from "./save";

const DAY = 86_400;
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
/** What a rule on a status is made of. */
const FLAG = { parameter: "Failed", statistic: "Maximum", operator: "GreaterThanOrEqualToThreshold", threshold: 1 } as const;

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

describe("what is asked of the settings", () => {
  const asked = { group: "force", seen: {}, typed: {}, confirmed: [] };
  it.each<Record<string, unknown>>([
    { group: "users" },
    { typed: { "fencing.noSuch": "1" } },
    { typed: { __proto__: null, constructor: "1" } },
    { seen: { safetyTimerSeconds: { a: 1 } } },
    { typed: { safetyTimerSeconds: "1".repeat(1001) } },
    { more: 1 },
  ])("is refused when it is of another shape: %o", (wrong) =>
    expect(SaveSettingsInput.safeParse({ ...asked, ...wrong }).success).toBe(false),
  );
  it("may name any of its settings", () =>
    expect(SaveSettingsInput.safeParse({ ...asked, seen: { safetyTimerSeconds: 30 }, typed: { safetyTimerSeconds: "20" } }).success).toBe(
      true,
    ));
});

describe.skipIf(noDatabase)(unlessSkipped("the region's settings"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  let bob: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    [ada, bob] = [await addUser("Ada", "admin"), await addUser("Bob", "admin")];
  }, 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });
  beforeEach(() => db.region.update({ where: { id: 1 }, data: { settings: {} } }));

  const seen = async (group: SettingGroup) => {
    const { settings } = await readRegion(db);
    return Object.fromEntries(pathsOf(group).map((path) => [path, valueAt(settings, path)]));
  };
  const ask = async (group: SettingGroup, typed: SettingsInput["typed"], more: Partial<SettingsInput> = {}): Promise<SettingsInput> => ({
    group,
    seen: await seen(group),
    typed,
    confirmed: [],
    ...more,
  });
  const stored = async () => (await db.region.findUniqueOrThrow({ where: { id: 1 } })).settings;
  const events = () => db.event.findMany({ where: { kind: "settings.changed" }, orderBy: { id: "desc" } });

  it("are changed with an event that has before and after of each", async () => {
    const input = await ask("requirements", {
      "requirements.memoryGiB": "16",
      "requirements.minKernel": "6.1",
      "requirements.threads": "4",
    });
    expect(value(await saveSettings(input, ada.call()))).toEqual({ dangers: [] });
    expect(await stored()).toEqual({ requirements: { memoryGiB: 16, minKernel: "6.1" } });
    expect((await events())[0]).toMatchObject({
      actorName: "Ada",
      severity: "info",
      message: "Ada changed Requirements for nodes: Memory from 8 GiB to 16 GiB; Kernel from 5.10 to 6.1.",
      details: {
        group: "requirements",
        before: { "requirements.memoryGiB": 8, "requirements.minKernel": "5.10" },
        after: { "requirements.memoryGiB": 16, "requirements.minKernel": "6.1" },
      },
    });
    value(await saveSettings(await ask("requirements", { "requirements.memoryGiB": "8", "requirements.minKernel": "5.10" }), ada.call()));
    expect(await stored()).toEqual({});
  });

  it("are left alone, without an event, by what changes nothing and by what is refused", async () => {
    const count = (await events()).length;
    value(await saveSettings(await ask("drain", { "drain.tries": "3" }), ada.call()));
    const refused = await saveSettings(await ask("drain", { "drain.tries": "5", "drain.concurrency": "17" }), ada.call());
    expect(refused).toMatchObject({ ok: false, field: "drain.concurrency", reason: "Moves at a time is from 1 to 16 VMs." });
    expect([await stored(), (await events()).length]).toEqual([{}, count]);
  });

  it("are not read from a group that they do not belong to", async () => {
    value(await saveSettings(await ask("force", { "drain.tries": "5" }), ada.call()));
    expect(await stored()).toEqual({});
  });

  it("tell the second of two administrators what the first changed, and take it when it is sent again", async () => {
    const [first, second] = [
      await ask("requirements", { "requirements.memoryGiB": "16" }),
      await ask("requirements", { "requirements.diskGB": "100" }),
    ];
    value(await saveSettings(first, ada.call()));
    expect(await saveSettings(second, bob.call())).toMatchObject({
      ok: false,
      code: "stale",
      reason: "Ada changed Memory from 8 GiB to 16 GiB while you typed.",
      hint: "What you typed is kept, and nothing was saved. Save again to put it over theirs.",
    });
    expect(await stored()).toEqual({ requirements: { memoryGiB: 16 } });
    value(await saveSettings({ ...second, seen: await seen("requirements") }, bob.call()));
    expect(await stored()).toEqual({ requirements: { memoryGiB: 16, diskGB: 100 } });
    // Another group is nobody's conflict, and neither is the same wish.
    const [same, other] = [await ask("drain", { "drain.tries": "5" }), await ask("drain", { "drain.tries": "5" })];
    value(await saveSettings(await ask("force", { safetyTimerSeconds: "60" }), ada.call()));
    value(await saveSettings(same, ada.call()));
    value(await saveSettings(other, bob.call()));
    expect((await events())[0]?.actorName).toBe("Ada");
  });

  it("are changed by one of many who press at once", async () => {
    const inputs = await Promise.all(
      Array.from({ length: 12 }, (_, index) => ask("drain", { "drain.tries": String(index < 3 ? 4 + index : index - 2) })),
    );
    const wished = inputs.map(({ typed }) => typed["drain.tries"]);
    const before = (await events()).length;
    const answers = await Promise.all(inputs.map((input, index) => saveSettings(input, (index % 2 ? ada : bob).call())));
    const { drain } = (await readRegion(db)).settings;
    for (const [index, answer] of answers.entries())
      if (answer.ok) expect([String(drain.tries), "3"]).toContain(wished[index]);
      else expect(answer.code).toBe("stale");
    expect(answers.some(({ ok }) => !ok)).toBe(true);
    const after = await events();
    expect(after.length - before).toBe(1);
    expect(after[0]?.message).toContain(`to ${drain.tries} times`);
  });

  it("say what is dangerous, and do it only when that was confirmed", async () => {
    const input = await ask("fence", { "fencing.automatic": false });
    const { dangers } = value(await saveSettings(input, ada.call()));
    expect(dangers.map(({ id }) => id)).toEqual(["fencing.automatic"]);
    expect(await stored()).toEqual({});
    value(await saveSettings({ ...input, confirmed: ["something else"] }, ada.call()));
    expect(await stored()).toEqual({});
    expect(value(await saveSettings({ ...input, confirmed: ["fencing.automatic"] }, ada.call()))).toEqual({ dangers: [] });
    expect(await stored()).toEqual({ fencing: { automatic: false } });
    expect((await events())[0]).toMatchObject({ severity: "warning", details: { confirmed: [dangers[0]?.sentence] } });
    // The way back is none.
    expect(value(await saveSettings(await ask("fence", { "fencing.automatic": true }), ada.call()))).toEqual({ dangers: [] });
    expect(await stored()).toEqual({});
    const shorter = value(await saveSettings(await ask("force", { safetyTimerSeconds: "10" }), ada.call()));
    expect(shorter.dangers[0]?.sentence).toBe("Force Maintenance, which stops workloads, can be confirmed 10 seconds after it is opened.");
  });

  it("count who would be Inadequate, from what is known of each machine", async () => {
    const small = { ...sampleInventory(), memory: { ...sampleInventory().memory, totalBytes: 16 * 2 ** 30 } };
    await plantNode("Candidate", { name: "small-1", inventory: small });
    await plantNode("Candidate", { name: "small-2", inventory: small });
    await plantNode("Active", { name: "small-3", inventory: small, joinedAt: new Date() });
    await plantNode("Rejected", { name: "small-4", inventory: small });
    await plantNode("Candidate", { name: "large-1" });
    const input = await ask("requirements", { "requirements.memoryGiB": "32" });
    const { dangers } = value(await saveSettings(input, ada.call()));
    expect(dangers.map(({ sentence }) => sentence)).toEqual([
      "2 candidates would be Inadequate at the next inspection: small-1 and small-2.",
      "1 node that has joined would not be activated again after a maintenance: small-3.",
    ]);
    // One more since: it is said again.
    await plantNode("Candidate", { name: "small-5", inventory: small });
    const again = value(await saveSettings({ ...input, confirmed: dangers.map(({ id }) => id) }, ada.call()));
    expect(again.dangers[0]?.sentence).toContain("3 candidates");
    expect(value(await saveSettings({ ...input, confirmed: again.dangers.map(({ id }) => id) }, ada.call()))).toEqual({ dangers: [] });
    // To ask for less is no danger.
    expect(value(await saveSettings(await ask("requirements", { "requirements.memoryGiB": "8" }), ada.call()))).toEqual({ dangers: [] });
  });

  it("say how much of the past a shorter time deletes, from which day on", async () => {
    const now = Math.floor(Date.now() / 1000);
    const [fine] = LEVELS;
    for (const days of [0, 1, 5, 6, 9]) await ensurePartition(fine, now - days * DAY);
    // All of it has gone into the minutes.
    await samplePool().query("INSERT INTO metrics.sample_progress (level, until) VALUES ('sample_1m', now())");
    await db.region.update({ where: { id: 1 }, data: { settings: { retention: { sampleDays: 30, minuteDays: 40 } } } });
    expect(await saveSettings(await ask("measurements", { "retention.sampleDays": "41" }), ada.call())).toMatchObject({
      ok: false,
      field: "retention.sampleDays",
      reason: "“Minutes” must be kept at least as long as “Every sample”.",
    });
    const input = await ask("measurements", { "retention.sampleDays": "3" });
    const { dangers } = value(await saveSettings(input, ada.call()));
    // By the whole days of their tables: what is kept reaches back to the begin of the last one that goes and one more.
    const day = (ago: number) => DATE.format((Math.floor(now / DAY) - ago) * DAY * 1000);
    expect(dangers.map(({ sentence }) => sentence)).toEqual([
      `Every sample: what is older than ${day(4)} is deleted within the hour, back to ${day(9)}. It does not come back.`,
    ]);
    expect(value(await saveSettings(await ask("measurements", { "retention.sampleDays": "10" }), ada.call()))).toEqual({ dangers: [] });
    expect(await stored()).toEqual({ retention: { sampleDays: 10, minuteDays: 40 } });
    await db.operation.createMany({
      data: [2, 40, 50].map((ago) => ({
        kind: "reinspect",
        ip: "10.9.9.9",
        status: "succeeded" as const,
        actorName: "Ada",
        request: {},
        deadlineAt: new Date(),
        finishedAt: new Date((now - ago * DAY) * 1000),
      })),
    });
    const records = value(await saveSettings(await ask("records", { "retention.operationDays": "30" }), ada.call()));
    expect(records.dangers.map(({ sentence }) => sentence)).toEqual([
      `Operations: what is older than ${day(30)} is deleted within the hour, back to ${day(50)} (2). It does not come back.`,
    ]);
  });

  it("keep nothing shorter than what it is made of", async () => {
    const tries = async (typed: Parameters<typeof ask>[1]) => saveSettings(await ask("measurements", typed), ada.call());
    expect(await tries({ "retention.minuteDays": "5", "retention.sampleDays": "6" })).toMatchObject({
      code: "kept-too-short",
      reason: "“Minutes” must be kept at least as long as “Every sample”.",
      field: "retention.minuteDays",
    });
    expect(await tries({ "retention.sampleDays": "15" })).toMatchObject({ code: "kept-too-short", field: "retention.sampleDays" });
    expect(await tries({ "retention.sampleDays": "15", "retention.minuteDays": "15" })).toMatchObject({ ok: true });
    await db.region.update({ where: { id: 1 }, data: { settings: {} } });
  });

  it("do not let samples become rarer than an alarm's period, and no alarm finer than the samples", async () => {
    const form = (name: string, metric: "cpu" | "status", periodSeconds: 10 | 60) =>
      formOf({ name, scope: { kind: "all" }, rule: ruleOf(3, 5, { metric, periodSeconds, ...(metric === "status" ? FLAG : {}) }) });
    value(await createAlarm(form("Fast", "cpu", 10), ada.call()));
    value(await createAlarm(form("Down", "status", 10), ada.call()));
    const refused = await saveSettings(await ask("sampling", { "sampling.intervalSeconds": "30" }), ada.call());
    expect(refused).toMatchObject({
      ok: false,
      field: "sampling.intervalSeconds",
      reason: "1 alarm has a period shorter than 30 seconds: Fast.",
    });
    expect(await stored()).toEqual({});
    await db.alarm.deleteMany({ where: { name: "Fast" } });
    const slower = await ask("sampling", { "sampling.intervalSeconds": "30" });
    expect(value(await saveSettings(slower, ada.call())).dangers.map(({ sentence }) => sentence)).toEqual([
      "A node may be silent for 60 seconds (Fencing, Silence) and is sampled every 30: each sample that is late has it looked at as if it were lost. Let it be silent for 75 seconds at least.",
    ]);
    value(await saveSettings({ ...slower, confirmed: ["silence"] }, ada.call()));
    expect(await createAlarm(form("Fast", "cpu", 10), ada.call())).toMatchObject({
      ok: false,
      field: "rule.periodSeconds",
      reason: "Nodes are sampled every 30 seconds: with a shorter period there would be no datapoint most of the time.",
    });
    value(await createAlarm(form("Slow", "cpu", 60), ada.call()));
    // Many at once, of alarms and of intervals: never both.
    await db.alarm.deleteMany({ where: { name: "Slow" } });
    await db.region.update({ where: { id: 1 }, data: { settings: {} } });
    const rarer = await ask("sampling", { "sampling.intervalSeconds": "30" }, { confirmed: ["silence"] });
    const [interval, alarm] = await Promise.all([saveSettings(rarer, ada.call()), createAlarm(form("Fast", "cpu", 10), bob.call())]);
    expect([interval.ok, alarm.ok].filter(Boolean)).toHaveLength(1);
    await db.alarm.deleteMany();
  });

  it("are all shown on their pages, in the administrator's units", async () => {
    await db.region.update({ where: { id: 1 }, data: { settings: { fencing: { isolatedShare: 0.4 } } } });
    const views = (
      await Promise.all((["nodes", "maintenance", "fencing", "monitoring", "notifications"] as RegionPage[]).map(readSettings))
    ).flat();
    const settings = views.flatMap((group) => group.settings);
    expect(settings.find(({ path }) => path === "fencing.isolatedShare")).toMatchObject({
      typed: "40",
      shown: "40 %",
      byDefault: { typed: "50", shown: "50 %" },
      control: { kind: "number", unit: "%", least: "10", most: "100" },
    });
    const bytes = (path: string) => settings.find((setting) => setting.path === path)?.bytes;
    expect(bytes("retention.sampleDays")).toBeGreaterThan(0);
    expect(bytes("retention.operationDays")).toBeNull();
  });
});
