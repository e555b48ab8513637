/** Servers that are added many at once: by the rules of one, and with one password that nobody can read and that does not stay. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { compareIPv4 } from "@/lib/domain/address";
import type { Server } from "@/lib/domain/several";
import { sampleInventory } from "@/lib/domain/inventory.sample";
import type { Prisma } from "@/lib/generated/prisma/client";
import { done, type Outcome, type Refusal } from "@/lib/outcome";
import { addressFaults } from "../nodes/addresses";
import { claimOperation } from "../operations/claim";
import { failOperation } from "../operations/fail";
import { lockOperation } from "../operations/lock";
import { operationDetail } from "../operations/read";
import { succeedOperation } from "../operations/succeed";
import { addUser, noDatabase, plantNode, unlessSkipped } from "../testing";
import { openBulkBench, type BulkBench } from "./testing";
import { cancelBulk } from "./cancel";
import { retryBulk } from "./retry";
import { addServers, lookAtServers } from "./servers";
import { hasRoom } from "./work";

const PASSWORD = "one-for-all-of-a-test";
const KEY = { type: "ssh-ed25519", sha256: `SHA256:${"A".repeat(43)}` };
const TIMEOUT: Refusal = { ok: false, code: "timeout", reason: "It did not answer." };

describe.skipIf(noDatabase)(unlessSkipped("many servers"), { timeout: 90_000 }, () => {
  let bench: BulkBench;
  let last = 0;
  beforeAll(async () => {
    bench = await openBulkBench();
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
  }, 60_000);
  afterAll(() => bench?.drop());

  const fresh = (count: number, facts: Partial<Server> = {}): Server[] =>
    Array.from({ length: count }, () => ({
      ip: `10.7.0.${(last += 1)}`,
      user: "root",
      role: "Worker",
      macs: ["b8:ce:f6:01:02:20"],
      ...facts,
    }));
  const partsOf = async (parentId: string, kind: string) =>
    (await db.operation.findMany({ where: { parentId, kind } })).toSorted((a, b) => compareIPv4(a.ip ?? "", b.ip ?? ""));
  const escrowOf = (id: string) => db.escrow.findMany({ where: { operation: { OR: [{ id }, { parentId: id }] } } });
  /** Ends a part as the worker does. */
  async function end(id: string, found: Outcome<Prisma.InputJsonObject>): Promise<void> {
    const held = (await claimOperation(id, "test"))!; // it has not ended
    if (found.ok) await db.operation.update({ where: { id }, data: { result: found.value } });
    await db.$transaction(async (tx) => {
      const locked = await lockOperation(tx, held);
      await (found.ok ? succeedOperation(tx, locked) : failOperation(tx, locked, "", found));
    });
  }
  /** Looked at by Ada, all lines; those with an address in `silent` did not answer. */
  async function looked(servers: Server[], silent: string[] = []): Promise<string> {
    const id = bench.idOf(await lookAtServers({ servers }, bench.ada.call()));
    await bench.work(id);
    for (const part of await partsOf(id, "contact"))
      await end(part.id, silent.includes(part.ip ?? "") ? TIMEOUT : done({ banner: "SSH-2.0-OpenSSH_9.2", hostKey: KEY }));
    return id;
  }
  const all = (servers: Server[]) => servers.map(({ ip }) => ({ ip, trust: "verified" as const }));
  const INSPECTED = { inventory: sampleInventory(), suggestedMacs: ["b8:ce:f6:01:02:21"], inspectedAt: new Date().toISOString() };

  it("are looked at line by line, without a credential", async () => {
    const taken = await plantNode("Active", { ip: "10.7.200.1" });
    await db.nodeIdentity.create({ data: { kind: "ip", value: taken.ip, nodeId: taken.id } });
    const servers = [...fresh(2), { ...fresh(1)[0]!, ip: taken.ip }, { ...fresh(1)[0]!, ip: "127.0.0.1" }];
    const id = await looked(servers, [servers[1]!.ip]);
    expect(await bench.seen(id)).toEqual({
      status: "failed",
      label: "Read host keys of 4 servers",
      states: ["done", "failed", "failed", "failed"],
      codes: [null, "timeout", "duplicate", "address-not-allowed"],
    });
    const view = await operationDetail(id);
    expect(view?.items.map(({ nodeName, server }) => [nodeName, server?.hostKey ?? null])).toEqual(
      servers.map(({ ip }, at) => [ip, at === 0 ? KEY : null]),
    );
    expect(view?.items[0]?.server).toEqual({ ...servers[0], hostKey: KEY });
    expect(await db.escrow.count()).toBe(0);
    expect(await db.node.count({ where: { id: { in: view!.items.map(({ nodeId }) => nodeId) } } })).toBe(0);
  });

  it("are added only to a key that this administrator has seen and trusts", async () => {
    const servers = fresh(3);
    const lookId = await looked(servers, [servers[2]!.ip]);
    const asked = { lookId, trusted: all(servers), password: PASSWORD };
    expect(await addServers(asked, bench.ada.call())).toMatchObject({
      ok: false,
      code: "not-looked",
      reason: `The host key of ${servers[2]!.ip} has not been read.`,
    });
    expect(await addServers({ ...asked, trusted: all(fresh(1)) }, bench.ada.call())).toMatchObject({ ok: false, code: "not-looked" });
    expect(await addServers(asked, bench.bob.call())).toMatchObject({ ok: false, reason: "These servers have not been looked at by you." });
    expect(await addServers({ ...asked, lookId: await bench.start("reject", await bench.plant(1)) }, bench.ada.call())).toMatchObject({
      ok: false,
      code: "not-looked",
    });
    const vera = await addUser("Vera", "viewer");
    for (const answer of [await lookAtServers({ servers }, vera.call()), await addServers(asked, vera.call())])
      expect(answer).toMatchObject({ ok: false, code: "forbidden" });
    expect(await db.escrow.count()).toBe(0);
    const id = bench.idOf(await addServers({ ...asked, trusted: [{ ip: servers[1]!.ip, trust: "unverified" }] }, bench.ada.call()));
    await bench.work(id);
    expect((await partsOf(id, "inspect")).map(({ ip, request }) => [ip, request])).toEqual([
      [servers[1]!.ip, { user: "root", role: "Worker", hostKey: KEY, trust: "unverified" }],
    ]);
  });

  it("are inspected and then added with the password of the whole, which goes with the last of them", async () => {
    const [named, unnamed, wrong] = [...fresh(1), ...fresh(1, { macs: [], role: "Control" }), ...fresh(1)] as [Server, Server, Server];
    const lookId = await looked([named, unnamed, wrong]);
    const call = bench.ada.call("a-double-click");
    const answers = await Promise.all(
      [1, 2].map(() => addServers({ lookId, trusted: all([named, unnamed, wrong]), password: PASSWORD }, call)),
    );
    expect(answers[1]).toEqual(answers[0]);
    const id = bench.idOf(answers[0]!);
    await bench.work(id);
    const [first, second, third] = await partsOf(id, "inspect");
    const escrow = await escrowOf(id);
    expect(escrow.map(({ operationId }) => operationId)).toEqual([id]);
    expect(Buffer.from(escrow[0]!.sealed).includes(PASSWORD)).toBe(false);
    const [operation] = await db.$queryRaw<{ text: string }[]>`SELECT o::text AS text FROM operation o WHERE id = ${id}::uuid`;
    expect(operation?.text).not.toContain(PASSWORD);

    await end(first!.id, done(INSPECTED));
    await end(second!.id, done(INSPECTED));
    await end(third!.id, TIMEOUT);
    expect(await bench.seen(id)).toMatchObject({
      status: "running",
      label: "Add 3 servers",
      states: ["running", "running", "failed"],
      codes: [null, null, "timeout"],
    });
    const adds = await partsOf(id, "add");
    expect(adds.map(({ nodeId, request, actorName }) => [nodeId, request, actorName])).toEqual([
      [first!.nodeId, { inspectionId: first!.id, macs: named.macs }, "Ada"],
      [second!.nodeId, { inspectionId: second!.id, macs: INSPECTED.suggestedMacs }, "Ada"],
    ]);
    for (const { id: part } of adds) await end(part, done({}));
    expect(await bench.seen(id)).toMatchObject({ status: "failed", states: ["done", "done", "failed"] });
    expect(await escrowOf(id)).toEqual([]);
    expect(await retryBulk({ operationId: id }, bench.ada.call())).toMatchObject({ ok: false, code: "needs-password" });
  });

  it("that have no interface to suggest, or whose password is gone, say so on their line", async () => {
    const servers = fresh(2, { macs: [] });
    const lookId = await looked(servers);
    const id = bench.idOf(await addServers({ lookId, trusted: all(servers), password: PASSWORD }, bench.ada.call()));
    await bench.work(id);
    const [bare, late] = await partsOf(id, "inspect");
    await end(bare!.id, done({ ...INSPECTED, suggestedMacs: [] }));
    await db.escrow.updateMany({ data: { expiresAt: new Date(0) } });
    await end(late!.id, done(INSPECTED));
    expect(await bench.seen(id)).toMatchObject({ status: "failed", codes: ["mac-not-found", "password-gone"] });
  });

  it("ask for the role again at each line, and before what was inspected is added", async () => {
    const carl = await addUser("Carl");
    const servers = fresh(2);
    const look = bench.idOf(await lookAtServers({ servers }, carl.call()));
    await bench.work(look);
    for (const part of await partsOf(look, "contact")) await end(part.id, done({ banner: "SSH-2.0-x", hostKey: KEY }));
    const id = bench.idOf(await addServers({ lookId: look, trusted: all(servers), password: PASSWORD }, carl.call()));
    await bench.work(id, 1);
    await db.user.update({ where: { id: carl.id }, data: { role: "viewer" } });
    await bench.work(id);
    const [inspection] = await partsOf(id, "inspect");
    await end(inspection!.id, done(INSPECTED));
    expect(await bench.seen(id)).toMatchObject({ status: "failed", codes: ["forbidden", "forbidden"] });
    expect(await partsOf(id, "add")).toEqual([]);
  });

  it("are not tried any more when three have refused the password and none has taken it", async () => {
    const servers = fresh(5);
    const lookId = await looked(servers);
    const id = bench.idOf(await addServers({ lookId, trusted: all(servers), password: PASSWORD }, bench.ada.call()));
    await bench.work(id, 3);
    for (const part of await partsOf(id, "inspect")) await end(part.id, { ...TIMEOUT, code: "auth-refused" });
    await bench.work(id);
    expect(await bench.seen(id)).toMatchObject({
      status: "failed",
      codes: ["auth-refused", "auth-refused", "auth-refused", "not-tried", "not-tried"],
    });
    expect(await partsOf(id, "inspect")).toHaveLength(3);
  });

  it("begin eight at a time, and the rest can be cancelled", async () => {
    const servers = fresh(10);
    const id = bench.idOf(await lookAtServers({ servers }, bench.ada.call()));
    const operation = await db.operation.findUniqueOrThrow({ where: { id } });
    await bench.work(id, 7);
    expect(await hasRoom(operation)).toBe(true);
    await bench.work(id, 1);
    expect(await hasRoom(operation)).toBe(false);
    expect(await cancelBulk({ operationId: id }, bench.ada.call())).toEqual({ ok: true, value: { skipped: 2 } });
    expect(await db.event.findFirst({ where: { operationId: id } })).toMatchObject({
      message: "Ada cancelled the rest of “Read host keys of 10 servers”, started by Ada: 2 servers will not be begun.",
    });
    const queues = await db.$queryRaw<{ queue_name: string }[]>`
      SELECT DISTINCT queue_name FROM dbos.workflow_status WHERE workflow_uuid IN (SELECT id::text FROM operation WHERE parent_id = ${id}::uuid)`;
    expect(queues).toEqual([{ queue_name: "joins" }]);
  });

  it("say beforehand which addresses can not be added, and whose they are", async () => {
    const node = await plantNode("Active", { ip: "10.7.200.9" });
    await db.nodeIdentity.create({ data: { kind: "ip", value: node.ip, nodeId: node.id } });
    expect(await addressFaults(["10.7.0.250", node.ip, "127.0.0.1", "8.8.8.8"])).toMatchObject([
      { ip: node.ip, reason: `${node.ip} already belongs to ${node.name}.`, node: { id: node.id, name: node.name } },
      { ip: "127.0.0.1", reason: "127.0.0.1 is this console's own machine (loopback).", node: null },
      { ip: "8.8.8.8", reason: "8.8.8.8 is outside the management networks.", node: null },
    ]);
  });
});
