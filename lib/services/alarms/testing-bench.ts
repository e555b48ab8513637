/** For tests only: a database with a node, a mailbox and somebody who makes alarms, and rounds over what was measured of it. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { AlarmForm } from "../../domain/alarms/config";
import type { NodeStatus } from "../../domain/status";
import { db } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { readViolations } from "../invariants";
import { closeSamplePool } from "../metrics/pool";
import { addUser, ownDatabase, plantNode } from "../testing";
import { createAlarm } from "./create";
import { alarmDetail } from "./read";
import { newBooks, runRound, type Books } from "./round";
import { forgetRounds, formOf, measure as write } from "./testing";

export const HOUR_AGO = new Date(Date.now() - 3_600_000);
export const BUSY = { cpu: 0.95 };
export const IDLE = { cpu: 0.1 };

/** To be called in a describe; each test has a node of its own, and no alarm. */
export function alarmBench() {
  let drop: () => Promise<void>;
  let book: Books;
  // Each is set before the first test.
  const bench = {} as { ada: Awaited<ReturnType<typeof addUser>>; node: Node; ops: string };

  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    bench.ada = await addUser("Ada");
  });
  afterAll(async () => {
    // Rows are planted here past the triggers, so that of nodes other things are found.
    const found = (await readViolations({ events: false })).filter(({ id }) => id === "I15");
    await closeSamplePool();
    await drop?.();
    if (found.length) throw new Error(found.map(({ sentence }) => sentence).join("\n"));
  });
  beforeEach(async () => {
    await db.alarm.deleteMany();
    await db.muteWindow.deleteMany();
    await db.notification.deleteMany();
    await db.regionWatch.update({ where: { id: 1 }, data: { silent: null, total: null } });
    bench.node = await plantNode("Active", { joinedAt: HOUR_AGO, createdAt: HOUR_AGO });
    bench.ops = (await db.notifyTarget.create({ data: { kind: "email", name: "ops", address: `${randomUUID()}@example.net` } })).id;
    book = newBooks();
  });

  const toldAll = (): AlarmForm["actions"] => ({ OK: [bench.ops], ALARM: [bench.ops], INSUFFICIENT_DATA: [bench.ops] });
  async function make(facts: Partial<AlarmForm> = {}): Promise<string> {
    const form = formOf({ name: `High CPU ${randomUUID()}`, scope: { kind: "node", nodeId: bench.node.id }, actions: toldAll(), ...facts });
    const made = await createAlarm(form, bench.ada.call());
    if (!made.ok) throw new Error(made.reason);
    return made.value.alarmId;
  }
  /** A past that is written anew is read anew; no worker does that. */
  const measure = (...args: Parameters<typeof write>) => {
    book = newBooks();
    return write(...args);
  };
  async function round(on = book) {
    await forgetRounds();
    return runRound(60, on);
  }
  const subject = async (alarmId: string) => (await alarmDetail(alarmId))?.subjects[0];
  const notes = async () => (await db.notification.findMany({ orderBy: { createdAt: "asc" } })).map(({ note }) => note);
  const become = (status: NodeStatus) =>
    db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.node.update({ where: { id: bench.node.id }, data: { status } });
    });
  return { bench, toldAll, make, measure, round, subject, notes, become };
}
