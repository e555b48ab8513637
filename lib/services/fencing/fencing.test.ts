/** What is decided about lost nodes, and what PostgreSQL refuses, on a real database: hearts are written, time is moved in the rows. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Check } from "@/lib/domain/fencing-records";
import { nodePowerAad } from "@/lib/domain/sealing";
import type { NodeStatus } from "@/lib/domain/status";
import type { Node } from "@/lib/generated/prisma/client";
import { seal } from "@/lib/secrets";
import { verifyChain } from "../events/verify";
import { endOverdue } from "../operations/overdue";
import { nodeDetail, nodeRows } from "../nodes/read";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { watchRegion } from "./act";
import { keepWatch } from "./beat";
import { confirmOff } from "./confirm-off";
import { fenceNode } from "./fence-node";
import { powerOn } from "./power-on";
import { setPower } from "./power-set";
import { readFencing } from "./read";

const GONE = (["kept", "fresh", "neighbour"] as const).map((what): Omit<Check, "at"> => ({
  what,
  says: "gone",
  detail: `Gone for ${what}.`,
  by: "Test",
}));

describe.skipIf(noDatabase)(unlessSkipped("fencing"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let admin: Awaited<ReturnType<typeof addUser>>;
  let operator: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
    admin = await addUser("Ada", "admin");
    operator = await addUser("Olga", "operator");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`TRUNCATE fence, node_health, node_power, operation CASCADE`;
      await tx.$executeRaw`DELETE FROM metrics.node_now`;
      await tx.$executeRaw`DELETE FROM metrics.node_survey`;
      await tx.$executeRaw`DELETE FROM node_key`;
      await tx.$executeRaw`DELETE FROM node`;
      await tx.$executeRaw`UPDATE region_watch SET since = now() - interval '1 hour', beat_at = now() - interval '2 seconds', silent = NULL, total = NULL`;
      await tx.$executeRaw`UPDATE region SET settings = '{}'`;
    });
  });

  /** A joined node that was heard `secondsAgo`. */
  async function joined(status: NodeStatus, secondsAgo: number, facts: Parameters<typeof plantNode>[1] = {}): Promise<Node> {
    const node = await plantNode(status, {
      joinedAt: new Date(Date.now() - 86_400_000),
      statusSince: new Date(Date.now() - 3_600_000),
      createdAt: new Date(Date.now() - 86_400_000),
      ...facts,
    });
    await db.nodeKey.create({
      data: {
        nodeId: node.id,
        publicKey: "ssh-ed25519 AAAA",
        sealedPrivate: new Uint8Array([82, 71, 83, 49, ...Array.from({ length: 80 }, () => 1)]),
      },
    });
    await heard(node, secondsAgo);
    return node;
  }
  const heard = (node: Node, secondsAgo: number, bootId: string | null = null) => db.$executeRaw`
    INSERT INTO metrics.node_now (node_id, sampled_at, boot_id, last, tail) VALUES (${node.id}::uuid, clock_timestamp() - ${secondsAgo} * interval '1 second', ${bootId}::uuid, '', '')
    ON CONFLICT (node_id) DO UPDATE SET sampled_at = excluded.sampled_at, boot_id = coalesce(excluded.boot_id, metrics.node_now.boot_id)`;
  async function missed(node: Node, facts: { checks?: Omit<Check, "at">[]; rounds?: number } = {}) {
    const checks = (facts.checks ?? GONE).map((check) => ({ ...check, at: new Date().toISOString() }));
    const data = { checks, checkedAt: new Date(), failedRounds: facts.rounds ?? 3 };
    await db.nodeHealth.upsert({ where: { nodeId: node.id }, create: { nodeId: node.id, ...data }, update: data });
  }
  async function withBmc(node: Node, address = `10.8.0.${Math.floor(Math.random() * 250) + 1}`) {
    const place = { address, port: 623 };
    await db.nodePower.create({
      data: {
        nodeId: node.id,
        ...place,
        login: "admin",
        sealed: seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", "pw", nodePowerAad(node.id, place)),
      },
    });
  }
  const others = (count = 4) => Promise.all(Array.from({ length: count }, () => joined("Active", 3)));
  const statusOf = async (node: Node) => (await db.node.findUniqueOrThrow({ where: { id: node.id } })).status;
  const again = () => db.$executeRaw`UPDATE region_watch SET beat_at = clock_timestamp() - interval '2 seconds'`;
  const look = async () => {
    await again();
    return watchRegion();
  };
  const at = async ({ id }: Node) => ({ nodeId: id, version: (await db.node.findUniqueOrThrow({ where: { id } })).version });
  const events = async (node: Node) =>
    (await db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "asc" } })).map(({ kind, transition }) => transition ?? kind);

  it("calls a lost node Failed with its reason, once, and fences it in the next look", async () => {
    await others();
    const node = await joined("Active", 90);
    await withBmc(node);
    await missed(node);
    expect(await look()).toEqual({ failed: 1, fenced: 0, unfenced: 0 });
    const row = await nodeDetail(node.id);
    expect(row).toMatchObject({ status: "Failed", statusReason: "No heartbeat for 1 min. Gone for fresh. Gone for neighbour." });
    expect(await look()).toEqual({ failed: 0, fenced: 1, unfenced: 0 });
    expect(await look()).toEqual({ failed: 0, fenced: 0, unfenced: 0 });
    expect(await statusOf(node)).toBe("Failed");
    expect(await db.operation.findMany({ select: { kind: true, status: true, actorName: true, request: true } })).toEqual([
      { kind: "fence", status: "pending", actorName: "Regent", request: { manual: false } },
    ]);
    expect((await readFencing(node.id))?.fence).toMatchObject({
      state: "running",
      cause: "No heartbeat for 1 min. Gone for fresh. Gone for neighbour.",
    });
    expect(await events(node)).toEqual(["T21", "fence.began"]);
    expect((await verifyChain()).ok).toBe(true);
  });

  it("looks once in a while, however many workers do", async () => {
    await again();
    const looked = await Promise.all(Array.from({ length: 8 }, () => keepWatch()));
    expect(looked.filter(Boolean)).toHaveLength(1);
    expect(await keepWatch()).toBe(false);
  });

  it("does nothing twice when many look at once", async () => {
    await others();
    const nodes = await Promise.all([joined("Failed", 100), joined("Failed", 200)]);
    for (const node of nodes) {
      await withBmc(node);
      await missed(node);
    }
    await Promise.all(Array.from({ length: 6 }, () => look()));
    expect(await db.fence.count()).toBe(1);
    expect(await db.operation.count()).toBe(1);
    expect((await db.fence.findFirst())?.nodeId).toBe(nodes[1]?.id);
    expect((await nodeRows([nodes[0]?.id ?? ""]))[0]?.note?.text).toBe(
      `${nodes[1]?.name} is being fenced, and Regent fences one node at a time.`,
    );
  });

  it("begins to count anew after a gap, and when all workers are new", async () => {
    await others();
    const node = await joined("Failed", 90);
    await withBmc(node);
    await missed(node);
    await db.$executeRaw`UPDATE region_watch SET beat_at = clock_timestamp() - interval '20 seconds'`;
    expect(await watchRegion()).toMatchObject({ fenced: 0 });
    await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() - interval '1 hour'`;
    await db.worker.create({ data: { id: "new", version: "test" } });
    expect(await look()).toMatchObject({ fenced: 0 });
    await db.worker.create({ data: { id: "old", version: "test", startedAt: new Date(Date.now() - 3_600_000) } });
    expect(await look()).toMatchObject({ fenced: 1 });
    await db.worker.deleteMany();
  });

  it("waits with the reason, which is an event once and goes with its cause", async () => {
    await others();
    const node = await joined("Failed", 90);
    await missed(node);
    await look();
    await look();
    const pending = async () => (await nodeRows([node.id]))[0]?.note;
    expect(await pending()).toMatchObject({ kind: "pending", text: "No BMC is set for this node, so its power can not be cut." });
    expect(await events(node)).toEqual(["fence.pending"]);
    await heard(node, 1);
    await look();
    expect(await pending()).toBeNull();
  });

  it("says that a lost node answers again, and leaves it Failed", async () => {
    await others();
    const node = await joined("Active", 90);
    await missed(node);
    await look();
    await heard(node, 0);
    await look();
    expect((await nodeRows([node.id]))[0]).toMatchObject({ status: "Failed", note: { kind: "answers" } });
    // One that failed for another reason has answered all the time.
    const other = await joined("Failed", 1);
    await look();
    expect((await nodeRows([other.id]))[0]?.note).toBeNull();
  });

  it("is isolated when half is silent: two events, one note for all nodes at its beginning and its end, and nothing else", async () => {
    const { id: targetId } = await db.notifyTarget.create({ data: { kind: "email", name: "Ada", address: "ada@example.com" } });
    const nodes = await Promise.all(Array.from({ length: 3 }, () => joined("Active", 90)));
    await others(3);
    for (const node of nodes) {
      await withBmc(node);
      await missed(node);
    }
    await look();
    await look();
    expect(await db.regionWatch.findFirst()).toMatchObject({ silent: 3, total: 6 });
    for (const node of nodes) expect(await statusOf(node)).toBe("Active");
    const [fourth] = await others(1);
    await look();
    expect(await db.regionWatch.findFirst()).toMatchObject({ silent: null, total: null });
    expect(fourth && (await statusOf(fourth))).toBe("Active");
    const told = await db.event.findMany({ where: { kind: { startsWith: "region." } }, orderBy: { id: "asc" } });
    expect(told.slice(-2).map(({ kind, message }) => [kind, message])).toEqual([
      ["region.isolated", "The console is isolated: 3 of 6 nodes do not answer. Regent takes no action."],
      ["region.reached", "The console is not isolated any more: most nodes answer."],
    ]);
    const notes = await db.notification.findMany({ where: { targetId }, orderBy: { createdAt: "asc" } });
    expect(notes.map(({ note }) => note)).toMatchObject([
      { kind: "isolated", silent: 3, total: 6, over: false },
      { kind: "isolated", silent: 3, total: 6, over: true },
    ]);
  });

  it("never touches what is being serviced", async () => {
    await others();
    const node = await joined("InMaintenance", 9000);
    await withBmc(node);
    await missed(node);
    expect(await look()).toEqual({ failed: 0, fenced: 0, unfenced: 0 });
    const refused = await fenceNode({ ...(await at(node)), reason: "Because I say so" }, admin.call());
    expect(refused).toMatchObject({ code: "status" });
    expect(await confirmOff({ ...(await at(node)), name: node.name, reason: "Because I say so" }, admin.call())).toMatchObject({
      code: "status",
    });
    expect(await statusOf(node)).toBe("InMaintenance");
  });

  it("takes a drain's place when the node is lost, and stays Entering maintenance until it is proved", async () => {
    await others();
    const node = await joined("EnteringMaintenance", 90);
    await withBmc(node);
    await missed(node);
    const drain = await db.operation.create({
      data: {
        kind: "reinspect",
        status: "running",
        nodeId: node.id,
        nodeName: node.name,
        ip: node.ip,
        actorName: "Olga",
        deadlineAt: new Date(Date.now() + 60_000),
        attempt: 1,
      },
    });
    expect(await look()).toMatchObject({ fenced: 1 });
    expect(await db.operation.findUnique({ where: { id: drain.id } })).toMatchObject({
      status: "failed",
      attempt: 2,
      refusal: { code: "fenced" },
    });
    expect(await statusOf(node)).toBe("EnteringMaintenance");
  });

  it("ends an attempt with its operation, and waits longer after each", async () => {
    await others();
    const node = await joined("Failed", 4000);
    await withBmc(node);
    await missed(node);
    await look();
    await db.operation.updateMany({ data: { deadlineAt: new Date(Date.now() - 1000) } });
    await endOverdue();
    expect(await db.fence.findMany({ select: { state: true } })).toEqual([{ state: "unconfirmed" }]);
    expect((await readFencing(node.id))?.fence?.problem).toContain("No worker took it up");
    expect(await statusOf(node)).toBe("Failed");
    await missed(node);
    expect(await look()).toMatchObject({ fenced: 0 });
    expect((await readFencing(node.id))?.pending?.text).toBe("The last attempt on this node failed; the next one follows 3 min later.");
    await db.$executeRaw`UPDATE region SET settings = '{"fencing": {"quietPerNodeSeconds": 1}}'`;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await missed(node);
    expect(await look()).toMatchObject({ fenced: 1 });
  });

  describe("an administrator", () => {
    it("answers for a host with name and reason, and stands in the evidence", async () => {
      await others();
      const node = await joined("Failed", 90);
      const word = { name: node.name, reason: "I pulled both cords" };
      expect(await confirmOff({ ...(await at(node)), ...word }, operator.call())).toMatchObject({ code: "forbidden" });
      expect(await confirmOff({ ...(await at(node)), ...word, name: "other" }, admin.call())).toMatchObject({
        code: "other-name",
        field: "name",
      });
      expect(await confirmOff({ ...(await at(node)), ...word }, admin.call())).toMatchObject({ ok: true });
      expect(await statusOf(node)).toBe("Fenced");
      const fencing = await readFencing(node.id);
      expect(fencing?.fence).toMatchObject({
        state: "confirmed",
        actorName: "Ada",
        evidence: [{ what: "word", by: "Ada", detail: "I pulled both cords" }],
      });
      const event = await db.event.findFirstOrThrow({ where: { nodeId: node.id, transition: "T23" } });
      expect([event.actorId, event.message]).toEqual([
        admin.id,
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
        expect(await confirmOff({ ...(await at(node)), name: node.name, reason: "The room has no power" }, admin.call())).toMatchObject({
          ok: true,
        });
      expect([await statusOf(first), await statusOf(second)]).toEqual(["Fenced", "Fenced"]);
      expect(await db.operation.findFirst({ where: { kind: "fence" } })).toMatchObject({
        status: "failed",
        refusal: { code: "confirmed-off" },
      });
      expect(await db.fence.count({ where: { state: "confirmed" } })).toBe(2);
    });

    it("is held back by the same storm limits", async () => {
      const nodes = await others();
      const [node] = nodes;
      if (!node) throw new Error("There is no node.");
      const fence = async () => fenceNode({ ...(await at(node)), reason: "It writes nonsense" }, admin.call());
      expect(await fence()).toMatchObject({ code: "no-bmc" });
      await withBmc(node);
      await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() - interval '10 seconds'`;
      expect(await fence()).toMatchObject({ code: "just-started" });
      await db.$executeRaw`UPDATE region_watch SET since = clock_timestamp() - interval '1 hour'`;
      expect(await fence()).toMatchObject({ ok: true });
      expect(await fence()).toMatchObject({ code: "in-flight" });
      expect(await fenceNode({ ...(await at(node)), reason: "It writes nonsense" }, operator.call())).toMatchObject({ code: "forbidden" });
    });

    it("does it once, however often he presses", async () => {
      const [node] = await others();
      if (!node) throw new Error("There is no node.");
      await withBmc(node);
      const call = admin.call(randomUUID());
      const input = { ...(await at(node)), reason: "It writes nonsense" };
      const answers = await Promise.all(Array.from({ length: 20 }, () => fenceNode(input, call)));
      expect(new Set(answers.map((answer) => (answer.ok ? answer.value.operationId : answer.reason))).size).toBe(1);
      expect(await db.fence.count()).toBe(1);
    });

    it("switches on what is Fenced or serviced, and nothing else", async () => {
      const node = await joined("Fenced", 90);
      expect(await powerOn(await at(node), operator.call())).toMatchObject({ code: "no-bmc" });
      await withBmc(node);
      expect(await powerOn(await at(node), operator.call())).toMatchObject({ ok: true });
      const [active] = await others(1);
      expect(active && (await powerOn(await at(active), admin.call()))).toMatchObject({ code: "status" });
    });
  });

  describe("a BMC", () => {
    const typed = { address: "10.9.9.9", port: 623, login: "admin", password: "secret-of-a-bmc" };

    it("lies in a management network, is nobody else's, and is not the node itself", async () => {
      const [node, other] = await Promise.all([joined("Active", 1), joined("Active", 1)]);
      const tries = async (input: Partial<typeof typed>) => setPower({ ...(await at(node)), ...typed, ...input }, admin.call());
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
