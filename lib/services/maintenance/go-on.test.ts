/** A drain that is under way: cancelled, continued, extended, and past its deadline. */
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { claimOperation } from "../operations/claim";
import { failOperation } from "../operations/fail";
import { lockOperation } from "../operations/lock";
import { endOverdue } from "../operations/overdue";
import { noDatabase, unlessSkipped } from "../testing";
import { cancelMaintenance } from "./cancel";
import { continueMaintenance, extendMaintenance } from "./go-on";
import { moveBack } from "./move-back";
import { lastMaintenance } from "./read";
import { plantHypervisor } from "./testing";
import { code, useMaintenance, value } from "./testing-maintenance";

describe.skipIf(noDatabase)(unlessSkipped("a drain"), { timeout: 60_000 }, () => {
  const { ada, nodeOf, begin } = useMaintenance();

  it("is cancelled back to where it came from, continued, extended, and never waits in silence", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    const { operationId } = value(await begin(node.id));
    const claimed = await claimOperation(operationId, "w");
    expect(code(await continueMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada().call()))).toBe("busy");
    const before = (await nodeOf(node.id)).deadlineAt;
    value(await extendMaintenance({ nodeId: node.id }, ada().call()));
    expect((await nodeOf(node.id)).deadlineAt?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity);

    await db.$transaction(async (tx) =>
      failOperation(tx, await lockOperation(tx, claimed!), "", { ok: false, code: "vms-stay", reason: "web1 stays." }),
    );
    expect(await nodeOf(node.id)).toMatchObject({ status: "EnteringMaintenance", statusReason: "web1 stays.", deadlineAt: null });
    expect(code(await extendMaintenance({ nodeId: node.id }, ada().call()))).toBe("not-running");
    // It has been on its way out for half a day when it is continued.
    await db.$executeRaw`UPDATE node SET status_since = now() - interval '12 hours' WHERE id = ${node.id}::uuid`;
    const again = value(await continueMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada().call()));
    await claimOperation(again.operationId, "w");
    const { deadlineAt } = await db.operation.findUniqueOrThrow({ where: { id: again.operationId } });
    expect((await nodeOf(node.id)).deadlineAt).toEqual(deadlineAt);
    value(await cancelMaintenance({ nodeId: node.id, version: (await nodeOf(node.id)).version }, ada().call()));
    expect(await nodeOf(node.id)).toMatchObject({ status: "Active", statusReason: null });
    expect(await lastMaintenance(node.id)).toMatchObject({ outcome: "Cancelled" });
    const running = await db.operation.findMany({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } });
    expect(running.map(({ kind }) => kind)).toEqual(["cancelMaintenance"]);
    expect(code(await moveBack({ nodeId: node.id }, ada().call()))).toBe("busy");
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
});
