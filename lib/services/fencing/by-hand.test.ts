/** Fences by hand, the address of a BMC, and what PostgreSQL refuses by itself. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import { nodeDetail } from "../nodes/read";
import { noDatabase, unlessSkipped } from "../testing";
import { cancelMaintenance } from "../maintenance/cancel";
import { forceMaintenance } from "../maintenance/force";
import { challengeForce } from "../maintenance/force-challenge";
import { useHearts } from "./testing-hearts";
import { confirmOff } from "./confirm-off";
import { fenceNode } from "./fence-node";
import { powerOn } from "./power-on";
import { setPower } from "./power-set";
import { readFencing } from "./read";

describe.skipIf(noDatabase)(unlessSkipped("fencing by hand"), { timeout: 60_000 }, () => {
  const { admin, operator, joined, missed, withBmc, others, statusOf, look, at } = useHearts();

  describe("an administrator", () => {
    it("answers for a host with name and reason, and stands in the evidence", async () => {
      await others();
      const node = await joined("Failed", 90);
      const word = { name: node.name, reason: "I pulled both cords" };
      expect(await confirmOff({ ...(await at(node)), ...word }, operator().call())).toMatchObject({ code: "forbidden" });
      expect(await confirmOff({ ...(await at(node)), ...word, name: "other" }, admin().call())).toMatchObject({
        code: "other-name",
        field: "name",
      });
      expect(await confirmOff({ ...(await at(node)), ...word }, admin().call())).toMatchObject({ ok: true });
      // With his name and his words: a wall does not show them.
      expect(await nodeDetail(node.id)).toMatchObject({ status: "Fenced", reasonIsPersonal: true });
      const fencing = await readFencing(node.id);
      expect(fencing?.fence).toMatchObject({
        state: "confirmed",
        actorName: "Ada",
        evidence: [{ what: "word", by: "Ada", detail: "I pulled both cords" }],
      });
      const event = await db.event.findFirstOrThrow({ where: { nodeId: node.id, transition: "T23" } });
      expect([event.actorId, event.message]).toEqual([
        admin().id,
        `${node.name} is Fenced. Ada confirmed that the host is off: I pulled both cords`,
      ]);
    });

    it("may do so while another node is being fenced, and while a fence of this one hangs", async () => {
      await others();
      const [first, second] = [await joined("Failed", 200), await joined("Failed", 100)];
      await withBmc(first);
      await missed(first);
      expect(await look()).toMatchObject({ fenced: 1 });
      for (const node of [second, first])
        expect(await confirmOff({ ...(await at(node)), name: node.name, reason: "The room has no power" }, admin().call())).toMatchObject({
          ok: true,
        });
      expect([await statusOf(first), await statusOf(second)]).toEqual(["Fenced", "Fenced"]);
      expect(await db.operation.findFirst({ where: { kind: "fence" } })).toMatchObject({
        status: "failed",
        refusal: { code: "confirmed-off" },
      });
      expect(await db.fence.count({ where: { state: "confirmed" } })).toBe(2);
    });

    it("is not believed against a host that shows its own key at this moment", async () => {
      await others();
      const node = await joined("Failed", 90);
      const there = { what: "fresh", says: "there", detail: `Its SSH service answers on ${node.ip}.`, by: "Test" } as const;
      const word = async () => confirmOff({ ...(await at(node)), name: node.name, reason: "I pulled both cords" }, admin().call());
      await missed(node, { checks: [there] });
      expect(await word()).toMatchObject({ code: "answers", reason: `Its SSH service answers on ${node.ip}. So it is not off.` });
      await db.nodeHealth.updateMany({ data: { checkedAt: new Date(Date.now() - 31_000) } });
      expect(await word()).toMatchObject({ ok: true });
    });

    it("who forces a node that is being fenced ends the attempt, and others can be fenced again", async () => {
      const nodes = await others();
      const [node, next] = nodes;
      if (!node || !next) throw new Error("There are no nodes.");
      for (const one of [node, next]) await withBmc(one);
      const fence = async (one: Node) => fenceNode({ ...(await at(one)), reason: "It writes nonsense" }, admin().call());
      expect(await fence(node)).toMatchObject({ ok: true });
      const call = { ...admin().call(), sessionHash: new Uint8Array(32) };
      const challenge = await challengeForce(await at(node), call);
      if (!challenge.ok) throw new Error(challenge.reason);
      await db.$executeRaw`UPDATE force_challenge SET not_before = now() - interval '1 second'`;
      const input = { nodeId: node.id, challengeId: challenge.value.id, name: node.name, reason: "It does not end." };
      expect(await forceMaintenance(input, call)).toMatchObject({ ok: true });
      expect(await db.fence.findMany({ select: { state: true, problem: true } })).toEqual([
        { state: "unconfirmed", problem: "Ended by the Force Maintenance of Ada." },
      ]);
      expect(await fence(next)).toMatchObject({ ok: true });
    });

    it("does not cancel a maintenance while the node's power is being cut", async () => {
      await others();
      const node = await joined("EnteringMaintenance", 90);
      await withBmc(node);
      await missed(node);
      expect(await look()).toMatchObject({ fenced: 1 });
      const cancelled = await cancelMaintenance(await at(node), operator().call());
      expect(cancelled).toMatchObject({ code: "busy", reason: "Fence is running on this node, started by Regent." });
      expect(await db.operation.count({ where: { kind: "fence", status: "pending" } })).toBe(1);
      await db.operation.updateMany({ data: { status: "failed", finishedAt: new Date() } });
      expect(await cancelMaintenance(await at(node), operator().call())).toMatchObject({ ok: true });
    });

    it("is held back by the same storm limits", async () => {
      const nodes = await others();
      const [node] = nodes;
      if (!node) throw new Error("There is no node.");
      const fence = async () => fenceNode({ ...(await at(node)), reason: "It writes nonsense" }, admin().call());
      expect(await fence()).toMatchObject({ code: "no-bmc" });
      await withBmc(node);
      await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() - interval '10 seconds'`;
      expect(await fence()).toMatchObject({ code: "just-started" });
      await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() - interval '1 hour'`;
      expect(await fence()).toMatchObject({ ok: true });
      expect(await fence()).toMatchObject({ code: "in-flight" });
      expect(await fenceNode({ ...(await at(node)), reason: "It writes nonsense" }, operator().call())).toMatchObject({
        code: "forbidden",
      });
    });

    it("does it once, however often he presses", async () => {
      const [node] = await others();
      if (!node) throw new Error("There is no node.");
      await withBmc(node);
      const call = admin().call(randomUUID());
      const input = { ...(await at(node)), reason: "It writes nonsense" };
      const answers = await Promise.all(Array.from({ length: 20 }, () => fenceNode(input, call)));
      expect(new Set(answers.map((answer) => (answer.ok ? answer.value.operationId : answer.reason))).size).toBe(1);
      expect(await db.fence.count()).toBe(1);
    });

    it("switches on what is Fenced or serviced, and nothing else", async () => {
      const node = await joined("Fenced", 90);
      expect(await powerOn(await at(node), operator().call())).toMatchObject({ code: "no-bmc" });
      await withBmc(node);
      expect(await powerOn(await at(node), operator().call())).toMatchObject({ ok: true });
      const [active] = await others(1);
      expect(active && (await powerOn(await at(active), admin().call()))).toMatchObject({ code: "status" });
    });
  });

  describe("a BMC", () => {
    const typed = { address: "10.9.9.9", port: 623, login: "admin", password: "secret-of-a-bmc" };

    it("lies in a management network, is nobody else's, and is not the node itself", async () => {
      const [node, other] = await Promise.all([joined("Active", 1), joined("Active", 1)]);
      const tries = async (input: Partial<typeof typed>) => setPower({ ...(await at(node)), ...typed, ...input }, admin().call());
      expect(await tries({ address: "192.0.2.1" })).toMatchObject({ code: "address-not-allowed", field: "address" });
      expect(await tries({ address: "169.254.169.254" })).toMatchObject({ code: "address-not-allowed", field: "address" });
      expect(await tries({ address: node.ip })).toMatchObject({ code: "same-address", field: "address" });
      await withBmc(other, "10.9.9.9");
      expect(await tries({})).toMatchObject({ code: "duplicate", field: "address" });
      expect(await tries({ address: "10.9.9.8", password: "" })).toMatchObject({ code: "password-missing", field: "password" });
      expect(await tries({ address: "10.9.9.8" })).toMatchObject({ ok: true });
      const operation = await db.operation.findFirstOrThrow({ where: { kind: "power" }, include: { escrow: true } });
      expect(operation.request).toEqual({ address: "10.9.9.8", port: 623, login: "admin" });
      expect(Buffer.from(operation.escrow?.sealed ?? []).toString("latin1")).toMatch(/^RGS1/);
      expect(JSON.stringify(await db.$queryRaw`SELECT to_jsonb(o) FROM operation o`)).not.toContain(typed.password);
    });
  });

  describe("PostgreSQL itself", () => {
    const fence = (node: Node, facts: object = {}) =>
      db.fence.create({ data: { nodeId: node.id, state: "running", cause: "Test", actorName: "Test", ...facts } });

    it("refuses a second fence in flight, a confirmed one without evidence, and a change of what has ended", async () => {
      const [one, two] = await Promise.all([joined("Failed", 90), joined("Failed", 90)]);
      const first = await fence(one);
      await expect(fence(two)).rejects.toThrow();
      await expect(db.fence.update({ where: { id: first.id }, data: { state: "confirmed", endedAt: new Date() } })).rejects.toThrow(
        "fence_needs_evidence",
      );
      await db.fence.update({ where: { id: first.id }, data: { state: "unconfirmed", endedAt: new Date() } });
      await expect(db.fence.update({ where: { id: first.id }, data: { problem: "other" } })).rejects.toThrow(
        "a fence that has ended is not changed",
      );
      await expect(db.fence.delete({ where: { id: first.id } })).rejects.toThrow("a fence that has ended is not changed");
    });

    it("refuses a node that becomes Fenced without proof, though an event tells of it", async () => {
      const node = await joined("Failed", 90);
      const move = db.$transaction(async (tx) => {
        await tx.node.update({ where: { id: node.id }, data: { status: "Fenced", version: { increment: 1 } } });
        await tx.$executeRaw`
          INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, from_status, to_status, transition, actor_kind, actor_name)
          VALUES (0, now(), '', '', 'node.status', 'info', 'A test', ${node.id}::uuid, 'Failed', 'Fenced', 'T23', 'system', 'Test')`;
      });
      await expect(move).rejects.toThrow("a node becomes Fenced only with proof");
    });

    it("refuses a password that is not sealed, a BMC of two nodes, and an address that is none", async () => {
      const [one, two] = await Promise.all([joined("Failed", 90), joined("Failed", 90)]);
      const power = (node: Node, facts: object = {}) =>
        db.nodePower.create({
          data: {
            nodeId: node.id,
            address: "10.9.1.1",
            port: 623,
            login: "a",
            sealed: new Uint8Array([82, 71, 83, 49, ...Array.from({ length: 80 }, () => 1)]),
            ...facts,
          },
        });
      await expect(
        power(one, { sealed: new Uint8Array(Buffer.from("plain text password that is long enough to pass the length of sealed ones")) }),
      ).rejects.toThrow("node_power_is_sealed");
      await expect(power(one, { address: "010.9.1.1" })).rejects.toThrow();
      await power(one);
      await expect(power(two)).rejects.toThrow();
    });
  });
});
