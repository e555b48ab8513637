import { describe, expect, it } from "vitest";
import { DAY, SECOND, row, startWall } from "./engine.sample";

describe("a wall over time", () => {
  it("draws for two weeks, turns, stays as large as it is, and never reloads", () => {
    const { clock, engine, said, sample } = startWall({ rotate: ["used-cpu", "used-memory"] });
    const turns = [0, 0];
    for (let passed = 0; passed < 14 * DAY; passed += 10 * SECOND) {
      clock.leap(10 * SECOND);
      sample(3);
      engine.receive({ type: "beat", at: clock.time });
      const turn = said.last?.turn ?? 0;
      turns[turn] = (turns[turn] ?? 0) + 1;
    }
    expect(said).toMatchObject({ reloads: 0, refusals: [null], failures: 0, last: { stale: false, rows: { length: 3 } } });
    expect((turns[0] ?? 0) / ((turns[0] ?? 0) + (turns[1] ?? 0))).toBeCloseTo(0.5, 1);
  }, 30_000);

  it("says after a minute without data that they are old, and keeps the picture", () => {
    const { clock, said, sample } = startWall();
    sample(3);
    clock.pass(59 * SECOND);
    expect(said.last).toMatchObject({ stale: false, age: 59 * SECOND });
    clock.pass(3 * SECOND);
    expect(said.last).toMatchObject({ stale: true, rows: { length: 3 } });
    sample(3);
    expect(said.last).toMatchObject({ stale: false, age: 0 });
  });

  it("tells the age by the server's clock", () => {
    const { clock, engine, said, sample } = startWall();
    sample(3);
    engine.receive({ type: "beat", at: clock.time + 30 * SECOND });
    clock.pass(SECOND);
    expect(said.last?.age).toBe(31 * SECOND);
  });

  it("says that Regent is cut off from the region, and no longer when it is not", () => {
    const { clock, engine, said } = startWall();
    engine.receive({ type: "isolation", isolation: { silent: 2, total: 3 } });
    clock.pass(SECOND);
    expect(said.last).toMatchObject({ isolation: { silent: 2, total: 3 }, rows: { length: 3 } });
    engine.receive({ type: "isolation", isolation: null });
    clock.pass(SECOND);
    expect(said.last?.isolation).toBeNull();
  });

  it("is not stale for nodes that nobody measures, as long as the stream is heard", () => {
    const old = row(0).metrics;
    const { clock, engine, said } = startWall({
      rows: [{ ...row(0, "Failed"), metrics: old }, row(1, "Candidate"), row(2, "InMaintenance")],
    });
    for (let passed = 0; passed < 3600; passed += 5) {
      clock.pass(5 * SECOND);
      engine.receive({ type: "beat", at: clock.time });
    }
    clock.pass(SECOND);
    expect(said.last).toMatchObject({ stale: false, age: SECOND });
    clock.pass(61 * SECOND);
    expect(said.last?.stale).toBe(true);
  });

  it("that slept for a night goes on, and says how old its data are", () => {
    const { clock, said, sample } = startWall({ rotate: ["used-cpu", "used-memory"] });
    sample(3);
    clock.pass(10 * SECOND);
    clock.leap(8 * 3600 * SECOND);
    expect([said.reloads, said.last?.stale]).toEqual([0, true]);
    sample(3);
    clock.pass(SECOND);
    expect(said.last).toMatchObject({ stale: false, turn: 0 });
    clock.pass(10 * SECOND);
    expect(said.last?.turn).toBe(1);
  });

  it("whose clock is set back neither stands still nor takes its data for new", () => {
    const { clock, engine, said, sample } = startWall({ rotate: ["used-cpu", "used-memory"] });
    sample(3);
    clock.pass(10 * SECOND);
    clock.leap(-3600 * SECOND);
    expect(said.last?.age).toBeGreaterThanOrEqual(10 * SECOND);
    expect(said.last?.age).toBeLessThanOrEqual(12 * SECOND);
    engine.receive({ type: "beat", at: clock.time + 3600 * SECOND });
    clock.pass(12 * SECOND);
    expect([said.last?.turn, said.reloads]).toEqual([1, 0]);
  });

  it("is over once it was revoked", () => {
    const { clock, engine, said } = startWall();
    engine.receive({ type: "revoked" });
    const { moments } = said;
    clock.pass(10 * SECOND);
    expect([said.refusals, said.moments]).toEqual([[null, "This link was revoked."], moments]);
  });

  it("is shown again when its link opens again, and keeps nothing of before", () => {
    const { clock, engine, said, show } = startWall();
    engine.refuse({ code: "wall-elsewhere", reason: "Not from there." });
    clock.pass(300 * SECOND);
    const { moments } = said;
    expect(said.reloads).toBe(0);
    show([row(7, "Failed")]);
    expect(said).toMatchObject({
      moments: moments + 1,
      refusals: [null, "Not from there.", null],
      failures: 0,
      last: { rows: [{ name: "compute-7" }] },
    });
  });
});
