/** Taking an operation up, losing it, ending it late, and what becomes of its password. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { nodeRows } from "../nodes/read";
import { joinNode } from "../nodes/join";
import { reinspectNode } from "../nodes/reinspect";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { backoffFor, noteAccepted, noteRefused } from "./backoff";
import { claimOperation } from "./claim";
import { sealPassword } from "./escrow";
import { failOperation } from "./fail";
import { lockOperation, OperationLost } from "./lock";
import { deleteOldEscrow, endOverdue } from "./overdue";
import { startOperation } from "./start";
import { beginStep, endStep } from "./steps";
import { succeedOperation } from "./succeed";

describe.skipIf(noDatabase)(unlessSkipped("operations"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let admin: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    admin = await addUser("Ada", "admin");
  }, 60_000);
  afterAll(() => drop?.());

  async function joining() {
    const node = await plantNode("Candidate");
    const answer = await joinNode({ nodeId: node.id, version: node.version, role: "Worker" }, admin.call());
    if (!answer.ok) throw new Error(answer.reason);
    return { node, id: answer.value.operationId };
  }
  const lock = (held: { id: string; attempt: number }) => db.$transaction((tx) => lockOperation(tx, held));
  const claim = async (id: string, worker = "first") => (await claimOperation(id, worker))!; // it has not ended
  const late = (id: string) => db.$executeRaw`UPDATE operation SET deadline_at = now() - interval '1 second' WHERE id = ${id}::uuid`;
  const statusOf = async (id: string) => (await db.node.findUniqueOrThrow({ where: { id } })).status;

  it("belong to the last who took them up, and to nobody else", async () => {
    const { id } = await joining();
    const first = await claim(id);
    expect([first.attempt, first.status]).toEqual([1, "running"]);
    await lock(first);
    const second = await claim(id, "second");
    expect([second.attempt, second.workerId]).toEqual([2, "second"]);
    await expect(lock(first)).rejects.toThrow(OperationLost);
    await lock(second);
    await db.$transaction(async (tx) => succeedOperation(tx, await lockOperation(tx, second)));
    await expect(lock(second)).rejects.toThrow(OperationLost);
    expect(await claimOperation(id, "third")).toBeNull();
  });

  it("may wait for a worker longer than the work itself may take, and the work has its whole time then", async () => {
    const { node, id } = await joining();
    const overdue = () => db.$executeRaw`
      UPDATE node SET deadline_at = now() - interval '1 second', status_since = now() - interval '5 minutes' WHERE id = ${node.id}::uuid`;
    await overdue();
    await endOverdue();
    expect([await statusOf(node.id), (await db.operation.findUniqueOrThrow({ where: { id } })).status]).toEqual(["Approved", "pending"]);
    await claim(id);
    const { deadlineAt } = await db.node.findUniqueOrThrow({ where: { id: node.id } });
    expect((deadlineAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(4 * 60_000);
    await claim(id, "second");
    expect((await db.node.findUniqueOrThrow({ where: { id: node.id } })).deadlineAt).toEqual(deadlineAt);
    await overdue();
    await endOverdue();
    expect(await statusOf(node.id)).toBe("Failed");
  });

  it("are taken up by many at once under an attempt each, of which one can write", async () => {
    const { id } = await joining();
    const claims = await Promise.all(Array.from({ length: 12 }, (_, index) => claim(id, `worker-${index}`)));
    expect(claims.map(({ attempt }) => attempt).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    const written = await Promise.allSettled(claims.map(lock));
    expect(written.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("past their deadline end Failed with the reason, by the deadline, and their node with them", async () => {
    const { id, node } = await joining();
    const held = await claim(id);
    await beginStep(held, "packages");
    await late(id);
    expect(await endOverdue()).toBe(1);
    const operation = await db.operation.findUniqueOrThrow({ where: { id }, include: { steps: true } });
    expect(operation).toMatchObject({
      status: "failed",
      refusal: {
        code: "deadline",
        reason: expect.stringMatching(/^Join did not end within its deadline; it took .* It stood at “Install packages”\.$/),
      },
    });
    expect(operation.steps.map(({ name, state }) => [name, state])).toEqual([["packages", "failed"]]);
    expect(await statusOf(node.id)).toBe("Failed");
    const [event] = await db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "desc" }, take: 1 });
    expect(event).toMatchObject({ transition: "T18t", actorKind: "deadline", actorName: "Deadline", severity: "error", operationId: id });
    await expect(lock(held)).rejects.toThrow(OperationLost);
    expect(await endOverdue()).toBe(0);
  });

  it("that nobody took up end the same way, and say so", async () => {
    const { id } = await joining();
    await late(id);
    await endOverdue();
    const { refusal } = await db.operation.findUniqueOrThrow({ where: { id } });
    expect(refusal).toMatchObject({ reason: expect.stringContaining("No worker took it up.") });
  });

  it("end though another one can not be written", async () => {
    const [broken, fit] = [await joining(), await joining()];
    await late(broken.id);
    await late(fit.id);
    await db.$executeRaw`UPDATE operation SET deadline_at = deadline_at - interval '1 hour' WHERE id = ${broken.id}::uuid`;
    await db.$executeRaw`
      CREATE FUNCTION refuse_broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$`;
    await db.$executeRaw`
      CREATE TRIGGER refuse_broken BEFORE UPDATE ON operation FOR EACH ROW WHEN (OLD.deadline_at < now() - interval '30 minutes') EXECUTE FUNCTION refuse_broken()`;
    expect(await endOverdue()).toBe(1);
    expect([await statusOf(broken.node.id), await statusOf(fit.node.id)]).toEqual(["Approved", "Failed"]);
    await db.$executeRaw`DROP FUNCTION refuse_broken CASCADE`;
    expect(await endOverdue()).toBe(1);
    expect(await statusOf(broken.node.id)).toBe("Failed");
  });

  it("end with their node's deadline when that comes first", async () => {
    const { id, node } = await joining();
    await claim(id);
    await db.node.update({ where: { id: node.id }, data: { deadlineAt: new Date(Date.now() - 1000) } });
    await endOverdue();
    expect([(await db.operation.findUniqueOrThrow({ where: { id } })).status, await statusOf(node.id)]).toEqual(["failed", "Failed"]);
  });

  it("are not needed for a node's own deadline", async () => {
    const past = new Date(Date.now() - 60_000);
    const stuck = await Promise.all(
      (["Approved", "Starting", "Activating", "Unfencing"] as const).map((status) => plantNode(status, { deadlineAt: past })),
    );
    const kept = [
      await plantNode("Starting", { deadlineAt: new Date(Date.now() + 60_000) }),
      await plantNode("EnteringMaintenance", { deadlineAt: past }),
    ];
    await endOverdue();
    for (const { id } of stuck)
      expect(await db.node.findUniqueOrThrow({ where: { id } })).toMatchObject({
        status: "Failed",
        statusReason: expect.stringContaining("no operation works on it"),
      });
    expect(await Promise.all(kept.map(({ id }) => statusOf(id)))).toEqual(["Starting", "EnteringMaintenance"]);
    // It waits for an administrator, and says so once.
    const stands = { deadlineAt: null, statusReason: expect.stringContaining("no operation works on it") as string };
    expect(await db.node.findUniqueOrThrow({ where: { id: kept[1]?.id ?? "" } })).toMatchObject(stands);
    expect(await endOverdue()).toBe(0);
    expect(await db.event.count({ where: { nodeId: kept[1]?.id ?? "" } })).toBe(1);
    const events = await db.event.findMany({ where: { nodeId: { in: stuck.map(({ id }) => id) } } });
    expect(events.map(({ transition, actorKind }) => `${transition} ${actorKind}`).toSorted()).toEqual(
      ["T18t", "T19t", "T20t", "T28t"].map((id) => `${id} deadline`),
    );
  });

  it("end once, however many look at the clock at once", async () => {
    const { id, node } = await joining();
    await late(id);
    await Promise.all(Array.from({ length: 6 }, () => endOverdue()));
    expect(await db.event.count({ where: { nodeId: node.id, toStatus: "Failed" } })).toBe(1);
  });

  it("of a candidate that is only looked at leave it what it is", async () => {
    const node = await plantNode("Candidate");
    const answer = await reinspectNode({ nodeId: node.id, version: node.version }, admin.call());
    await late(answer.ok ? answer.value.operationId : "");
    await endOverdue();
    expect(await statusOf(node.id)).toBe("Candidate");
    expect((await nodeRows([node.id]))[0]?.operation).toBeNull();
  });

  it("show a step that ran again from its newest start, and keep how it ended", async () => {
    const { id } = await joining();
    const held = await claim(id);
    await beginStep(held, "connect");
    await beginStep(held, "connect");
    await db.$transaction(async (tx) => {
      await endStep(tx, id, "connect", "ok", "first");
      await endStep(tx, id, "connect", "failed", "late");
    });
    expect(await db.operationStep.findMany({ where: { operationId: id } })).toMatchObject([
      { name: "connect", state: "ok", detail: "first", position: 0 },
    ]);
  });

  it("show no step as running any more when they have ended", async () => {
    const { id } = await joining();
    const held = await claim(id);
    await beginStep(held, "connect");
    await late(id);
    await endOverdue();
    await beginStep(held, "connect").catch(() => undefined); // to refuse it is as good
    expect(await db.operationStep.findMany({ where: { operationId: id } })).toMatchObject([{ name: "connect", state: "failed" }]);
  });

  describe("a password", () => {
    const escrowed = (kind: "inspect" | "modify") =>
      db.$transaction((tx) =>
        startOperation(tx, { kind, call: admin.call(), ip: "10.7.0.1", now: new Date(), password: sealPassword("canary-of-a-test") }),
      );
    const kept = (operationId: string) => db.escrow.count({ where: { operationId } });
    const end = async (id: string, how: "well" | "badly") => {
      const held = await claim(id);
      await db.$transaction(async (tx) => {
        const locked = await lockOperation(tx, held);
        await (how === "well"
          ? succeedOperation(tx, locked)
          : failOperation(tx, locked, "", { ok: false, code: "x", reason: "It failed." }));
      });
    };

    it("goes with its operation, but waits after a good inspection for the Finish", async () => {
      for (const [kind, how, left] of [
        ["modify", "well", 0],
        ["modify", "badly", 0],
        ["inspect", "badly", 0],
        ["inspect", "well", 1],
      ] as const) {
        const id = await escrowed(kind);
        await end(id, how);
        expect([kind, how, await kept(id)]).toEqual([kind, how, left]);
      }
    });

    it("goes with its deadline, and after ten minutes in any case", async () => {
      const [overdue, old, fresh] = [await escrowed("modify"), await escrowed("inspect"), await escrowed("inspect")];
      await late(overdue);
      await endOverdue();
      const life = await db.$queryRaw<
        { minutes: number }[]
      >`SELECT extract(epoch FROM e.expires_at - o.created_at)::float8 / 60 AS minutes FROM escrow e JOIN operation o ON o.id = e.operation_id WHERE o.id = ${old}::uuid`;
      expect(life).toEqual([{ minutes: 10 }]);
      await db.$executeRaw`UPDATE escrow SET expires_at = now() - interval '1 second' WHERE operation_id = ${old}::uuid`;
      expect(await deleteOldEscrow()).toBe(1);
      expect([await kept(overdue), await kept(old), await kept(fresh)]).toEqual([0, 0, 1]);
    });

    it("is nowhere in clear", async () => {
      await escrowed("inspect");
      const tables = await db.$queryRaw<
        { name: string }[]
      >`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'dbos')`;
      expect(tables.length).toBeGreaterThan(15);
      for (const { name } of tables)
        expect(
          await db.$queryRawUnsafe(
            `SELECT 1 FROM ${name} t WHERE strpos(t::text, 'canary') > 0 OR strpos(t::text, encode('canary', 'hex')) > 0`,
          ),
          name,
        ).toEqual([]);
    });
  });

  it("leave an address alone for longer after each refused password", async () => {
    const ip = "10.7.0.9";
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      await noteRefused(ip);
      waits.push(Math.round((await backoffFor(ip)).waitMs / 1000));
    }
    expect(waits).toEqual([0, 5, 15, 30, 60, 60]);
    expect((await backoffFor(ip)).refusal).toMatchObject({
      code: "backing-off",
      reason: expect.stringContaining("refused 6 passwords in a row"),
    });
    await db.$executeRaw`UPDATE login_backoff SET updated_at = now() - interval '11 minutes'`;
    expect((await backoffFor(ip)).failures).toBe(0);
    await noteAccepted(ip);
    expect(await backoffFor(randomUUID())).toMatchObject({ failures: 0, waitMs: 0 });
  });

  it("count every refused password, also those that come at once", async () => {
    await Promise.all(Array.from({ length: 6 }, () => noteRefused("10.7.0.8")));
    expect((await backoffFor("10.7.0.8")).failures).toBe(6);
  });
});
