import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { SYSTEM } from "../actor";
import { rejectNode } from "../nodes/reject";
import { lastDay, lastInspection } from "./history";
import { eventActors, eventPage } from "./read";
import { record } from "./record";

describe.skipIf(noDatabase)(unlessSkipped("the history of a node"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada");
  }, 60_000);
  afterAll(() => drop?.());

  it("shows in which status it was, from its events", async () => {
    const node = await plantNode("Candidate");
    const day = ({ id, status, statusSince }: Node, now: Date) => lastDay({ id, status, statusSince: statusSince.toISOString() }, now);
    const early = new Date(Date.now() - 25 * 60 * 60_000);
    expect(await day({ ...node, statusSince: early }, new Date())).toMatchObject([{ status: "Candidate" }]);
    await rejectNode({ nodeId: node.id, version: node.version }, ada.call());
    const now = new Date(Date.now() + 60_000);
    const spans = await day(await db.node.findUniqueOrThrow({ where: { id: node.id } }), now);
    expect(spans.map(({ status }) => status)).toEqual(["Candidate", "Rejected"]);
    expect([spans[0]!.from, spans[1]!.to]).toEqual([now.getTime() - 86_400_000, now.getTime()]);
  });

  it("knows what the newest inspection found, also when that changed the status", async () => {
    const node = await plantNode("Candidate");
    expect(await lastInspection(node.id)).toBeNull();
    const inspected = (changes: string[], facts = {}) =>
      db.$transaction((tx) =>
        record(tx, { kind: "node.inspected", message: "Seen.", actor: SYSTEM, node, details: { changes }, ...facts }),
      );
    await inspected(["Memory was 64 GiB, is 128 GiB"]);
    await inspected([]);
    expect(await lastInspection(node.id)).toMatchObject({ changes: [] });
    await inspected(["Disk a is gone"], { kind: "node.status", transition: "T05" });
    expect((await lastInspection(node.id))?.changes).toEqual(["Disk a is gone"]);
  });

  it("is filtered by severity, kind and who acted", async () => {
    const node = await plantNode("Active");
    const write = (kind: string, severity: "info" | "error", actor: Parameters<typeof record>[1]["actor"]) =>
      db.$transaction((tx) => record(tx, { kind, severity, message: `${kind} ${severity}`, actor, node }));
    await write("node.renamed", "info", ada.call().actor);
    await write("node.inspected", "info", SYSTEM);
    await write("node.status", "error", SYSTEM);
    const messages = async (filter: Parameters<typeof eventPage>[0]) =>
      (await eventPage(filter, node.id)).events.map(({ message }) => message);
    expect(await messages({})).toEqual(["node.status error", "node.inspected info", "node.renamed info"]);
    expect(await messages({ severity: "error" })).toEqual(["node.status error"]);
    expect(await messages({ kind: "node.renamed" })).toEqual(["node.renamed info"]);
    expect(await messages({ actor: "Regent", severity: "info" })).toEqual(["node.inspected info"]);
    expect(await eventActors(node.id)).toEqual(["Ada", "Regent"]);
    expect(await eventActors()).toEqual(["Ada", "Regent", "Deadline"]);
  });
});
