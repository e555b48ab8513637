import { describe, expect, it } from "vitest";
import { SECOND, row, startWall } from "./engine.sample";

describe("what a wall turns to", () => {
  it("stops turning when a node fails, and not for one that had failed before it was first seen", () => {
    const { clock, engine, said, show } = startWall({ rotate: ["used-cpu", "used-memory"] });
    clock.pass(10 * SECOND);
    engine.receive({ type: "rows", changed: [row(1, "Failed")], gone: [] });
    clock.pass(119 * SECOND);
    expect(said.last).toMatchObject({ turn: 0, progress: null });
    clock.pass(40 * SECOND);
    expect(said.last?.turn).toBe(1);
    show([row(0), row(1, "Failed"), row(2)]);
    clock.pass(2 * SECOND);
    expect(said.last?.progress).not.toBeNull();
  });

  it("goes to the colour that shows what an alarm is about, and stays where it is when none does", () => {
    const { clock, engine, said } = startWall({ rotate: ["used-cpu", "used-memory", "status"] });
    engine.receive({ type: "alarm", color: "used-memory" });
    clock.pass(119 * SECOND);
    expect(said.last).toMatchObject({ turn: 1, progress: null });
    engine.receive({ type: "alarm", color: null });
    clock.pass(119 * SECOND);
    expect(said.last).toMatchObject({ turn: 1, progress: null });
    engine.receive({ type: "rows", changed: [row(1, "Fenced")], gone: [] });
    clock.pass(2 * SECOND);
    expect([said.last?.turn, said.failures]).toEqual([2, 1]);
    // The node has been seen: it is not new a second time.
    engine.receive({ type: "rows", changed: [{ ...row(1, "Fenced"), reason: "Lost" }], gone: [] });
    expect(said.failures).toBe(1);
  });

  it("is dim at night, and bright for two minutes when something happens", () => {
    const { clock, engine, said } = startWall({ night: { from: 12 * 60 + 1, to: 13 * 60 } });
    clock.pass(59 * SECOND);
    expect(said.last?.dimmed).toBe(false);
    clock.pass(2 * SECOND);
    expect(said.last?.dimmed).toBe(true);
    engine.receive({ type: "rows", changed: [row(1, "Failed")], gone: [] });
    clock.pass(SECOND);
    expect(said.last?.dimmed).toBe(false);
    clock.pass(121 * SECOND);
    expect(said.last?.dimmed).toBe(true);
  });
});
