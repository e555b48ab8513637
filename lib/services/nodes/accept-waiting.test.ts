/** A region that does not require manual approval: what Regent accepts by itself, and what it leaves to people. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { acceptWaiting } from "./accept-waiting";

describe.skipIf(noDatabase)(unlessSkipped("candidates without manual approval"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());
  const set = (settings: object) => db.region.update({ where: { id: 1 }, data: { settings } });
  beforeEach(() => set({}));

  it("wait for an administrator unless the region says otherwise, and are then accepted once", async () => {
    const node = await plantNode("Candidate", { role: "Control" });
    expect(await acceptWaiting()).toBe(0);
    await set({ requireManualApproval: false });
    const counts = await Promise.all(Array.from({ length: 4 }, () => acceptWaiting()));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await db.node.findUniqueOrThrow({ where: { id: node.id } })).toMatchObject({ status: "Approved", role: "Control", version: 2 });
    expect(await db.operation.findMany({ where: { nodeId: node.id } })).toMatchObject([
      { kind: "accept", actorId: null, actorName: "Regent", request: { role: "Control" } },
    ]);
    expect(await db.event.findMany({ where: { nodeId: node.id } })).toMatchObject([
      {
        transition: "T08",
        actorKind: "system",
        message: `Regent accepted ${node.name} as Control: this region does not require manual approval.`,
      },
    ]);
  });

  it("are accepted though one of them can not be written", async () => {
    await set({ requireManualApproval: false });
    await plantNode("Candidate", { name: "broken", createdAt: new Date(0) });
    const fit = await plantNode("Candidate");
    await db.$executeRaw`
      CREATE FUNCTION refuse_broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$`;
    await db.$executeRaw`
      CREATE TRIGGER refuse_broken BEFORE UPDATE ON node FOR EACH ROW WHEN (OLD.name = 'broken') EXECUTE FUNCTION refuse_broken()`;
    expect(await acceptWaiting()).toBe(1);
    expect((await db.node.findUniqueOrThrow({ where: { id: fit.id } })).status).toBe("Approved");
    expect((await db.node.findFirstOrThrow({ where: { name: "broken" } })).status).toBe("Candidate");
    await db.$executeRaw`DROP FUNCTION refuse_broken CASCADE`;
    await db.$executeRaw`UPDATE node SET inspected_at = NULL WHERE name = 'broken'`;
  });

  it("are left alone where an administrator would be refused, and keep no other waiting", async () => {
    await set({ requireManualApproval: false });
    const failed = { requirement: "Memory", have: "4 GiB", need: "8 GiB", ok: false };
    const left = [
      await plantNode("Candidate", { inspectedAt: null }),
      await plantNode("Candidate", { inspectedAt: new Date(Date.now() - 2 * 86_400_000) }),
      await plantNode("Candidate", { verdict: { adequate: false, results: [failed] } }),
      await plantNode("Candidate", { hostKeyChanged: { type: "ssh-ed25519", sha256: "SHA256:x", seenAt: "2026-01-01T00:00:00.000Z" } }),
      await plantNode("Inadequate"),
      await plantNode("Rejected"),
    ];
    const fit = await plantNode("Candidate");
    expect(await acceptWaiting()).toBe(1);
    expect((await db.node.findUniqueOrThrow({ where: { id: fit.id } })).status).toBe("Approved");
    for (const { id, status } of left) expect((await db.node.findUniqueOrThrow({ where: { id } })).status).toBe(status);
  });
});
