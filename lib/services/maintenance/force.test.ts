/** Maintenance by force: who may, after how long, on what he saw, and once. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import type { Call } from "../call";
import { noDatabase, unlessSkipped } from "../testing";
import { forceMaintenance } from "./force";
import { challengeForce, type Challenge } from "./force-challenge";
import { lastMaintenance } from "./read";
import { plantHypervisor } from "./testing";
import { code, REASON, useMaintenance, value } from "./testing-maintenance";

describe.skipIf(noDatabase)(unlessSkipped("maintenance by force"), { timeout: 60_000 }, () => {
  const { ada, grace, nodeOf, inSession, begin } = useMaintenance();

  /** As if the safety timer had run for so long. */
  const passes = (id: string, seconds: number) =>
    db.$executeRaw`UPDATE force_challenge SET not_before = not_before - ${seconds} * interval '1 second', expires_at = expires_at - ${seconds} * interval '1 second' WHERE id = ${id}::uuid`;
  const ask = async (id: string, call: Call): Promise<Challenge> =>
    value(await challengeForce({ nodeId: id, version: (await nodeOf(id)).version }, call));

  it("enters at once with its exact sentence, the names of what stops, and the reason", async () => {
    const { id: targetId } = await db.notifyTarget.create({ data: { kind: "email", name: "Ada", address: "ada@example.com" } });
    const node = await plantHypervisor(64, [8, 2]);
    await plantHypervisor(64, []);
    const call = inSession(ada());
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

  it("ends a drain that hangs, and the stay is of whoever forced it", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    value(await begin(node.id));
    const call = inSession(grace());
    const challenge = await ask(node.id, call);
    await passes(challenge.id, 31);
    value(await forceMaintenance({ nodeId: node.id, challengeId: challenge.id, name: node.name, reason: REASON }, call));
    expect(await lastMaintenance(node.id)).toMatchObject({
      forced: true,
      cameFrom: "Active",
      endedAt: null,
      reason: REASON,
      actorName: "Grace",
    });
    const running = await db.operation.findMany({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } });
    expect(running.map(({ kind }) => kind)).toEqual(["forceMaintenance"]);
  });

  it("accepts none of 1,000 attempts that are too early, too late, repeated, somebody else's, or on a changed node", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    const call = inSession(ada());
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
      await inParallel(10, () => attempt(early.id, inSession(grace())));
      await inParallel(10, () => attempt(early.id, inSession(ada(), "another")));
      await inParallel(10, () => attempt(early.id, ada().call()));
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
