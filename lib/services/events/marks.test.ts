import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { rejectNode } from "../nodes/reject";
import { SYSTEM } from "../actor";
import { happened } from "./marks";
import { record } from "./record";

const HOUR = 3600;

describe.skipIf(noDatabase)(unlessSkipped("what happened to a node"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  it("are the changes of its status and its restarts, and the statuses between them", async () => {
    const node = await plantNode("Candidate");
    const { call } = await addUser("Ada");
    await rejectNode({ nodeId: node.id, version: node.version }, call());
    const write = (kind: string, message: string) => db.$transaction((tx) => record(tx, { kind, message, actor: SYSTEM, node }));
    await write("node.tagged", "Tagged.");
    await write("node.restarted", "Restarted.");
    const now = Math.ceil(Date.now() / 1000);
    const told = await happened(node.id, now - HOUR, now + 60);
    expect(told?.marks.map(({ kind, message }) => [kind, message])).toEqual([
      ["node.status", expect.stringContaining("rejected") as string],
      ["node.restarted", "Restarted."],
    ]);
    expect(told?.marksInAll).toBe(2);
    expect(told?.statuses.map(({ status }) => status)).toEqual(["Candidate", "Rejected"]);
    // Before all of it, the change that came after says what it was.
    expect((await happened(node.id, now - 2 * HOUR, now - HOUR))?.statuses).toEqual([
      { from: now - 2 * HOUR, to: now - HOUR, status: "Candidate" },
    ]);
    expect(told?.joined).toBeNull();
    expect(await happened("00000000-0000-4000-8000-000000000000", now - HOUR, now)).toBeNull();
  });

  it("are the changes of its alarms too, and of one that flaps no more than leave the rest in sight", async () => {
    const node = await plantNode("Active");
    const write = (kind: string, message: string, severity: "info" | "error" = "info") =>
      db.$transaction((tx) => record(tx, { kind, message, severity, actor: SYSTEM, node }));
    await write("node.restarted", "Restarted.", "error");
    for (let change = 1; change <= 101; change += 1) await write("alarm.state", `Change ${change}`);
    const now = Math.ceil(Date.now() / 1000);
    const told = await happened(node.id, now - HOUR, now + 60);
    expect(told?.marks.map(({ message }) => message)).toEqual([
      "Restarted.",
      ...Array.from({ length: 100 }, (_, index) => `Change ${index + 2}`),
    ]);
    expect(told?.marksInAll).toBe(102);
  });
});
