import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { renameNode } from "./rename";
import { tagNode } from "./tag";
import { tagCounts } from "./tags";

describe.skipIf(noDatabase)(unlessSkipped("tags of a node"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  let node: Node;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    node = await plantNode("Active", { tags: ["rack-A"] });
  });

  const change = (add: string[], remove: string[] = []) => tagNode({ nodeId: node.id, add, remove }, ada.call());
  const events = () => db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "asc" } });

  it("are added and removed in one transaction with one event that says both", async () => {
    expect(await change(["gpu", "owner=render"], ["RACK-a"])).toEqual({
      ok: true,
      value: { tags: ["gpu", "owner=render"], added: ["gpu", "owner=render"], removed: ["rack-A"] },
    });
    expect((await db.node.findUniqueOrThrow({ where: { id: node.id } })).tags).toEqual(["gpu", "owner=render"]);
    expect(await events()).toMatchObject([
      {
        kind: "node.tagged",
        actorName: "Ada",
        message: `Ada added gpu and owner=render to ${node.name}, and removed rack-A from it.`,
        details: { added: ["gpu", "owner=render"], removed: ["rack-A"], tags: ["gpu", "owner=render"] },
      },
    ]);
  });

  it("that are there, or are not, are no event", async () => {
    expect(await change(["RACK-A"], ["gone"])).toMatchObject({ ok: true, value: { added: [], removed: [] } });
    expect(await events()).toEqual([]);
  });

  it("leave the version: who looked before may still act, and two people at once lose nothing", async () => {
    await Promise.all(["a", "b", "c", "d"].map((tag) => change([tag])));
    const after = await db.node.findUniqueOrThrow({ where: { id: node.id } });
    expect(after.tags.toSorted()).toEqual(["a", "b", "c", "d", "rack-A"]);
    expect(after.version).toBe(node.version);
    expect(await renameNode({ nodeId: node.id, version: node.version, name: `${node.name}-b`, description: "" }, ada.call())).toMatchObject(
      {
        ok: true,
      },
    );
  });

  it("are at most fifty, whoever adds them", async () => {
    await change(Array.from({ length: 49 }, (_, index) => `tag-${index}`));
    const answers = await Promise.all([change(["x"]), change(["y"])]);
    expect(answers).toMatchObject([
      { ok: false, code: "too-many-tags", reason: "A node has at most 50 tags; this one would have 51." },
      { ok: false, code: "too-many-tags" },
    ]);
    expect(await events()).toHaveLength(1);
  });

  it("are counted over the region, the most used first, in their most used spelling, without removed nodes", async () => {
    await db.$executeRaw`UPDATE node SET tags = '{}'`;
    for (const tags of [["gpu", "rack-A"], ["gpu"], ["GPU"]]) await plantNode("Active", { tags });
    await plantNode("Out", { tags: ["old", "gpu"] });
    expect(await tagCounts()).toEqual([
      { tag: "gpu", count: 3 },
      { tag: "rack-A", count: 1 },
    ]);
  });
});
