/** Work on many nodes: each line once, with its own answer, whatever the others answer. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import { verifyChain } from "../events/verify";
import { deleteCandidate } from "../nodes/delete";
import { claimOperation } from "../operations/claim";
import { failOperation } from "../operations/fail";
import { lockOperation, OperationLost } from "../operations/lock";
import { endOverdue } from "../operations/overdue";
import { operationDetail } from "../operations/read";
import { succeedOperation } from "../operations/succeed";
import { addUser, noDatabase, plantNode, unlessSkipped } from "../testing";
import { openBulkBench, type BulkBench } from "./testing";
import { cancelBulk } from "./cancel";
import { retryBulk } from "./retry";
import { startBulk } from "./start";

const MANY = 200;

describe.skipIf(noDatabase)(unlessSkipped("work on many nodes"), { timeout: 90_000 }, () => {
  let bench: BulkBench;
  beforeAll(async () => void (bench = await openBulkBench()), 60_000);
  afterAll(() => bench?.drop());

  it("is started once per key, also by copies that come at once; another request with the key is refused", async () => {
    const nodes = await bench.plant(3);
    const call = bench.ada.call("a-double-click");
    const request = { command: "reject", targets: bench.targets(nodes) } as const;
    const answers = await Promise.all([1, 2, 3].map(() => startBulk(request, call)));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(await db.operationItem.count({ where: { operationId: bench.idOf(answers[0]!) } })).toBe(3);
    for (const other of [
      { ...request, command: "delete" } as const,
      { ...request, targets: request.targets.slice(1) },
      { ...request, reason: "Old" },
    ])
      expect(await startBulk(other, call)).toMatchObject({ ok: false, code: "key-reused" });
    const queued = await db.$queryRaw<unknown[]>`SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = ${bench.idOf(answers[0]!)}`;
    expect(queued).toHaveLength(1);
  });

  it("is refused to whoever may not do it to one node", async () => {
    const vera = await addUser("Vera", "viewer");
    const nodes = await bench.plant(1);
    for (const command of ["accept", "reject", "delete", "tags"] as const)
      expect(await startBulk({ command, targets: bench.targets(nodes) }, vera.call())).toMatchObject({ ok: false, code: "forbidden" });
    const id = await bench.start("reject", nodes);
    for (const answer of [await cancelBulk({ operationId: id }, vera.call()), await retryBulk({ operationId: id }, vera.call())])
      expect(answer).toMatchObject({ ok: false, code: "forbidden" });
  });

  it("gives every node the answer that it would get alone", async () => {
    const [fine, renamed, active, gone, last] = [
      ...(await bench.plant(2)),
      ...(await bench.plant(1, "Active")),
      ...(await bench.plant(2)),
    ] as [Node, Node, Node, Node, Node];
    const id = await bench.start("reject", [fine, renamed, active, gone, last], { reason: "Wrong rack" });
    await bench.rename(renamed);
    await deleteCandidate({ nodeId: gone.id, version: gone.version }, bench.bob.call());
    await bench.work(id);
    expect(await bench.seen(id)).toEqual({
      status: "failed",
      label: "Reject 5 nodes",
      states: ["done", "failed", "failed", "failed", "done"],
      codes: [null, "stale", "status", "node-gone", null],
    });
    const view = await operationDetail(id);
    expect(view?.items[1]?.refusal?.reason).toMatch(/-b changed while you looked at it: Bob renamed node-\d+ to node-\d+-b\. \(Bob, /);
    expect(view?.items[3]?.nodeName).toBe(gone.name);
    expect([view?.bulk?.counts, view?.refusal?.reason]).toEqual([
      { waiting: 0, running: 0, done: 2, failed: 3, skipped: 0 },
      "3 of 5 failed.",
    ]);
    expect(await bench.eventsOf([fine, last])).toEqual([
      { what: "T10", operationId: id },
      { what: "T10", operationId: id },
    ]);
    expect(await db.node.findUnique({ where: { id: last.id } })).toMatchObject({
      status: "Rejected",
      statusReason: "Wrong rack",
      version: 2,
    });
  });

  it("names a node that was gone before it was started", async () => {
    const [node] = (await bench.plant(1)) as [Node];
    await deleteCandidate({ nodeId: node.id, version: node.version }, bench.bob.call());
    const id = await bench.start("delete", [node]);
    await bench.work(id);
    expect((await operationDetail(id))?.items).toMatchObject([{ nodeName: node.name, state: "failed", refusal: { code: "node-gone" } }]);
  });

  it("asks for the role again at each node: what was taken away meanwhile is taken away", async () => {
    const carl = await addUser("Carl");
    const nodes = await bench.plant(4);
    const id = await bench.start("reject", nodes, {}, carl.call());
    await bench.work(id, 2);
    await db.user.update({ where: { id: carl.id }, data: { role: "viewer" } });
    await bench.work(id, 1);
    await db.user.update({ where: { id: carl.id }, data: { role: "operator", disabledAt: new Date() } });
    await bench.work(id);
    expect(await bench.seen(id)).toMatchObject({
      states: ["done", "done", "failed", "failed"],
      codes: [null, null, "forbidden", "forbidden"],
    });
    expect((await operationDetail(id))?.items[3]?.refusal?.reason).toBe("Carl may not sign in any more.");
  });

  describe("that is accepted", () => {
    async function accepting(count: number) {
      const nodes = await bench.plant(count);
      const id = await bench.start("accept", nodes);
      await bench.work(id);
      const parts = await db.operation.findMany({ where: { parentId: id } });
      return { nodes, id, parts: nodes.map(({ id: node }) => parts.find(({ nodeId }) => nodeId === node)!) };
    }
    const end = async (partId: string, how: "well" | "badly") => {
      const held = (await claimOperation(partId, "test"))!; // it has not ended
      await db.$transaction(async (tx) => {
        const locked = await lockOperation(tx, held);
        await (how === "well"
          ? succeedOperation(tx, locked)
          : failOperation(tx, locked, "", { ok: false, code: "links", reason: "Link down.", hint: "Plug it." }));
      });
    };

    it("follows what it started on each node, and ends with the last of them", async () => {
      const { id, parts, nodes } = await accepting(3);
      expect(parts.map(({ kind, actorName, idempotencyKey }) => [kind, actorName, idempotencyKey])).toEqual(
        Array(3).fill(["accept", "Ada", null]),
      );
      expect(await bench.seen(id)).toEqual({
        status: "running",
        label: "Accept 3 nodes",
        states: ["running", "running", "running"],
        codes: [null, null, null],
      });
      await end(parts[0]!.id, "well");
      await end(parts[1]!.id, "badly");
      expect(await bench.seen(id)).toMatchObject({ status: "running", states: ["done", "failed", "running"] });
      await end(parts[2]!.id, "well");
      expect(await bench.seen(id)).toMatchObject({ status: "failed", states: ["done", "failed", "done"], codes: [null, "links", null] });
      expect((await operationDetail(id))?.items[1]).toMatchObject({
        refusal: { reason: "Link down.", hint: "Plug it." },
        part: { id: parts[1]!.id },
      });
      expect(await db.node.findUnique({ where: { id: nodes[1]!.id } })).toMatchObject({ status: "Failed", statusReason: "Link down." });
    });

    it("succeeds when all of them do", async () => {
      const { id, parts } = await accepting(2);
      for (const part of parts) await end(part.id, "well");
      expect(await db.operation.findUnique({ where: { id }, include: { steps: true } })).toMatchObject({
        status: "succeeded",
        step: null,
        refusal: null,
        steps: [{ name: "each", state: "ok", detail: "2 accepted." }],
      });
    });

    it("hears of the deadline of a part, and has one that leaves it time for that", async () => {
      const { id, parts } = await accepting(1);
      const { deadlineAt } = await db.operation.findUniqueOrThrow({ where: { id } });
      expect(deadlineAt.getTime()).toBeGreaterThan(parts[0]!.deadlineAt.getTime() + 40 * 60_000);
      await db.$executeRaw`UPDATE operation SET deadline_at = now() - interval '1 second' WHERE id = ${parts[0]!.id}::uuid`;
      await endOverdue();
      expect(await bench.seen(id)).toMatchObject({ status: "failed", codes: ["deadline"] });
    });
  });

  it("past its deadline fails what has not begun, and says so", async () => {
    const nodes = await bench.plant(3);
    const id = await bench.start("accept", nodes);
    await bench.work(id, 1);
    await db.$executeRaw`UPDATE operation SET deadline_at = now() - interval '1 second' WHERE id = ${id}::uuid`;
    await endOverdue();
    expect(await bench.seen(id)).toMatchObject({
      status: "failed",
      states: ["running", "failed", "failed"],
      codes: [null, "deadline", "deadline"],
    });
    expect(await endOverdue()).toBe(0);
  });

  it("changes tags without making anybody's view of the node old", async () => {
    const [plain, tagged] = [await plantNode("Active"), await plantNode("Active", { tags: ["gpu", "rack-A"] })];
    const id = await bench.start("tags", [plain, tagged], { add: ["rack-A"], remove: ["gpu"] });
    await bench.work(id);
    expect(await bench.seen(id)).toMatchObject({ status: "succeeded", label: "Change tags of 2 nodes", states: ["done", "done"] });
    const now = await db.node.findMany({ where: { id: { in: [plain.id, tagged.id] } }, select: { tags: true, version: true } });
    expect(now).toEqual([
      { tags: ["rack-A"], version: 1 },
      { tags: ["rack-A"], version: 1 },
    ]);
    const told = await db.event.findMany({ where: { operationId: id }, orderBy: { id: "asc" } });
    expect(told.map(({ kind, message }) => [kind, message])).toEqual([
      ["node.tagged", `Ada added rack-A to ${plain.name}.`],
      ["node.tagged", `Ada removed gpu from ${tagged.name}.`],
    ]);
  });

  it(`of ${MANY} nodes, of which 20 can not, is told line by line, and does each once with two workers at it`, async () => {
    const nodes = [...(await bench.plant(MANY - 20)), ...(await bench.plant(20, "Active"))].toSorted((a, b) => a.id.localeCompare(b.id));
    const id = await bench.start("reject", nodes);
    const began = performance.now();
    const lost = (error: unknown) => {
      if (!(error instanceof OperationLost)) throw error;
    };
    await Promise.all([bench.work(id), bench.work(id).catch(lost), bench.work(id).catch(lost)].map((done) => done.catch(lost)));
    await bench.work(id).catch(lost);
    console.log(`${MANY} lines: ${Math.round(performance.now() - began)} ms`);
    const view = await operationDetail(id);
    expect(view?.bulk?.counts).toEqual({ waiting: 0, running: 0, done: MANY - 20, failed: 20, skipped: 0 });
    expect(view?.items.map(({ nodeId }) => nodeId)).toEqual(nodes.map((node) => node.id));
    expect(view?.items.filter(({ state }) => state === "failed").map(({ refusal }) => refusal?.reason)).toEqual(
      Array(20).fill("Candidate actions need status Candidate; this node is Active."),
    );
    const events = await bench.eventsOf(nodes);
    expect([events.length, events.every(({ what }) => what === "T10")]).toEqual([MANY - 20, true]);
    expect(await verifyChain()).toMatchObject({ value: { brokenAt: null } });
  });

  it("goes on when a line breaks Regent itself, and names the reference", async () => {
    const nodes = await bench.plant(3);
    await db.$executeRawUnsafe(`CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`);
    await db.$executeRawUnsafe(
      `CREATE TRIGGER break BEFORE UPDATE ON node FOR EACH ROW WHEN (OLD.id = '${nodes[1]!.id}') EXECUTE FUNCTION break()`,
    );
    const id = await bench.start("reject", nodes);
    await bench.work(id);
    await db.$executeRaw`DROP TRIGGER break ON node`;
    expect(await bench.seen(id)).toMatchObject({ status: "failed", states: ["done", "failed", "done"], codes: [null, "fault", null] });
    expect((await operationDetail(id))?.items[1]?.refusal?.reason).toMatch(/^Regent failed inside itself\. Reference \w+/);
  });

  it("keeps how a line ended: PostgreSQL takes nothing back", async () => {
    const id = await bench.start("reject", await bench.plant(1));
    await bench.work(id);
    const change = (set: string) => db.$executeRawUnsafe(`UPDATE operation_item SET ${set} WHERE operation_id = '${id}'`);
    await expect(change("state = 'waiting', ended_at = NULL")).rejects.toThrow(/does not begin again/);
    await expect(change("state = 'failed', refusal = '{}'")).rejects.toThrow(/does not begin again/);
  });
});
