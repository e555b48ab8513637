import { describe, expect, it } from "vitest";
import { SECOND, row, startWall } from "./engine.sample";

describe("a wall loads itself anew", () => {
  it("loads itself anew for a new version when nothing has changed for a minute", () => {
    const { clock, engine, said } = startWall();
    engine.receive({ type: "rows", changed: [row(1, "Fenced")], gone: [] });
    engine.receive({ type: "build", build: "b" });
    clock.pass(50 * SECOND);
    engine.receive({ type: "beat", at: clock.time });
    expect(said.reloads).toBe(0);
    clock.pass(11 * SECOND);
    expect(said.reloads).toBe(1);
    // Whoever does not answer is asked again after a while, and not each second.
    engine.receive({ type: "beat", at: clock.time });
    clock.pass(20 * SECOND);
    expect(said.reloads).toBe(3);
  });

  it("is loaded anew at a moment of its own, when all screens hear of another version at once", () => {
    const { clock, engine, said } = startWall();
    clock.pass(300 * SECOND);
    clock.random = () => 1;
    engine.receive({ type: "build", build: "b" });
    for (let passed = 0; passed < 119; passed += 1) {
      engine.receive({ type: "build", build: "b" });
      clock.pass(SECOND);
    }
    expect(said.reloads).toBe(0);
    clock.pass(2 * SECOND);
    expect(said.reloads).toBe(1);
  });

  it("knows which version it is of itself, and not by the first that it hears of", () => {
    const { clock, engine, said } = startWall({ hears: "b" });
    clock.pass(300 * SECOND);
    engine.receive({ type: "beat", at: clock.time });
    clock.pass(2 * SECOND);
    expect(said.reloads).toBeGreaterThan(0);
  });

  it("loads itself anew when nothing was drawn for a minute, unless it is hidden", () => {
    const { clock, said } = startWall();
    said.draws = false;
    said.visible = false;
    clock.pass(120 * SECOND);
    expect(said.reloads).toBe(0);
    said.visible = true;
    clock.pass(2 * SECOND);
    expect(said.reloads).toBeGreaterThan(0);
  });
});
