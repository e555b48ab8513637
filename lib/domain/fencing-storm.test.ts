import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, type Watch, type WatchedNode } from "./fencing";
import { Fencing } from "./settings";
import { type NodeStatus } from "./status";
import { NOW, GONE, node } from "./fencing.sample";

describe("whatever happens", () => {
  const settings = Fencing.parse({ quietAfterStartSeconds: 60, quietPerNodeSeconds: 60 });
  const NAMES = ["n0", "n1", "n2", "n3", "n4", "c0", "c1", "c2"] as const;
  const STATUSES: NodeStatus[] = ["Active", "Active", "Active", "Failed", "Fenced", "EnteringMaintenance", "InMaintenance", "Unfencing"];
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant("silence" as const), who: fc.constantFrom(...NAMES) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("answer" as const), who: fc.constantFrom(...NAMES) }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: 5, max: 120 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("serviced" as const), who: fc.constantFrom(...NAMES) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("ends" as const), well: fc.boolean() }) },
  );

  it("never fences two at once, nor without quorum, nor while isolated, nor what is serviced, nor too soon", () => {
    let fences = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...STATUSES), { minLength: 8, maxLength: 8 }),
        fc.array(step, { minLength: 5, maxLength: 60 }),
        (statuses, steps) => {
          let now = NOW.getTime();
          let since = now - 3_600_000;
          const nodes = NAMES.map((name, index) =>
            node(name, {
              role: name.startsWith("c") ? "Control" : "Worker",
              status: statuses[index] ?? "Active",
              heartbeatAt: new Date(now),
            }),
          );
          const silent = new Set<string>();
          const ended = new Map<string, number>();
          let inFlight: WatchedNode | null = null;
          for (const one of steps) {
            const target = "who" in one ? nodes.find(({ name }) => name === one.who) : undefined;
            if (one.do === "silence" && target) silent.add(target.name);
            if (one.do === "answer" && target) silent.delete(target.name);
            if (one.do === "wait") now += one.seconds * 1000;
            if (one.do === "restart") since = now;
            if (one.do === "serviced" && target && inFlight?.name !== target.name) target.status = "InMaintenance";
            if (one.do === "ends" && inFlight) {
              inFlight.lastTry = one.well ? null : { endedAt: new Date(now), failures: (inFlight.lastTry?.failures ?? 0) + 1 };
              if (one.well) inFlight.status = "Fenced";
              ended.set(inFlight.name, now);
              inFlight = null;
            }
            for (const each of nodes) {
              if (!silent.has(each.name)) Object.assign(each, { heartbeatAt: new Date(now), failedRounds: 0, checks: [] });
              else Object.assign(each, { checks: GONE, checkedAt: new Date(now), failedRounds: each.failedRounds + 1 });
            }
            const flying: WatchedNode | null = inFlight;
            const seen: Watch = {
              now: new Date(now),
              since: new Date(since),
              settings,
              intervalSeconds: 10,
              nodes,
              inFlight: flying && { nodeId: flying.id, name: flying.name },
            };
            const decision = decide(seen);
            const waiting = nodes.filter(({ status }) => ["Active", "Failed", "EnteringMaintenance", "Unfencing"].includes(status));
            const missed = waiting.filter(({ heartbeatAt }) => now - Math.max(heartbeatAt.getTime(), since) > 30_000);
            const cutOff =
              missed.length > 0 && (missed.length === waiting.length || (waiting.length >= 3 && missed.length * 2 >= waiting.length));
            if (cutOff) expect([decision.fail, decision.fence, decision.unfence]).toEqual([[], null, []]);
            for (const { node: failing } of decision.fail) {
              expect(failing.status).toBe("Active");
              expect(silent).toContain(failing.name);
              failing.status = "Failed";
            }
            for (const recovered of decision.unfence) expect(recovered.status).toBe("Fenced");
            const fence = decision.fence;
            if (!fence) continue;
            fences += 1;
            expect(inFlight).toBeNull();
            expect(silent).toContain(fence.name);
            expect(["Failed", "EnteringMaintenance", "Unfencing"]).toContain(fence.status);
            expect(now - since).toBeGreaterThanOrEqual(60_000);
            expect(now - (ended.get(fence.name) ?? 0)).toBeGreaterThanOrEqual(fence.lastTry ? 60_000 : 0);
            if (fence.role === "Control") {
              const others = nodes.filter(
                ({ role, name, status, heartbeatAt }) =>
                  role === "Control" && name !== fence.name && status === "Active" && now - heartbeatAt.getTime() <= 30_000,
              );
              expect(others.length).toBe(2); // of three: the other two
            }
            inFlight = fence;
          }
        },
      ),
      { numRuns: 3000 },
    );
    // A walk that never came to a fence would prove nothing.
    expect(fences).toBeGreaterThan(500);
  });
});
