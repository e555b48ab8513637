/** What is told without an alarm: the sign of life, and nodes that stay out of service. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Note } from "@/lib/domain/notes";
import { emptyRegion } from "../maintenance/testing";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { remindOfMaintenance } from "./remind";
import { signOfLife } from "./sign-of-life";

describe.skipIf(noDatabase)(unlessSkipped("without an alarm"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await emptyRegion();
    await db.notifyTarget.deleteMany();
    await db.notifyTarget.createMany({
      data: [
        { kind: "email", name: "Ada", address: "ada@example.com" },
        { kind: "email", name: "Bob", address: "bob@example.com" },
        { kind: "email", name: "Off", address: "off@example.com", enabled: false },
        { kind: "webhook", name: "Pager", address: "https://hooks.example.com", body: "regent" },
      ],
    });
    await set({});
  });

  const set = (notify: object) => db.$executeRaw`UPDATE region SET settings = ${JSON.stringify({ notify })}::jsonb`;
  const told = async () =>
    (await db.notification.findMany({ include: { target: true } })).map(({ note, target }) => [target.name, note as Note] as const); // written by our own types
  const names = async () => (await told()).map(([name]) => name).toSorted();
  const lastTold = (hoursAgo: number) => db.$executeRaw`UPDATE sign_of_life SET told_at = now() - ${hoursAgo} * interval '1 hour'`;

  it("every mailbox hears once a day that Regent lives, however many workers look", async () => {
    expect(await signOfLife()).toBe(false);
    await plantNode("Active");
    await plantNode("InMaintenance");
    await lastTold(24);
    const looks = await Promise.all(Array.from({ length: 8 }, signOfLife));
    expect(looks.filter(Boolean)).toHaveLength(1);
    expect(await names()).toEqual(["Ada", "Bob"]);
    expect((await told())[0]?.[1]).toMatchObject({ kind: "daily", nodes: 2, active: 1, inAlarm: 0, waiting: 0 });
    expect(await signOfLife()).toBe(false);
  });

  it("nobody hears it where it is switched off", async () => {
    await lastTold(48);
    await set({ daily: false });
    expect(await signOfLife()).toBe(false);
    expect(await told()).toEqual([]);
  });

  async function inMaintenance(hours: number): Promise<string> {
    const node = await plantNode("InMaintenance");
    const entered = new Date(Date.now() - hours * 3_600_000);
    await db.maintenance.create({
      data: {
        nodeId: node.id,
        nodeName: node.name,
        cameFrom: "Active",
        actorName: "Ada",
        reason: "New disks",
        enteredAt: entered,
        startedAt: entered,
      },
    });
    return node.name;
  }
  const later = (hours: number) => db.$executeRaw`UPDATE maintenance SET reminded_at = reminded_at - ${hours} * interval '1 hour'`;

  it("people are reminded of nodes that stay in maintenance, all together, and each day again", async () => {
    const first = await inMaintenance(25);
    await inMaintenance(23);
    expect((await Promise.all(Array.from({ length: 5 }, remindOfMaintenance))).filter((count) => count > 0)).toEqual([1]);
    expect(await names()).toEqual(["Ada", "Bob"]);
    expect((await told())[0]?.[1]).toMatchObject({ kind: "reminder", nodes: [{ node: first, reason: "New disks" }] });
    await later(23);
    expect(await remindOfMaintenance()).toBe(0);
    const second = await inMaintenance(26);
    expect(await remindOfMaintenance()).toBe(2);
    const last = (await told()).map(([, note]) => (note.kind === "reminder" ? note.nodes.map(({ node }) => node) : []));
    expect(last).toContainEqual([second, first]);
    await later(24);
    expect(await remindOfMaintenance()).toBe(2);
  });
});
