/** Nodes that leave for good: what is asked first, and who stays. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { SYSTEM } from "../actor";
import { moveNode } from "../nodes/move";
import { requireTransition } from "../nodes/transitions";
import { claimOperation } from "../operations/claim";
import { failOperation } from "../operations/fail";
import { lockOperation } from "../operations/lock";
import { lockRegion } from "../region";
import { noDatabase, unlessSkipped } from "../testing";
import { lastRemoval } from "./last-removal";
import { removeNode, type RemoveInput } from "./remove";
import { emptyRegion, plantHypervisor } from "./testing";
import { code, REASON, useMaintenance, value } from "./testing-maintenance";

describe.skipIf(noDatabase)(unlessSkipped("a removal"), { timeout: 60_000 }, () => {
  const { ada, grace, nodeOf, begin } = useMaintenance();

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
      removeNode({ nodeId: node.id, version: (await nodeOf(node.id)).version, recordOnly: false, ...more }, ada().call());
    expect(await lastRemoval(node.id)).toEqual({ running: false, found: null });
    expect(await remove({ recordOnly: true, reason: REASON })).toMatchObject({ code: "wrong-name", field: "name" });
    expect(await remove({ recordOnly: true, name: node.name, reason: "lost" })).toMatchObject({ code: "short-reason", field: "reason" });
    const { operationId } = value(await remove({ checkOnly: true }));
    expect(await lastRemoval(node.id)).toEqual({ running: true, found: null });
    expect(await db.event.count({ where: { nodeId: node.id, kind: "maintenance.removal" } })).toBe(0);
    const claimed = await claimOperation(operationId, "w");
    await db.$transaction(async (tx) =>
      failOperation(tx, await lockOperation(tx, claimed!), "", { ok: false, code: "pools-degraded", reason: "md0 is degraded." }),
    );
    expect(await lastRemoval(node.id)).toMatchObject({ running: false, found: { checkOnly: true, refusal: { code: "pools-degraded" } } });
    const again = value(await remove({ checkOnly: true }));
    expect(await lastRemoval(node.id)).toMatchObject({ running: true, found: { refusal: { code: "pools-degraded" } } });
    await db.$executeRaw`UPDATE operation SET status = 'succeeded', finished_at = now() WHERE id = ${again.operationId}::uuid`;
    expect(await lastRemoval(node.id)).toMatchObject({ running: false, found: { checkOnly: true, refusal: null } });
    value(await remove({ recordOnly: true, name: node.name, reason: REASON }));
    expect(await db.event.count({ where: { nodeId: node.id, kind: "maintenance.removal" } })).toBe(1);
    expect(await lastRemoval(other.id)).toEqual({ running: false, found: null });
  });

  it("lets two administrators remove neither the last Control node nor the last node, however both ask at once", async () => {
    const serviced = (role: "Control" | "Worker") => plantHypervisor(64, [], { status: "InMaintenance", role });
    const remove = ({ id, version }: { id: string; version: number }, by: ReturnType<typeof ada>, checkOnly = false) =>
      removeNode({ nodeId: id, version, recordOnly: false, checkOnly }, by.call());
    const controls = [await serviced("Control"), await serviced("Control")] as const;
    const worker = await plantHypervisor(64, []);
    value(await remove(controls[1], grace(), true));
    await db.$executeRaw`UPDATE operation SET status = 'succeeded', finished_at = now()`;
    expect((await Promise.all([remove(controls[0], ada()), remove(controls[1], grace())])).map(code).toSorted()).toEqual(["ok", "quorum"]);

    await emptyRegion();
    const both = [await serviced("Worker"), await serviced("Worker")] as const;
    expect((await Promise.all([remove(both[0], ada()), remove(both[1], grace())])).map(code).toSorted()).toEqual(["ok", "single-node"]);
    expect(worker.status).toBe("Active");
  });
});
