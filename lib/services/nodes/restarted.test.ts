/** What the event log says of restarts, whatever a host says of its boots. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "../../db";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { noteBoot } from "./restarted";

describe.skipIf(noDatabase)(unlessSkipped("a restart"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  const restarts = (nodeId: string) => db.event.count({ where: { nodeId, kind: "node.restarted" } });

  it("is one event, though two workers see it, and a host that names another boot each time fills no log", async () => {
    const { id } = await plantNode("Active");
    const before = randomUUID();
    const bootedAt = new Date(Date.now() - 5000);
    await Promise.all([noteBoot(id, bootedAt, before), noteBoot(id, bootedAt, before)]);
    expect(await restarts(id)).toBe(1);
    for (let second = 0; second < 5; second += 1) await noteBoot(id, new Date(), randomUUID());
    expect(await restarts(id)).toBe(1);
    expect(Date.now() - ((await db.node.findUniqueOrThrow({ where: { id } })).bootedAt?.getTime() ?? 0)).toBeLessThan(5000);
  });

  it("of another node is its own, and the first boot that is seen is none", async () => {
    const [one, two] = [await plantNode("Active"), await plantNode("Active")];
    await noteBoot(one.id, new Date(), null);
    await noteBoot(two.id, new Date(), randomUUID());
    expect([await restarts(one.id), await restarts(two.id)]).toEqual([0, 1]);
  });
});
