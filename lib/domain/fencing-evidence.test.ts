import { describe, expect, it } from "vitest";
import { evidenceRefusal, withEvidence } from "./fencing-evidence";
import type { Evidence } from "./fencing-records";

const said = (what: Evidence["what"], second: number, facts: Partial<Evidence> = {}): Evidence => ({
  what,
  outcome: "yes",
  detail: "As seen.",
  by: "Test",
  at: `2026-11-26T12:00:${String(second).padStart(2, "0")}.000Z`,
  ...facts,
});
const PROOF = [said("cut", 10), said("off", 11), said("silent", 16)];
const code = (list: Evidence[]) => evidenceRefusal(list)?.code ?? null;

describe("evidence", () => {
  it("is enough when the BMC says off after the cut, and nothing answers after that", () => {
    expect(code(PROOF)).toBeNull();
    for (const missing of PROOF) expect(code(PROOF.filter((one) => one !== missing)), missing.what).not.toBeNull();
    for (const outcome of ["no", "unknown"] as const)
      for (const one of PROOF) expect(code(withEvidence(PROOF, [{ ...one, outcome }])), `${one.what} ${outcome}`).not.toBeNull();
  });

  it("does not take an older word for a newer deed", () => {
    expect(code(withEvidence(PROOF, [said("cut", 12)]))).toBe("not-off");
    expect(code(withEvidence(PROOF, [said("off", 20)]))).toBe("still-answers");
  });

  it("is not enough by silence, by a shutdown, or by a BMC that said off before", () => {
    expect(code([said("heartbeat", 1), said("fresh", 2), said("neighbour", 3), said("power", 4), said("soft", 5), said("silent", 6)])).toBe(
      "not-off",
    );
    expect(code([])).toBe("not-off");
  });

  it("is enough by the word of an administrator who signs it", () => {
    expect(code([said("word", 1, { by: "Ada", detail: "I pulled both cords" })])).toBeNull();
    expect(code([said("word", 1, { by: "" })])).toBe("not-off");
    expect(code([said("word", 1, { detail: "" })])).toBe("not-off");
    expect(code([said("word", 1, { outcome: "no" })])).toBe("not-off");
  });

  it("is kept once of each kind, the newest, in the order of time", () => {
    const list = withEvidence(PROOF, [said("cut", 30), said("heartbeat", 5)]);
    expect(list.map(({ what, at }) => `${what} ${at.slice(17, 19)}`)).toEqual(["heartbeat 05", "off 11", "silent 16", "cut 30"]);
  });
});
