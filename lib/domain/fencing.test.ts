import { describe, expect, it } from "vitest";
import { cutRefusal, decide, fenceRefusal, isolation, quietMs, recoveryRefusal, stormRefusal, type WatchedNode } from "./fencing";
import type { Check } from "./fencing-records";
import { DEFAULT_SETTINGS } from "./settings";
import { NODE_STATUS_IDS, type NodeStatus } from "./status";
import { NOW, before, check, GONE, node, lost, WELL, watch, code, fails } from "./fencing.sample";

describe("a node that is silent", () => {
  const active = (facts: Partial<WatchedNode>) => lost("x", { status: "Active", ...facts });

  it("fails after its grace and enough failed checks in enough rounds", () => {
    const decided = (facts: Partial<WatchedNode>) => fails(decide(watch([active(facts), ...WELL])));
    expect(decided({})).toEqual(["x"]);
    expect(decided({ heartbeatAt: before(60) })).toEqual([]);
    expect(decided({ heartbeatAt: before(61) })).toEqual(["x"]);
    expect(decided({ heartbeatAt: before(75), vmCount: 40 })).toEqual([]);
    expect(decided({ heartbeatAt: before(81), vmCount: 40 })).toEqual(["x"]);
    expect(decided({ failedRounds: 2 })).toEqual([]);
    expect(decided({ checks: [check("kept", "gone"), check("fresh", "there")] })).toEqual([]);
    expect(decided({ checkedAt: before(31) })).toEqual([]);
    expect(decided({ busy: true })).toEqual([]);
  });

  it("says why, with what each look at it said", () => {
    const reasonOf = (checks: Check[]) => {
      const [failure] = decide(watch([active({ checks }), ...WELL])).fail;
      return [failure?.code, failure?.reason];
    };
    const fresh = check("fresh", "gone", "10.0.0.9 did not answer on port 22 within 5 s.");
    expect(reasonOf([check("kept", "gone"), fresh, check("neighbour", "unknown", "Nobody could be asked.")])).toEqual([
      "lost",
      "No heartbeat for 2 min. 10.0.0.9 did not answer on port 22 within 5 s.",
    ]);
    expect(reasonOf([check("kept", "gone"), fresh, check("bmc", "gone", "Its BMC says that it is off.")])).toEqual([
      "powered-off",
      "No heartbeat for 2 min. 10.0.0.9 did not answer on port 22 within 5 s. Its BMC says that it is off.",
    ]);
    expect(reasonOf([check("kept", "gone"), fresh, check("neighbour", "there", "b reaches it.")])[0]).toBe("cut-off");
  });

  it("fails when its host is there and its SSH service is not, and is not fenced for that", () => {
    const checks = [check("kept", "gone"), check("fresh", "down", "10.0.0.9 refused the connection."), check("neighbour", "down")];
    const [failure] = decide(watch([active({ checks }), ...WELL])).fail;
    expect([failure?.code, failure?.reason]).toEqual([
      "no-service",
      "No heartbeat for 2 min. 10.0.0.9 refused the connection. neighbour says down.",
    ]);
    expect(code(lost("x", { checks }))).toBe("seen");
    expect(code(lost("x", { checks: [...GONE, check("bmc", "gone"), check("fresh", "down")] }))).toBe("seen");
  });

  it("does not fail for what Regent itself has missed", () => {
    // After an hour without a database every heartbeat is an hour old.
    const all = ["a", "b", "c"].map((name) => active({ id: name, name, heartbeatAt: before(3600) }));
    expect(decide(watch(all, { since: before(20) }))).toMatchObject({ isolated: null, fail: [], fence: null });
    expect(fails(decide(watch([active({ asked: false }), ...WELL])))).toEqual([]);
  });

  it.each(NODE_STATUS_IDS.filter((status) => status !== "Active"))("%s never fails for its silence", (status) => {
    expect(fails(decide(watch([active({ status }), ...WELL])))).toEqual([]);
  });
});

