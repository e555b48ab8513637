/** When nobody is told of an alarm, and what is made good afterwards. */
import { describe, expect, it } from "vitest";
import { db } from "../../db";
import { noDatabase, unlessSkipped } from "../testing";
import { muteAlarm } from "./mute";
import { alarmDetail, alarmHistory } from "./read";
import { alarmBench, BUSY, HOUR_AGO, IDLE } from "./testing-bench";
import { addMuteWindow } from "./windows";

describe.skipIf(noDatabase)(unlessSkipped("alarms that are muted"), { timeout: 60_000 }, () => {
  const { bench, make, measure, round, subject, notes, become } = alarmBench();

  it("is muted while its node is in maintenance, says so, and sums up what stands when it is back", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await become("InMaintenance");
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", muted: { why: "The node is In maintenance." } });
    expect(await alarmHistory(alarmId)).toMatchObject([{ muted: "The node is In maintenance." }]);
    await become("Active");
    expect(await round()).toMatchObject({ changed: 0, told: 1 });
    expect(await notes()).toMatchObject([
      { kind: "summary", node: bench.node.name, transitions: 1, why: "The node is In maintenance.", alarms: [{ value: "95 %" }] },
    ]);
    expect(await subject(alarmId)).toMatchObject({ state: "ALARM", muted: null });
    expect(await round()).toMatchObject({ told: 0 });
  });

  it("tells after a mute that an alarm from before it is over, and nothing of what came and went", async () => {
    const alarmId = await make();
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    const version = (await alarmDetail(alarmId))?.alarm.version ?? 0;
    const until = new Date(Date.now() + 3_600_000);
    expect(await muteAlarm({ alarmId, version, until, note: "A test" }, bench.ada.call())).toMatchObject({ ok: true });
    await measure(bench.node.id, 20, () => IDLE);
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect((await alarmDetail(alarmId))?.alarm.mute).toMatchObject({ by: "Ada", note: "A test" });
    await muteAlarm({ alarmId, version: version + 1, until: null, note: "" }, bench.ada.call());
    expect(await round()).toMatchObject({ changed: 0, told: 1 });
    expect((await notes()).at(-1)).toMatchObject({ kind: "alarm", was: "ALARM", becomes: "OK", seq: 2 });
    // Came and went while nobody was told.
    await muteAlarm({ alarmId, version: version + 2, until, note: "" }, bench.ada.call());
    await measure(bench.node.id, 20, () => BUSY);
    await round();
    await measure(bench.node.id, 20, () => IDLE);
    await round();
    await muteAlarm({ alarmId, version: version + 3, until: null, note: "" }, bench.ada.call());
    expect(await round()).toMatchObject({ changed: 0, told: 0 });
  });

  it("is muted by a window for its tag, and by a console that is cut off", async () => {
    await db.node.update({ where: { id: bench.node.id }, data: { tags: ["gpu"] } });
    const alarmId = await make();
    const times = {
      kind: "once",
      from: HOUR_AGO.toISOString(),
      to: new Date(Date.now() + 3_600_000).toISOString(),
    } as const;
    const made = await addMuteWindow({ name: "Firmware", scope: { kind: "tag", tag: "GPU" }, times }, bench.ada.call());
    expect(made).toMatchObject({ ok: true });
    await measure(bench.node.id, 20, () => BUSY);
    expect(await round()).toMatchObject({ changed: 1, told: 0 });
    expect(await subject(alarmId)).toMatchObject({ muted: { why: "In the mute window “Firmware”." } });
    await db.muteWindow.deleteMany();
    await db.regionWatch.update({ where: { id: 1 }, data: { silent: 3, total: 4 } });
    expect(await round()).toMatchObject({ told: 0 });
    expect((await subject(alarmId))?.muted?.why).toContain("The console is isolated");
  });
});
