/** What is kept, and for how long. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { prune } from "./prune";
import { startBulk } from "./bulk/start";
import { startOperation } from "./operations/start";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "./testing";

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

describe.skipIf(noDatabase)(unlessSkipped("what has ended"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada");
  }, 60_000);
  afterAll(() => drop?.());

  /** An operation that ended so many days ago; null: it runs. */
  async function operation(kind: "contact" | "inspect" | "reinspect" | "join", endedDaysAgo: number | null): Promise<string> {
    const id = await db.$transaction((tx) => startOperation(tx, { kind, call: ada.call(), ip: "10.7.0.1", now: ago(endedDaysAgo ?? 200) }));
    const rest = endedDaysAgo === null ? { status: "running" as const } : { status: "succeeded" as const, finishedAt: ago(endedDaysAgo) };
    await db.operation.update({ where: { id }, data: { ...rest, result: { inventory: "large" } } });
    await db.operationStep.create({ data: { operationId: id, name: "tcp", position: 0, state: "ok" } });
    return id;
  }
  const setRetention = (retention: Record<string, number>) => db.region.update({ where: { id: 1 }, data: { settings: { retention } } });
  /** Which of them are left, by their place, and whether with their result. */
  const left = async (ids: string[]) => {
    const found = await db.operation.findMany({ where: { id: { in: ids } } });
    return ids.flatMap((id, index) => found.filter((row) => row.id === id).map(({ result }) => [index, result !== null]));
  };

  it("goes after ninety days, its inventory after one; what runs stays, and so do events", async () => {
    const ids = [
      await operation("join", 91),
      await operation("join", 89),
      await operation("reinspect", 2),
      await operation("inspect", 0.5),
      await operation("contact", 2),
      await operation("join", null),
    ];
    const events = await db.event.count();
    await prune();
    expect(await left(ids)).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [4, true],
      [5, true],
    ]);
    expect([await db.operationStep.count({ where: { operationId: ids[0]! } }), await db.event.count()]).toEqual([0, events]);
  });

  it("goes with its notes when it was told, and never while it waits", async () => {
    const target = await db.notifyTarget.create({ data: { kind: "email", name: "Ada", address: "ada@example.com" } });
    const delivery = async (state: "sent" | "dead" | "waiting", daysAgo: number) => {
      const id = randomUUID();
      const endedAt = state === "waiting" ? null : ago(daysAgo);
      const notifications = { create: { targetId: target.id, note: {} } };
      await db.delivery.create({
        data: { id, targetId: target.id, messageId: id, state, createdAt: ago(daysAgo), endedAt, notifications },
      });
      return id;
    };
    const kept = [await delivery("sent", 89), await delivery("waiting", 200)];
    await delivery("sent", 91);
    await delivery("dead", 120);
    await prune();
    expect((await db.delivery.findMany()).map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
    expect(await db.notification.count()).toBe(2);
  });

  it("goes when the region says so", async () => {
    const ids = [await operation("join", 8), await operation("join", 6)];
    await setRetention({ operationDays: 7, inspectionResultDays: 30 });
    await prune();
    expect(await left(ids)).toEqual([[1, true]]);
    await setRetention({});
  });

  it("goes in whole: work on many nodes with its lines and its parts", async () => {
    const nodes = await Promise.all([plantNode("Candidate"), plantNode("Candidate")]);
    const started = await startBulk({ command: "accept", targets: nodes.map(({ id, version }) => ({ nodeId: id, version })) }, ada.call());
    const id = started.ok ? started.value.operationId : "";
    const part = await db.$transaction((tx) =>
      startOperation(tx, { kind: "accept", call: ada.call(), ip: "10.7.0.2", parentId: id, now: ago(100) }),
    );
    await db.operation.updateMany({ where: { id: { in: [id, part] } }, data: { status: "succeeded", finishedAt: ago(100) } });
    await prune();
    expect(await db.operation.count({ where: { id: { in: [id, part] } } })).toBe(0);
    expect(await db.operationItem.count({ where: { operationId: id } })).toBe(0);
  });

  it("leaves nothing in the engine's own tables, but for what has not ended", async () => {
    const old = Date.now() - 91 * DAY_MS;
    const workflow = async (status: string, createdAt: number) => {
      const id: string = randomUUID();
      await db.$executeRaw`INSERT INTO dbos.workflow_status (workflow_uuid, status, name, created_at, updated_at) VALUES (${id}, ${status}, 'operation', ${createdAt}, ${createdAt})`;
      return id;
    };
    const ids = [await workflow("SUCCESS", old), await workflow("PENDING", old), await workflow("SUCCESS", Date.now())];
    await prune();
    const kept = await db.$queryRaw<
      { id: string }[]
    >`SELECT workflow_uuid AS id FROM dbos.workflow_status WHERE workflow_uuid = ANY(${ids})`;
    expect(ids.filter((id) => kept.some((row) => row.id === id))).toEqual([ids[1], ids[2]]);
  });

  it("goes without a word to the browsers", async () => {
    await operation("inspect", 2);
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const heard: string[] = [];
    client.on("notification", ({ payload = "" }) => heard.push(payload));
    await client.query("LISTEN regent_live");
    await prune();
    await client.query("NOTIFY regent_live, 'the end'");
    await client.end();
    expect(heard).toEqual(["the end"]);
  });
});