describe("a fence", () => {
  it("begins when two independent observers miss the node, and nobody sees it", () => {
    expect(code(lost("x"))).toBeNull();
    expect(code(lost("x", { checks: GONE.slice(0, 2) }))).toBe("one-observer");
    expect(code(lost("x", { checks: [...GONE.slice(0, 2), check("bmc", "gone")] }))).toBeNull();
    expect(code(lost("x", { checks: [...GONE.slice(0, 2), check("bmc", "unknown")] }))).toBe("one-observer");
    expect(code(lost("x", { checks: [...GONE.slice(0, 2), check("neighbour", "there")] }))).toBe("seen");
    expect(code(lost("x", { failedRounds: 2 }))).toBe("looking");
    expect(code(lost("x", { heartbeatAt: before(30) }))).toBe("answers");
    expect(code(lost("x"), { settings: { ...DEFAULT_SETTINGS.fencing, automatic: false } })).toBe("by-hand");
  });

  it("waits with its reason", () => {
    expect(code(lost("x", { hasBmc: false }))).toBe("no-bmc");
    expect(code(lost("x"), { inFlight: { nodeId: "b", name: "b" } })).toBe("in-flight");
    expect(code(lost("x"), { since: before(299) })).toBe("just-started");
    expect(code(lost("x"), { since: before(300) })).toBeNull();
    expect(code(lost("x", { lastTry: { endedAt: before(179), failures: 1 } }))).toBe("quiet");
    expect(code(lost("x", { lastTry: { endedAt: before(180), failures: 1 } }))).toBeNull();
    expect(code(lost("x", { lastTry: { endedAt: before(180), failures: 2 } }))).toBe("quiet");
    expect(code(lost("x", { busy: true }))).toBe("busy");
    expect(code(lost("x", { busy: true, status: "EnteringMaintenance" }))).toBeNull();
    expect(code(lost("x", { busy: true, status: "Unfencing" }))).toBeNull();
    expect(decide(watch([lost("x", { hasBmc: false }), ...WELL])).pending.get("x")).toBe(
      "No BMC is set for this node, so its power can not be cut.",
    );
  });

  it.each(["Candidate", "Approved", "Starting", "Activating", "Fenced", "InMaintenance", "Inadequate", "Rejected", "Out"] as NodeStatus[])(
    "never begins on a node that is %s, whoever asks",
    (status) => {
      const one = lost("x", { status });
      expect(stormRefusal(one, watch([one, ...WELL]))?.code).toBe("status");
      expect(decide(watch([one, ...WELL])).fence).toBeNull();
    },
  );

  it("waits longer after each failure in a row, sixteenfold at most", () => {
    expect([1, 2, 3, 5, 6, 60].map((failures) => quietMs(failures, DEFAULT_SETTINGS.fencing) / 1000)).toEqual([
      180, 360, 720, 2880, 2880, 2880,
    ]);
  });

  it("leaves the Control quorum alone", () => {
    const control = (name: string, facts: Partial<WatchedNode> = {}) => node(name, { role: "Control", ...facts });
    const gone = lost("x", { role: "Control" });
    const refused = (others: WatchedNode[]) => fenceRefusal(gone, watch([gone, ...others, ...WELL]))?.code ?? null;
    expect(refused([control("c1"), control("c2")])).toBeNull();
    expect(refused([control("c1"), control("c2", { status: "InMaintenance" })])).toBe("quorum");
    expect(refused([control("c1"), control("c2", { heartbeatAt: before(50) })])).toBe("quorum");
    expect(refused([control("c1")])).toBeNull();
    expect(refused([])).toBe("quorum");
    expect(fenceRefusal(gone, watch([gone, control("c1", { status: "Failed" }), ...WELL]))?.reason).toBe(
      "Without x, 0 of 2 Control nodes would be Active; the cluster needs 1.",
    );
  });

  it("takes the one that has been silent for longest", () => {
    const nodes = [lost("x", { heartbeatAt: before(100) }), lost("y", { heartbeatAt: before(200) }), ...WELL];
    const decision = decide(watch(nodes));
    expect(decision.fence?.name).toBe("y");
    expect(decision.pending.get("x")).toBe("y is being fenced, and Regent fences one node at a time.");
  });
});

