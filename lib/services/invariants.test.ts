/** Each violation, planted past the triggers on a real PostgreSQL, is named; what Regent itself does leaves none. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db, type Tx } from "@/lib/db";
import { sampleVm } from "@/lib/domain/vm.sample";
import { readViolations } from "./invariants";
import { beginMaintenance } from "./maintenance/begin";
import { emptyRegion, plantHypervisor } from "./maintenance/testing";
import { samplePool } from "./metrics/pool";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "./testing";

const GIB = 2 ** 30;

describe.skipIf(noDatabase)(unlessSkipped("the view of what is broken"), () => {
  let drop: () => Promise<void>;
  let ada: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    ada = await addUser("Ada", "admin");
  });
  afterAll(() => drop?.());
  beforeEach(emptyRegion);

  const found = async () => (await readViolations({ events: true })).map(({ id, sentence }) => `${id} ${sentence}`);
  const pastTriggers = (work: (tx: Tx) => Promise<unknown>) =>
    db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await work(tx);
    });
  const operation = (nodeId: string, nodeName: string, kind: string) =>
    db.operation.create({ data: { kind, nodeId, nodeName, ip: "10.0.0.1", actorName: "Ada", deadlineAt: new Date() } });
  const stay = (nodeId: string, facts: object = {}) =>
    db.maintenance.create({ data: { nodeId, nodeName: "n", cameFrom: "Active", actorName: "Ada", ...facts } });
  const surveyed = (nodeId: string, vms: object[]) =>
    samplePool().query(
      `INSERT INTO metrics.node_survey (node_id, surveyed_at, survey) VALUES ($1, clock_timestamp(), $2)
       ON CONFLICT (node_id) DO UPDATE SET surveyed_at = clock_timestamp(), survey = $2`,
      [nodeId, JSON.stringify({ partitions: [], services: [], failedServices: [], vms })],
    );

  it("is empty where nothing is, and where a drain began", async () => {
    expect(await found()).toEqual([]);
    const node = await plantHypervisor(64, [8, 4]);
    await plantHypervisor(64, [2]);
    expect(await beginMaintenance({ nodeId: node.id, version: node.version }, ada.call())).toMatchObject({ ok: true });
    expect(await found()).toEqual([]);
  });

  it("names a VM that runs In maintenance, unless it was forced", async () => {
    const { id, name } = await plantNode("InMaintenance");
    const { id: stayId } = await stay(id, { enteredAt: new Date(Date.now() - 1000) });
    await surveyed(id, [sampleVm("web1"), sampleVm("off", { state: "shut off" })]);
    expect(await found()).toEqual([`I2 ${name} is In maintenance and runs web1.`]);
    await db.maintenance.update({ where: { id: stayId }, data: { forced: true } });
    expect(await found()).toEqual([]);
  });

  it("names a maintenance that is open on a node that is in none", async () => {
    const { id } = await plantNode("Active");
    await stay(id);
    await stay(randomUUID());
    expect((await found()).sort()).toEqual([
      "I3 A maintenance of n is open, and the node is Active.",
      "I3 A maintenance of n is open, and the node is gone.",
    ]);
  });

  it("names two operations of one node", async () => {
    const { id, name } = await plantNode("Active");
    await operation(id, name, "reinspect");
    await db.$executeRaw`DROP INDEX operation_one_active_per_node`;
    await operation(id, name, "moveBack");
    expect(await found()).toEqual([`I4 2 operations are active on ${name}: reinspect, moveBack.`]);
    await db.operation.deleteMany();
    await db.$executeRaw`CREATE UNIQUE INDEX operation_one_active_per_node ON operation (node_id) WHERE status IN ('pending', 'running') AND node_id IS NOT NULL`;
  });

  it("names promises beyond the memory", async () => {
    const [home, target] = [await plantNode("EnteringMaintenance", { statusReason: "It stands." }), await plantHypervisor(8, [6])];
    const { id } = await stay(home.id);
    const line = {
      maintenanceId: id,
      uuid: "u",
      name: "web1",
      position: 0,
      targetId: target.id,
      memoryBytes: BigInt(2 * GIB),
      state: "waiting",
    };
    await db.maintenanceVm.create({ data: line });
    expect(await found()).toEqual([]);
    await db.maintenanceVm.create({ data: { ...line, uuid: "v", position: 1 } });
    expect(await found()).toEqual([`I5 ${target.name} has 8192 MiB for virtual machines; 10240 MiB are given and promised.`]);
  });

  it("names a force before its time and after it", async () => {
    const { id } = await plantNode("Active");
    const [now, later, last] = [0, 30, 60].map((seconds) => new Date(Date.now() + seconds * 1000));
    for (const usedAt of [now, later, last])
      await db.forceChallenge.create({
        data: {
          nodeId: id,
          nodeVersion: 1,
          actorId: ada.id,
          sessionHash: new Uint8Array(32),
          notBefore: later ?? new Date(),
          expiresAt: last ?? new Date(),
          usedAt,
        },
      });
    expect((await found()).map((line) => line.slice(0, 2))).toEqual(["I8", "I8"]);
  });

  it("names who is on the way and has nobody", async () => {
    const soon = new Date(Date.now() + 60_000);
    const [lost, late] = [await plantNode("Starting"), await plantNode("Activating", { deadlineAt: new Date(Date.now() - 120_000) })];
    const [drain, silent] = [
      await plantNode("EnteringMaintenance", { deadlineAt: soon, statusReason: "r" }),
      await plantNode("EnteringMaintenance"),
    ];
    await plantNode("Approved", { deadlineAt: soon });
    await plantNode("EnteringMaintenance", { statusReason: "It stands." });
    const named = (await found()).map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(named.sort()).toEqual([lost, late, drain, silent].map(({ name }) => `I12 ${name}`).sort());
  });

  it("names an alarm whose history does not tell its state, and a message that nobody sends", async () => {
    const { id: nodeId } = await plantNode("Active");
    const alarm = await db.alarm.create({ data: { name: "Hot", severity: "critical", scope: "all", rule: {}, actorName: "Ada" } });
    await db.alarmSubject.create({ data: { alarmId: alarm.id, nodeId } });
    expect(await found()).toEqual([]);
    await db.alarmSubject.updateMany({ data: { state: "ALARM", seq: 2 } });
    const target = await db.notifyTarget.create({ data: { kind: "email", name: "ops", address: "ops@example.net" } });
    const dueAt = new Date(Date.now() - 20 * 60_000);
    await db.notification.create({ data: { targetId: target.id, note: {}, dueAt } });
    expect(await found()).toEqual([
      `I15 “Hot” is ALARM (2), and its history ends with INSUFFICIENT_DATA (0).`,
      expect.stringMatching(/^I15 A message to ops is due since .*, and nobody sends it\.$/),
    ]);
    await db.alarm.deleteMany();
    // What waits behind a delivery that is tried again is in hand; a delivery that nobody tries is not.
    const delivery = await db.delivery.create({ data: { targetId: target.id, messageId: "<1@x>" } });
    expect(await found()).toEqual([]);
    await db.delivery.update({ where: { id: delivery.id }, data: { nextAt: dueAt } });
    expect(await found()).toEqual([expect.stringMatching(/^I15 A message to ops was to be tried again at .*, and nobody does\.$/)]);
    await db.notifyTarget.deleteMany();
    expect(await found()).toEqual([]);
  });

  it("names a status without its event, and a changed event", async () => {
    const node = await plantHypervisor(64, [8]);
    await plantHypervisor(64, []);
    await beginMaintenance({ nodeId: node.id, version: node.version }, ada.call());
    await pastTriggers((tx) => tx.node.update({ where: { id: node.id }, data: { status: "Active" } }));
    const stolen = `I9 ${node.name} is Active, and its last event says EnteringMaintenance.`;
    expect(await found()).toEqual(expect.arrayContaining([stolen]));
    expect((await readViolations({ events: false })).map(({ id }) => id)).toEqual(["I3"]);
    const { id } = await db.event.findFirstOrThrow({ where: { nodeId: node.id }, orderBy: { id: "desc" } });
    await pastTriggers((tx) => tx.$executeRaw`UPDATE event SET message = 'Nothing happened.' WHERE id = ${id}`);
    expect(await found()).toEqual(expect.arrayContaining([`I9 The chain of events breaks at event ${id}.`]));
  });
});
