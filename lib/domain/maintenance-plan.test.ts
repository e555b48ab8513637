import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refuse } from "../outcome";
import {
  isPhase,
  maybePassing,
  phasesOf,
  PLAN_NODE_STATES,
  PLAN_STATES,
  planStep,
  takeUp,
  windowRefusal,
  type PlanFacts,
  type PlanNodeFacts,
  type PlanNodeState,
  type PlanState,
} from "./maintenance-plan";
import { NODE_STATUS_IDS } from "./status";

const NOW = new Date("2026-11-27T02:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const WHY = refuse("preflight-passthrough", "A VM with a GPU is running.");
const plan = (facts: Partial<PlanFacts> = {}): PlanFacts => ({
  state: "running",
  windowFrom: at(-10),
  windowTo: null,
  reboot: false,
  activate: true,
  ...facts,
});
const node = (state: PlanNodeState, ended: PlanNodeFacts["ended"] = null, name = "compute-01"): PlanNodeFacts => ({ name, state, ended });

describe("what comes next", () => {
  it("waits for the window, takes the nodes in their order, and ends", () => {
    const nodes = [node("waiting"), node("waiting")];
    expect(planStep(plan({ state: "planned", windowFrom: at(1) }), nodes, NOW)).toEqual({ do: "wait" });
    expect(planStep(plan({ state: "planned", windowFrom: NOW }), nodes, NOW)).toEqual({ do: "begin", position: 0 });
    expect(planStep(plan(), [node("done"), node("waiting")], NOW)).toEqual({ do: "begin", position: 1 });
    expect(planStep(plan(), [node("skipped"), node("done")], NOW)).toEqual({ do: "end" });
  });

  it("waits for the node that is out, and takes it through what was asked for", () => {
    expect(planStep(plan(), [node("draining"), node("waiting")], NOW)).toEqual({ do: "wait" });
    const after = (facts: Partial<PlanFacts>, state: PlanNodeState) => planStep(plan(facts), [node(state, "well")], NOW);
    expect(after({}, "draining")).toEqual({ do: "enter", position: 0, phase: "activating" });
    expect(after({ reboot: true }, "draining")).toEqual({ do: "enter", position: 0, phase: "rebooting" });
    expect(after({ reboot: true }, "rebooting")).toEqual({ do: "enter", position: 0, phase: "activating" });
    expect(after({ reboot: true, activate: false }, "rebooting")).toEqual({ do: "enter", position: 0, phase: "inspecting" });
    expect(after({ activate: false }, "draining")).toEqual({ do: "end-node", position: 0 });
    expect(after({}, "activating")).toEqual({ do: "end-node", position: 0 });
  });

  it("stops at the node that failed, with its words", () => {
    expect(planStep(plan(), [node("done"), node("draining", WHY)], NOW)).toEqual({ do: "stop", position: 1, refusal: WHY });
  });

  it("begins no node after the window, and brings the one that is out to its end", () => {
    const over = plan({ windowTo: NOW });
    const three = [node("waiting"), node("waiting"), node("waiting")];
    expect(planStep(over, three, at(-1))).toEqual({ do: "begin", position: 0 });
    expect(planStep(over, three, NOW)).toMatchObject({
      do: "stop",
      position: null,
      refusal: { code: "window-over", reason: "The window is over; compute-01 and 2 more were not begun." },
    });
    expect(planStep(over, [node("draining", "well"), node("waiting")], NOW)).toMatchObject({ do: "enter", phase: "activating" });
    expect(planStep(over, [node("done")], NOW)).toEqual({ do: "end" });
  });

  it.each(["stopped", "done", "cancelled"] as const)("does nothing for a plan that is %s", (state) => {
    for (const ended of [null, "well", WHY] as const)
      for (const of of Object.keys(PLAN_NODE_STATES) as PlanNodeState[])
        // a constant object's own keys
        expect(planStep(plan({ state }), [node(of, ended)], NOW)).toEqual({ do: "wait" });
  });
});

describe("a node that the plan had in hand before", () => {
  const both = { reboot: true, activate: true };
  it("is begun anew where it was not begun, or is back in service", () => {
    for (const status of NODE_STATUS_IDS) expect(takeUp(null, status, both)).toBe("draining");
    expect(takeUp("draining", "Active", both)).toBe("draining");
    expect(takeUp("rebooting", "Failed", both)).toBe("draining");
  });
  it("goes on where it stands", () => {
    expect(takeUp("draining", "EnteringMaintenance", both)).toBe("continue");
    expect(takeUp("draining", "InMaintenance", both)).toBe("rebooting");
    expect(takeUp("draining", "InMaintenance", { reboot: false, activate: false })).toBe("end-node");
    expect(takeUp("rebooting", "InMaintenance", both)).toBe("rebooting");
    expect(takeUp("activating", "InMaintenance", both)).toBe("activating");
  });
  it("is done where somebody has brought it back by hand", () => expect(takeUp("activating", "Active", both)).toBe("end-node"));
});

describe("what a moment may mend", () => {
  it("is asked again for a minute; what stays is not", () => {
    const silent = refuse("preflight-workload", "It does not answer.");
    expect(maybePassing(silent, null, NOW)).toBe(true);
    expect(maybePassing(silent, at(-0.9), NOW)).toBe(true);
    expect(maybePassing(silent, at(-1), NOW)).toBe(false);
    expect(maybePassing(WHY, null, NOW)).toBe(false);
  });
});

describe("a window", () => {
  it("has its end after its beginning and after now", () => {
    expect(windowRefusal({ from: null, to: null }, NOW)).toBeNull();
    expect(windowRefusal({ from: at(-60), to: at(1) }, NOW)).toBeNull();
    expect(windowRefusal({ from: at(60), to: at(30) }, NOW)).toMatchObject({ field: "to" });
    expect(windowRefusal({ from: at(-60), to: NOW }, NOW)).toMatchObject({ field: "to" });
    expect(windowRefusal({ from: at(600_000), to: null }, NOW)).toMatchObject({ field: "from" });
  });
});

type Run = { plan: PlanFacts; nodes: PlanNodeFacts[]; begun: { at: Date; state: PlanState }[] };

/** As the service does it, with what the machines say from outside. */
function apply(run: Run, now: Date): void {
  const step = planStep(run.plan, run.nodes, now);
  const set = (position: number, state: PlanNodeState) => {
    const known = run.nodes[position];
    if (known) run.nodes[position] = { ...known, state, ended: null };
  };
  if (step.do === "begin") {
    run.begun.push({ at: now, state: run.plan.state });
    run.plan = { ...run.plan, state: "running" };
    set(step.position, "draining");
  } else if (step.do === "enter") set(step.position, step.phase);
  else if (step.do === "end-node") set(step.position, "done");
  else if (step.do === "stop") {
    if (step.position !== null) set(step.position, "failed");
    run.plan = { ...run.plan, state: "stopped" };
  } else if (step.do === "end") run.plan = { ...run.plan, state: "done" };
}

describe("whatever happens in whatever order", () => {
  const happening = fc.oneof(
    fc.record({ what: fc.constant("time" as const), minutes: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ what: fc.constant("well" as const) }),
    fc.record({ what: fc.constant("badly" as const) }),
    fc.record({ what: fc.constant("go on" as const), skip: fc.boolean() }),
    fc.record({ what: fc.constant("cancel" as const) }),
    fc.record({ what: fc.constant("look" as const) }),
  );
  const scene = fc.record({
    count: fc.integer({ min: 1, max: 6 }),
    from: fc.integer({ min: -5, max: 60 }),
    length: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
    reboot: fc.boolean(),
    activate: fc.boolean(),
    happenings: fc.array(happening, { maxLength: 80 }),
  });

  it("never has two nodes out, begins none outside the window, and nothing while it is stopped or over", () => {
    fc.assert(
      fc.property(scene, ({ count, from, length, reboot, activate, happenings }) => {
        const [windowFrom, windowTo] = [at(from), length === null ? null : at(from + length)];
        const run: Run = {
          plan: plan({ state: "planned", windowFrom, windowTo, reboot, activate }),
          nodes: Array.from({ length: count }, (_, index) => node("waiting", null, `compute-${index}`)),
          begun: [],
        };
        let now = NOW;
        for (const happens of happenings) {
          if (happens.what === "time") now = new Date(now.getTime() + happens.minutes * 60_000);
          const end = happens.what === "well" ? ("well" as const) : happens.what === "badly" ? WHY : null;
          if (end) run.nodes = run.nodes.map((known) => (isPhase(known.state) && known.ended === null ? { ...known, ended: end } : known));
          if (happens.what === "cancel" && PLAN_STATES[run.plan.state].open) run.plan = { ...run.plan, state: "cancelled" };
          if (happens.what === "go on" && run.plan.state === "stopped") {
            run.plan = { ...run.plan, state: "running" };
            const to: PlanNodeState = happens.skip ? "skipped" : "waiting";
            run.nodes = run.nodes.map((known) => (known.state === "failed" ? { ...known, state: to, ended: null } : known));
          }
          apply(run, now);
          expect(run.nodes.filter(({ state }) => isPhase(state)).length).toBeLessThanOrEqual(1);
          if (run.plan.state === "done") expect(run.nodes.every(({ state }) => ["done", "skipped"].includes(state))).toBe(true);
        }
        for (const { at: moment, state } of run.begun) {
          expect(moment >= windowFrom && (windowTo === null || moment < windowTo)).toBe(true);
          expect(["planned", "running"]).toContain(state);
        }
      }),
    );
  });

  it("brings a plan to its end when nothing stands against it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.boolean(), fc.boolean(), (count, reboot, activate) => {
        const run: Run = {
          plan: plan({ state: "planned", reboot, activate }),
          nodes: Array.from({ length: count }, () => node("waiting")),
          begun: [],
        };
        let steps = 0;
        for (; run.plan.state !== "done" && steps < 100; steps += 1) {
          apply(run, NOW);
          run.nodes = run.nodes.map((known) => (isPhase(known.state) ? { ...known, ended: "well" as const } : known));
        }
        expect(run.begun).toHaveLength(count);
        expect(steps).toBe(count * (phasesOf(run.plan).length + 1) + 1);
      }),
    );
  });
});
