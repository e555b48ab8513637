/** The way out and the way back as administrators ask for it, on a real PostgreSQL; what the machines say is in the worker's tests. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import type { Call } from "../call";
import { verifyChain } from "../events/verify";
import { readViolations } from "../invariants";
import { claimOperation } from "../operations/claim";
import { failOperation } from "../operations/fail";
import { lockOperation } from "../operations/lock";
import { endOverdue } from "../operations/overdue";
import { SYSTEM } from "../actor";
import { moveNode } from "../nodes/move";
import { requireTransition } from "../nodes/transitions";
import { lockRegion } from "../region";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { beginMaintenance } from "./begin";
import { cancelMaintenance } from "./cancel";
import { forceMaintenance } from "./force";
import { challengeForce, type Challenge } from "./force-challenge";
import { continueMaintenance, extendMaintenance } from "./go-on";
import { moveBack } from "./move-back";
import { readPreflight } from "./preflight";
import { lastRemoval } from "./last-removal";
import { lastMaintenance } from "./read";
import { removeNode, type RemoveInput } from "./remove";
import { answers, emptyRegion, plantHypervisor } from "./testing";

const REASON = "A memory module reports errors.";
const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`);
  return outcome.value;
};
const code = (outcome: Outcome<unknown>): string => (outcome.ok ? "ok" : outcome.code);
const session = (text: string) => new Uint8Array(Buffer.from(text.padEnd(32)));

describe.skipIf(noDatabase)(unlessSkipped("maintenance"), { timeout: 240_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  let grace: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "admin");
    grace = await addUser("Grace", "admin");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(emptyRegion);
  afterEach(async () => {
    const broken = await readViolations({ events: true });
    if (broken.length) throw new Error(broken.map(({ sentence }) => sentence).join(" "));
  });

  const nodeOf = (id: string) => db.node.findUniqueOrThrow({ where: { id } });
  const inSession = (user: typeof ada, name = "one"): Call => ({
    ...user.call(),
    sessionHash: session(`${name} of ${user.id.slice(0, 8)}`),
  });
  const begin = async (id: string, call = ada.call()) => beginMaintenance({ nodeId: id, version: (await nodeOf(id)).version }, call);

  it("begins with the plan that the dialog showed", async () => {
    const node = await plantHypervisor(64, [8, 4]);
    const other = await plantHypervisor(64, [2]);
    const shown = value(await readPreflight(node.id, "operator"));
    expect(shown.refusal).toBeNull();
    expect(shown.placement.targets).toMatchObject([{ name: other.name, vms: 2 }]);
    value(await begin(node.id));
    expect(await nodeOf(node.id)).toMatchObject({ status: "EnteringMaintenance", version: node.version + 1 });
    const record = await lastMaintenance(node.id);
    expect(record).toMatchObject({ cameFrom: "Active", forced: false, endedAt: null, plan: { targets: [{ name: other.name, vms: 2 }] } });
    expect(record?.lines.map(({ state, targetName }) => [state, targetName])).toEqual([
      ["waiting", other.name],
      ["waiting", other.name],
    ]);
    expect(value(await verifyChain()).brokenAt).toBeNull();
  });

  it("counts what is promised: the second plan sees the memory of the first as spent", async () => {
    const [first, second] = [await plantHypervisor(32, [16]), await plantHypervisor(32, [16])];
    await plantHypervisor(32, [8]);
    value(await begin(first.id));
    const refused = await begin(second.id);
    expect(refused).toMatchObject({ ok: false, code: "preflight-memory" });
    expect(value(await readPreflight(second.id, "operator")).checks.find(({ id }) => id === "together")).toMatchObject({ state: "fail" });
  });

  it("is cancelled back to where it came from, continued, extended, and never waits in silence", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    const { operationId } = value(await begin(node.id));
    const claimed = await claimOperation(operationId, "w");
    expect(code(await continueMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada.call()))).toBe("busy");
    const before = (await nodeOf(node.id)).deadlineAt;
    value(await extendMaintenance({ nodeId: node.id }, ada.call()));
    expect((await nodeOf(node.id)).deadlineAt?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity);

    await db.$transaction(async (tx) =>
      failOperation(tx, await lockOperation(tx, claimed!), "", { ok: false, code: "vms-stay", reason: "web1 stays." }),
    );
    expect(await nodeOf(node.id)).toMatchObject({ status: "EnteringMaintenance", statusReason: "web1 stays.", deadlineAt: null });
    expect(code(await extendMaintenance({ nodeId: node.id }, ada.call()))).toBe("not-running");
    value(await continueMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada.call()));
    value(await cancelMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada.call()));
    expect(await nodeOf(node.id)).toMatchObject({ status: "Active", statusReason: null });
    expect(await lastMaintenance(node.id)).toMatchObject({ outcome: "Cancelled" });
    const running = await db.operation.findMany({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } });
    expect(running.map(({ kind }) => kind)).toEqual(["cancelMaintenance"]);
    expect(code(await moveBack({ nodeId: node.id }, ada.call()))).toBe("busy");
  });

  it("past its deadline stays and says so, or rolls back where the region wants that", async () => {
    await plantHypervisor(64, []);
    for (const [policy, status] of [
      ["ask", "EnteringMaintenance"],
      ["rollback", "Active"],
    ] as const) {
      await db.$executeRaw`UPDATE region SET settings = jsonb_build_object('drainDeadline', ${policy}::text)`;
      const node = await plantHypervisor(64, [8]);
      const { operationId } = value(await begin(node.id));
      await claimOperation(operationId, "w");
      await db.$executeRaw`UPDATE operation SET deadline_at = now() - interval '1 second' WHERE id = ${operationId}::uuid`;
      await endOverdue();
      expect(await nodeOf(node.id)).toMatchObject({ status });
      if (policy === "ask") expect((await nodeOf(node.id)).statusReason).toMatch(/did not end within its deadline/);
    }
    await db.$executeRaw`UPDATE region SET settings = '{}'`;
  });

  it("lets three administrators take three nodes at once, 300 rounds: never below one Active node or the memory needed", async () => {
    const users = [ada, grace, await addUser("Mary", "operator")];
    const ROUNDS = 300;
    let [granted, refusedByMemory, refusedByLast] = [0, 0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      await emptyRegion();
      // Three nodes of 32 GiB with 12 in use: two others hold one node's VMs, one other can not hold two nodes' VMs.
      const heavy = round % 2 === 0;
      const nodes = await Promise.all([0, 1, 2].map(() => plantHypervisor(32, heavy ? [12] : [])));
      const outcomes = await Promise.all(
        nodes.map((node, index) => beginMaintenance({ nodeId: node.id, version: node.version }, users[index]!.call())),
      );
      granted += outcomes.filter(({ ok }) => ok).length;
      refusedByMemory += outcomes.filter((outcome) => code(outcome) === "preflight-memory").length;
      refusedByLast += outcomes.filter((outcome) => code(outcome) === "no-other-active").length;
      const active = await db.node.findMany({ where: { status: "Active" } });
      expect(active.length).toBeGreaterThanOrEqual(1);
      const [{ over }] = (await db.$queryRaw`
        SELECT count(*)::int AS over FROM node n WHERE n.status = 'Active' AND n.vm_memory_total_bytes + coalesce(
          (SELECT sum(memory_bytes) FROM maintenance_vm v WHERE v.target_id = n.id), 0) > n.memory_bytes * 0.9`) as [{ over: number }];
      expect(over).toBe(0);
    }
    console.log(
      `${ROUNDS} rounds of three: ${granted} granted, ${refusedByMemory} refused for memory, ${refusedByLast} for the last Active node`,
    );
    expect([refusedByMemory > 0, refusedByLast > 0]).toEqual([true, true]);
  });

  describe("by force", () => {
    /** As if the safety timer had run for so long. */
    const passes = (id: string, seconds: number) =>
      db.$executeRaw`UPDATE force_challenge SET not_before = not_before - ${seconds} * interval '1 second', expires_at = expires_at - ${seconds} * interval '1 second' WHERE id = ${id}::uuid`;
    const ask = async (id: string, call: Call): Promise<Challenge> =>
      value(await challengeForce({ nodeId: id, version: (await nodeOf(id)).version }, call));

    it("enters at once with its exact sentence, the names of what stops, and the reason", async () => {
      const { id: targetId } = await db.notifyTarget.create({ data: { kind: "email", name: "Ada", address: "ada@example.com" } });
      const node = await plantHypervisor(64, [8, 2]);
      await plantHypervisor(64, []);
      const call = inSession(ada);
      const challenge = await ask(node.id, call);
      expect(challenge.vms).toHaveLength(2);
      expect(Date.parse(challenge.notBefore) - Date.parse(challenge.now)).toBe(30_000);
      await passes(challenge.id, 31);
      value(await forceMaintenance({ nodeId: node.id, challengeId: challenge.id, name: node.name, reason: REASON }, call));
      expect(await nodeOf(node.id)).toMatchObject({ status: "InMaintenance", statusReason: `Forced: ${REASON}` });
      const event = await db.event.findFirstOrThrow({ where: { nodeId: node.id, transition: "T39" } });
      expect(event.message).toBe(`Node ${node.name} is being forcefully deactivated. Ada: ${REASON}`);
      expect((event.details as { stops: unknown[] }).stops).toHaveLength(2);
      const { note } = await db.notification.findFirstOrThrow({ where: { targetId } });
      expect(note).toMatchObject({
        kind: "event",
        node: node.name,
        title: `${node.name} was forced into maintenance`,
        message: expect.stringMatching(/^2 virtual machines stop: .* Reason: /) as string,
        by: "Ada",
      });
    });

    it("ends a drain that hangs", async () => {
      const node = await plantHypervisor(64, [8]);
      await plantHypervisor(64, []);
      value(await begin(node.id));
      const call = inSession(ada);
      const challenge = await ask(node.id, call);
      await passes(challenge.id, 31);
      value(await forceMaintenance({ nodeId: node.id, challengeId: challenge.id, name: node.name, reason: REASON }, call));
      expect(await lastMaintenance(node.id)).toMatchObject({ forced: true, cameFrom: "Active", endedAt: null });
      const running = await db.operation.findMany({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } });
      expect(running.map(({ kind }) => kind)).toEqual(["forceMaintenance"]);
    });

    it("accepts none of 1,000 attempts that are too early, too late, repeated, somebody else's, or on a changed node", async () => {
      const node = await plantHypervisor(64, [8]);
      await plantHypervisor(64, []);
      const call = inSession(ada);
      const attempt = (challengeId: string, by: Call, more: { name?: string; reason?: string } = {}) =>
        forceMaintenance({ nodeId: node.id, challengeId, name: node.name, reason: REASON, ...more }, { ...by, idempotencyKey: null });
      const seen = new Map<string, number>();
      const count = (outcome: Outcome<unknown>) => seen.set(code(outcome), (seen.get(code(outcome)) ?? 0) + 1);
      const inParallel = (times: number, one: () => Promise<Outcome<unknown>>) =>
        Promise.all(Array.from({ length: times }, one)).then((all) => all.forEach(count));

      const early = await ask(node.id, call);
      for (let round = 0; round < 20; round += 1) await inParallel(10, () => attempt(early.id, call));
      await passes(early.id, 15);
      for (let round = 0; round < 10; round += 1) await inParallel(10, () => attempt(early.id, call));
      await passes(early.id, 16);
      // From here on it would be accepted, but for what each of these does wrong.
      for (let round = 0; round < 10; round += 1) {
        await inParallel(10, () => attempt(early.id, inSession(grace)));
        await inParallel(10, () => attempt(early.id, inSession(ada, "another")));
        await inParallel(10, () => attempt(early.id, ada.call()));
        await inParallel(10, () => attempt(early.id, call, { name: `${node.name} ` }));
        await inParallel(10, () => attempt(early.id, call, { reason: "Short.    " }));
      }
      await passes(early.id, 301);
      for (let round = 0; round < 10; round += 1) await inParallel(10, () => attempt(early.id, call));
      const stale = await ask(node.id, call);
      await passes(stale.id, 31);
      await db.node.update({ where: { id: node.id }, data: { version: { increment: 1 } } });
      await inParallel(50, () => attempt(stale.id, call));
      await inParallel(50, () => attempt("00000000-0000-4000-8000-000000000000", call));
      console.log([...seen].map(([what, times]) => `${what}: ${times}`).join(", "));
      expect([...seen.values()].reduce((sum, times) => sum + times, 0)).toBe(1000);
      expect(seen.get("ok")).toBeUndefined();
      expect(await nodeOf(node.id)).toMatchObject({ status: "Active" });

      const good = await ask(node.id, call);
      await passes(good.id, 31);
      const twice = await Promise.all(Array.from({ length: 20 }, () => attempt(good.id, call)));
      expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await db.event.count({ where: { nodeId: node.id, transition: "T39" } })).toBe(1);
    });
  });

  it("looks before it removes when asked to, and closes a record only with a name and a reason", async () => {
    const node = await plantHypervisor(64, []);
    const other = await plantHypervisor(64, []);
    value(await begin(node.id));
    await db.$executeRaw`UPDATE operation SET status = 'succeeded', finished_at = now()`;
    await db.$transaction(async (tx) => {
      const [now, region] = [await tx.node.findUniqueOrThrow({ where: { id: node.id } }), await lockRegion(tx)];
      await moveNode(tx, now, region, { transition: requireTransition(now.status, "drained"), actor: SYSTEM, message: "Drained." });
    });
    const remove = async (more: Partial<RemoveInput>) =>
      removeNode({ nodeId: node.id, version: (await nodeOf(node.id)).version, recordOnly: false, ...more }, ada.call());
    expect(await lastRemoval(node.id)).toBeNull();
    expect(await remove({ recordOnly: true, reason: REASON })).toMatchObject({ code: "wrong-name", field: "name" });
    expect(await remove({ recordOnly: true, name: node.name, reason: "lost" })).toMatchObject({ code: "short-reason", field: "reason" });
    const { operationId } = value(await remove({ checkOnly: true }));
    expect(await lastRemoval(node.id)).toMatchObject({ operationId, running: true, checkOnly: true, refusal: null });
    expect(await db.event.count({ where: { nodeId: node.id, kind: "maintenance.removal" } })).toBe(0);
    const claimed = await claimOperation(operationId, "w");
    await db.$transaction(async (tx) =>
      failOperation(tx, await lockOperation(tx, claimed!), "", { ok: false, code: "pools-degraded", reason: "md0 is degraded." }),
    );
    expect(await lastRemoval(node.id)).toMatchObject({ running: false, refusal: { code: "pools-degraded" } });
    value(await remove({ recordOnly: true, name: node.name, reason: REASON }));
    expect(await db.event.count({ where: { nodeId: node.id, kind: "maintenance.removal" } })).toBe(1);
    expect(await lastRemoval(other.id)).toBeNull();
  });

  it("tells how far a drain is, and what one more loss would leave", async () => {
    const node = await plantHypervisor(64, [8, 4]);
    await plantHypervisor(64, [2]);
    await plantHypervisor(64, [40]);
    // 128 GiB on both, 54 given with those that come; without one of them 64 are left for all.
    expect(value(await readPreflight(node.id, "operator")).headroom).toMatchObject({ leftBytes: 10 * 2 ** 30 });
    value(await begin(node.id));
    const stay = await lastMaintenance(node.id);
    expect(stay?.progress).toMatchObject({ count: 2, over: 0, movedBytes: 0, totalBytes: 12 * 2 ** 30, leftMs: null });
    expect(stay?.rules).toEqual({ tries: 3, deadline: "ask" });
  });

  it("does not drain what can not be seen", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    await db.$executeRaw`UPDATE metrics.node_now SET sampled_at = now() - interval '2 minutes' WHERE node_id = ${node.id}::uuid`;
    expect(await begin(node.id)).toMatchObject({ ok: false, code: "preflight-workload" });
    await answers(node.id);
    expect(code(await begin(node.id))).toBe("ok");
  });
});