describe("a console that is cut off", () => {
  const region = (silent: number, total: number, status: NodeStatus = "Failed") =>
    watch(Array.from({ length: total }, (_, index) => (index < silent ? lost(`n${index}`, { status }) : node(`n${index}`))));

  it.each([
    [1, 1, true],
    [1, 2, false],
    [2, 2, true],
    [1, 3, false],
    [2, 3, true],
    [2, 4, true],
    [1, 4, false],
    [2, 5, false],
    [3, 6, true],
    [499, 1000, false],
    [500, 1000, true],
    [0, 5, false],
  ])("%i of %i silent: isolated %s", (silent, total, expected) => {
    expect(isolation(region(silent, total)) !== null).toBe(expected);
  });

  it("does nothing, and says so", () => {
    for (const status of ["Failed", "Active", "EnteringMaintenance", "Unfencing"] as const) {
      const decision = decide(region(3, 6, status));
      expect([decision.fail, decision.fence, decision.unfence]).toEqual([[], null, []]);
    }
    expect(decide(region(3, 6)).pending.get("n0")).toBe("The console is isolated: 3 of 6 nodes do not answer. Regent takes no action.");
  });

  it("is noticed before the first of many counts as lost", () => {
    const nodes = Array.from({ length: 6 }, (_, index) =>
      index < 3 ? lost(`n${index}`, { status: "Active", heartbeatAt: before(61 - index * 10) }) : node(`n${index}`),
    );
    expect(decide(watch(nodes))).toMatchObject({ isolated: { silent: 3, total: 6 }, fail: [] });
  });

  it("does not count what is meant to be silent", () => {
    const nodes = [
      ...["Fenced", "InMaintenance", "Out"].map((status, index) => lost(`s${index}`, { status: status as NodeStatus })),
      lost("x"),
      ...WELL,
    ];
    expect(decide(watch(nodes))).toMatchObject({ isolated: null, fence: { name: "x" } });
  });
});

describe("a fenced node that answers again", () => {
  const back = (facts: Partial<WatchedNode> = {}) => node("x", { status: "Fenced", beats: 3, newBoot: true, runningVms: [], ...facts });
  const refused = (facts: Partial<WatchedNode>) => recoveryRefusal(back(facts), watch([back(facts), ...WELL]))?.code ?? null;

  it("is taken back when it does so steadily and runs nothing old", () => {
    expect(refused({})).toBeNull();
    expect(refused({ beats: 2 })).toBe("unsteady");
    expect(refused({ beats: 0 })).toBe("silent");
    expect(refused({ heartbeatAt: before(40) })).toBe("silent");
    expect(refused({ runningVms: ["web1", "db1"] })).toBe("old-vms");
    expect(refused({ runningVms: ["web1"], newBoot: true })).toBe("old-vms");
    expect(refused({ runningVms: null })).toBeNull();
    expect(refused({ runningVms: null, newBoot: false })).toBe("not-surveyed");
    expect(refused({ runningVms: null, newBoot: null })).toBe("not-surveyed");
    expect(refused({ runningVms: [], newBoot: false })).toBeNull();
    expect(refused({ status: "Failed" })).toBe("status");
    expect(refused({ lastTry: { endedAt: before(10), failures: 1 } })).toBe("quiet");
    expect(decide(watch([back({ runningVms: ["web1", "db1"] }), ...WELL])).pending.get("x")).toBe(
      "It answers again, but still runs web1, db1.",
    );
  });

  it("does not wait for a Failed one: that is for an administrator", () => {
    const failed = node("x", { status: "Failed", beats: 99, newBoot: true, runningVms: [] });
    expect(decide(watch([failed, ...WELL]))).toMatchObject({ fail: [], fence: null, unfence: [] });
  });
});

/** A region that lives: nodes go and come, workers start, time passes, and what is decided is done. Nothing of it may break a rule. */
describe("a fence that is under way", () => {
  const cut = (facts: Partial<WatchedNode>, looks: Check[], manual = false) => {
    const one = lost("x", { busy: true, ...facts });
    return cutRefusal(one, watch([one, ...WELL], { inFlight: { nodeId: "x", name: "x" } }), { looks, manual });
  };
  const [fresh, neighbour] = [check("fresh", "gone"), check("neighbour", "there", "b reaches it.")];

  it("cuts the power of what is still gone for everybody", () => {
    expect(cut({}, [fresh, check("neighbour", "gone")])).toBeNull();
    expect(cut({ lastTry: { endedAt: NOW, failures: 1 } }, [fresh])).toBeNull();
  });

  it("cuts nothing that answers, or that a neighbour sees though the console does not", () => {
    expect(cut({ heartbeatAt: before(3) }, [fresh])).toMatchObject({ code: "answers" });
    expect(cut({}, [check("fresh", "there")])).toMatchObject({ code: "answers" });
    expect(cut({}, [fresh, neighbour])).toMatchObject({ code: "answers", reason: "b reaches it. Its power is not cut." });
  });

  it("does what an administrator asked for, within the limits that hold for everybody", () => {
    expect(cut({ heartbeatAt: before(3) }, [check("fresh", "there"), neighbour], true)).toBeNull();
    expect(cut({ status: "InMaintenance" }, [fresh], true)).toMatchObject({ code: "status" });
  });
});
