/** Work on many nodes that is cancelled, or tried again. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { deleteCandidate } from "../nodes/delete";
import { claimOperation } from "../operations/claim";
import { noDatabase, unlessSkipped } from "../testing";
import { openBulkBench, type BulkBench } from "./testing";
import { cancelBulk } from "./cancel";
import { retryBulk } from "./retry";

describe.skipIf(noDatabase)(unlessSkipped("work on many nodes that"), { timeout: 90_000 }, () => {
  let bench: BulkBench;
  beforeAll(async () => void (bench = await openBulkBench()), 60_000);
  afterAll(() => bench?.drop());

  describe("of which the rest is cancelled", () => {
    it("skips what has not begun, lets go on what has, and tells who did it", async () => {
      const nodes = await bench.plant(5);
      const id = await bench.start("accept", nodes);
      await bench.work(id, 2);
      expect(await cancelBulk({ operationId: id }, bench.bob.call())).toEqual({ ok: true, value: { skipped: 3 } });
      await bench.work(id);
      expect(await bench.seen(id)).toMatchObject({ status: "running", states: ["running", "running", "skipped", "skipped", "skipped"] });
      expect(await cancelBulk({ operationId: id }, bench.bob.call())).toMatchObject({ ok: false, code: "all-begun" });
      const [event] = await db.event.findMany({ where: { operationId: id } });
      expect(event).toMatchObject({
        actorName: "Bob",
        message: "Bob cancelled the rest of “Accept 5 nodes”, started by Ada: 3 nodes will not be begun.",
      });
      expect(await db.node.count({ where: { id: { in: nodes.map((node) => node.id) }, status: "Candidate" } })).toBe(3);
    });

    it("ends at once when nothing has begun, and no worker takes it up any more", async () => {
      const id = await bench.start("reject", await bench.plant(2));
      await cancelBulk({ operationId: id }, bench.ada.call());
      expect(await bench.seen(id)).toMatchObject({ status: "failed", states: ["skipped", "skipped"] });
      expect(await claimOperation(id, "test")).toBeNull();
      expect(await cancelBulk({ operationId: randomUUID() }, bench.ada.call())).toMatchObject({ ok: false, code: "operation-gone" });
    });
  });

  describe("that is tried again", () => {
    it("is a new one with the failed nodes as they are now, once per key", async () => {
      const nodes = await bench.plant(4);
      const id = await bench.start("reject", nodes, { reason: "Wrong rack" });
      await bench.rename(nodes[1]!);
      await bench.rename(nodes[3]!);
      expect(await retryBulk({ operationId: id }, bench.ada.call())).toMatchObject({ ok: false, code: "still-running" });
      await bench.work(id);
      const call = bench.bob.call();
      const again = bench.idOf(await retryBulk({ operationId: id }, call));
      await bench.work(again);
      expect(await bench.seen(again)).toMatchObject({ status: "succeeded", label: "Reject 2 nodes", states: ["done", "done"] });
      expect(await db.node.findUnique({ where: { id: nodes[3]!.id } })).toMatchObject({ status: "Rejected", statusReason: "Wrong rack" });
      // The nodes have changed by the first copy; the second one is still the same request.
      expect(bench.idOf(await retryBulk({ operationId: id }, call))).toBe(again);
      expect(await retryBulk({ operationId: again }, bench.bob.call())).toMatchObject({ ok: false, code: "nothing-failed" });
    });

    it("leaves out nodes that are gone", async () => {
      const nodes = await bench.plant(2);
      const id = await bench.start("reject", nodes);
      await bench.rename(nodes[0]!);
      await bench.work(id);
      await deleteCandidate({ nodeId: nodes[0]!.id, version: 2 }, bench.bob.call());
      expect(await retryBulk({ operationId: id }, bench.ada.call())).toMatchObject({ ok: false, code: "nothing-failed" });
    });

    it("deletes nothing that somebody changed meanwhile: that wants a look first", async () => {
      const nodes = await bench.plant(1);
      const id = await bench.start("delete", nodes);
      await bench.rename(nodes[0]!);
      await bench.work(id);
      expect(await retryBulk({ operationId: id }, bench.ada.call())).toMatchObject({ ok: false, code: "nothing-failed" });
      expect(await db.node.count({ where: { id: nodes[0]!.id } })).toBe(1);
    });

    it("accepts no node again that is Failed since", async () => {
      const nodes = await bench.plant(1);
      const id = await bench.start("accept", nodes);
      await bench.rename(nodes[0]!);
      await bench.work(id);
      await db.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        await tx.node.update({ where: { id: nodes[0]!.id }, data: { status: "Failed" } });
      });
      expect(await retryBulk({ operationId: id }, bench.ada.call())).toMatchObject({ ok: false, code: "nothing-failed" });
    });
  });
});
