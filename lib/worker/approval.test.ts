/** A real worker in a region that does not require manual approval, and one whose key was revoked: what happens without anybody. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { reinspectNode } from "@/lib/services/nodes/reinspect";
import { retrustHostKey } from "@/lib/services/nodes/retrust";
import { revokeTrust } from "@/lib/services/nodes/revoke-trust";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import { hasEnded, openBench, type Bench } from "./testing-bench";

describe.skipIf(noDatabase)(unlessSkipped("a candidate without manual approval"), { timeout: 90_000 }, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
    await bench.addWorker();
  }, 60_000);
  afterAll(() => bench?.close());

  it("waits while it is required, and is Active by itself once it is not", async () => {
    const machine = await bench.candidate();
    expect((await bench.nodeAt(machine)).status).toBe("Candidate");
    await db.region.update({ where: { id: 1 }, data: { settings: { requireManualApproval: false } } });
    await bench.until("it is Active", async () => (await bench.nodeAt(machine)).status === "Active", 60_000);
    const { id } = await bench.nodeAt(machine);
    const approved = await db.event.findMany({ where: { nodeId: id, transition: "T08" } });
    expect(approved).toMatchObject([
      { actorName: "Regent", message: expect.stringContaining("does not require manual approval") as string },
    ]);
  });

  it("is sent nothing once its key is revoked, though it shows the same one, until that is trusted again", async () => {
    await db.region.update({ where: { id: 1 }, data: { settings: {} } });
    const machine = await bench.candidate();
    const node = await bench.nodeAt(machine);
    expect(await revokeTrust({ nodeId: node.id, version: node.version, reason: "Its disk was copied." }, bench.admin.call())).toMatchObject(
      { ok: true },
    );
    const inspect = async () => {
      const { version } = await bench.nodeAt(machine);
      const id = await bench.started(reinspectNode({ nodeId: node.id, version }, bench.admin.call()));
      return bench.until("the inspection ends", async () => {
        const operation = await bench.operationOf(id);
        return hasEnded(operation) && operation;
      });
    };
    expect(await inspect()).toMatchObject({ status: "failed", refusal: { code: "host-key-revoked" } });
    const after = await bench.nodeAt(machine);
    expect(after.hostKeyChanged).toMatchObject({ sha256: node.hostKeySha256, revoked: { by: "Ada" } });
    const hostKey = { type: node.hostKeyType, sha256: node.hostKeySha256 };
    const again = { nodeId: node.id, version: after.version, hostKey, reason: "Compared on its own screen." };
    await bench.succeeds(await bench.started(retrustHostKey(again, bench.admin.call())));
    expect(await inspect()).toMatchObject({ status: "succeeded" });
  });
});
