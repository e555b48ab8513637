/** Many servers added by real workers to real SSH servers: each line has its own end, whoever is killed, and the machines are as after one. */
import { createServer, type Server as Listener } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { DemoServer } from "@/lib/demo/fleet";
import { addServers, lookAtServers } from "@/lib/services/bulk/servers";
import { operationDetail } from "@/lib/services/operations/read";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import { hasEnded, nextMachine, openBench, SOUND, type Bench } from "./testing-bench";

const CLOSED = "127.20.77.1";
const SILENT = "127.20.77.2";

describe.skipIf(noDatabase)(unlessSkipped("many servers at once"), { timeout: 120_000 }, () => {
  let bench: Bench;
  let silent: Listener;
  beforeAll(async () => {
    bench = await openBench();
    await bench.addWorker();
    silent = createServer(() => undefined);
    await new Promise<void>((ready) => silent.listen(bench.fleet.port, SILENT, ready));
  }, 120_000);
  afterAll(async () => {
    silent?.close();
    await bench?.close();
  });

  const server = (machine: DemoServer) => ({ ip: machine.ip, user: "root", role: "Worker" as const, macs: machine.convergedMacs });
  const at = (ip: string) => ({ ip, user: "root", role: "Worker" as const, macs: ["02:00:00:00:77:01"] });
  const ended = (id: string, withinMs = 60_000) =>
    bench.until(`operation ${id} ends`, async () => hasEnded(await bench.operationOf(id)) && (await operationDetail(id)), withinMs);
  const looked = async (servers: ReturnType<typeof server>[]) => {
    const lookId = await bench.started(lookAtServers({ servers }, bench.admin.call()));
    return { lookId, look: await ended(lookId) };
  };
  const added = (lookId: string, machines: DemoServer[], password: string) =>
    bench.started(addServers({ lookId, trusted: machines.map(({ ip }) => ({ ip, trust: "verified" })), password }, bench.admin.call()));
  const machines = (count: number) => Array.from({ length: count }, nextMachine);
  const codes = (view: Awaited<ReturnType<typeof ended>>) => view.items.map(({ state, refusal }) => refusal?.code ?? state);

  it("each has its own answer: the key, or which cause; and afterwards its own end", async () => {
    const [fine, other, turned, changed, known] = machines(5) as [DemoServer, DemoServer, DemoServer, DemoServer, DemoServer];
    await bench.candidate(known);
    const { lookId, look } = await looked([...[fine, other, turned, changed].map(server), at(CLOSED), at(SILENT), server(known)]);
    expect(codes(look)).toEqual(["done", "done", "done", "done", "refused", "timeout", "duplicate"]);
    expect(look.items[4]?.refusal?.reason).toBe(`${CLOSED} refused the connection: SSH service is not running.`);
    expect(look.items.slice(0, 4).map(({ server: seen }) => seen?.hostKey?.sha256)).toEqual(
      Array(4).fill(expect.stringMatching(/^SHA256:/)),
    );

    // Between the look and Finish: another password, another host key, and an address that somebody else adds.
    bench.fleet.setFaults(turned, { password: "another one" });
    bench.fleet.setFaults(changed, { hostKey: "new" });
    await bench.candidate(other);
    const id = await added(lookId, [fine, other, turned, changed], fine.credentials.password);
    const view = await ended(id);
    expect(codes(view)).toEqual(["done", "duplicate", "auth-refused", "host-key-changed"]);
    expect(view.items[0]?.nodeName).toBe(`${fine.name} (${fine.ip})`);
    expect(view.items[0]?.nodeId).toBe((await bench.nodeAt(fine)).id);
    expect(view.items[2]?.refusal?.reason).toBe(`${turned.ip} rejected the user or password.`);
    expect([view.status, view.refusal?.reason]).toEqual(["failed", "3 of 4 failed."]);
    const [part] = await db.operation.findMany({ where: { parentId: id, kind: "add" } });
    expect(await bench.sound(fine, part!.id)).toEqual({ ...SOUND, transitions: "T01" });
    expect(await db.node.count({ where: { ip: { in: [turned.ip, changed.ip] } } })).toBe(0);
    expect(bench.fleet.keysOf(changed)).toEqual([]);
    expect(await db.escrow.count()).toBe(0);
  });

  it("twelve are added, with two of three workers killed in the middle: each once", async () => {
    await Promise.all([bench.addWorker(), bench.addWorker()]);
    const many = machines(12);
    for (const machine of many) bench.fleet.setFaults(machine, { delayMs: 60 });
    const { lookId, look } = await looked(many.map(server));
    expect(codes(look)).toEqual(Array(12).fill("done"));
    const id = await added(lookId, many, many[0]!.credentials.password);
    for (const reached of [1, 5]) {
      await bench.until(
        `${reached} added`,
        async () => (await db.operationItem.count({ where: { operationId: id, state: "done" } })) >= reached,
        60_000,
      );
      const running = await db.operationItem.count({ where: { operationId: id, state: "running" } });
      expect(running).toBeLessThanOrEqual(8);
      await bench.endWorker(bench.workers()[0]!);
    }
    const view = await ended(id, 90_000);
    expect(codes(view)).toEqual(Array(12).fill("done"));
    for (const machine of many) {
      const { id: nodeId } = await bench.nodeAt(machine);
      const part = await db.operation.findFirstOrThrow({ where: { parentId: id, nodeId, kind: "add" } });
      expect(await bench.sound(machine, part.id)).toEqual({ ...SOUND, transitions: "T01" });
    }
    expect(await db.escrow.count()).toBe(0);
    expect(await db.$queryRaw`SELECT * FROM invariants`).toEqual([]);
  });
});
