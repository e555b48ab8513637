import { describe, expect, it } from "vitest";
import { beforeMove } from "./move-vm";

const WAY = { source: "10.0.0.1", target: "compute-2" };
const known = (here: string, runsThere: boolean, followed = false) => beforeMove("web1", { here, runsThere, followed }, WAY);

describe("before a move", () => {
  it("moves what runs here, or waits here paused", () => {
    expect([known("running", false), known("paused", false), known("paused", true)]).toEqual([null, null, null]);
  });

  it("says where a machine is that is not here any more", () => {
    expect(known("absent", true)).toEqual({ ok: true, value: "already there" });
    expect(known("absent", false, true)).toEqual({ ok: true, value: "moved" });
    expect(known("shut off", false)).toEqual({ ok: true, value: "no longer runs" });
  });

  it("moves neither of two that run at the same time", () => {
    expect(known("running", true)).toMatchObject({
      code: "vm-twice",
      reason: "web1 runs on 10.0.0.1 and on compute-2 at the same time. Regent moves neither.",
    });
  });
});
