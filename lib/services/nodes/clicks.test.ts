/** A thousand clicks on Join from two administrators: one operation, one event, and an answer in words for everybody. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Node } from "@/lib/generated/prisma/client";
import { privateFolder, root } from "@/lib/launch/data-folder.mjs";
import type { Outcome } from "@/lib/outcome";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { acceptNode } from "./accept";
import { contactMachine } from "./contact";
import { joinNode } from "./join";
import type { Started } from "./start-once";
import { reinspectNode } from "./reinspect";

const CLICKS = 1000;
const PROCESSES = 4;
type Answer = Outcome<Started>;

/** What each process does: its share of the clicks at once, and one line of answers. */
const CLICKER = `
  import { randomUUID } from "node:crypto";
  import { joinNode } from "@/lib/services/nodes/join";
  import { closeDb } from "@/lib/db";
  const { node, actors, clicks } = JSON.parse(process.argv[2]);
  const join = (call) => joinNode({ nodeId: node.id, version: node.version, role: "Worker" }, call);
  // On a slow machine a click can wait for its turn for more than a minute. It is a fault then, and whoever made it presses again.
  const again = (call) => (error) => (error.code === "P2028" ? join(call) : Promise.reject(error));
  const click = (index) => {
    const call = { actor: actors[index % actors.length], idempotencyKey: randomUUID() };
    return join(call).catch(again(call));
  };
  const answers = await Promise.all(Array.from({ length: clicks }, (_, index) => click(index)));
  process.stdout.write(JSON.stringify(answers));
  await closeDb();`;

describe.skipIf(noDatabase)(unlessSkipped(`${CLICKS} clicks on Join`), { timeout: 180_000 }, () => {
  let drop: () => Promise<void>;
  let users: Awaited<ReturnType<typeof addUser>>[];
  let node: Node;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    users = [await addUser("Ada"), await addUser("Grace", "admin")];
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => void (node = await plantNode("Candidate")));

  const userAt = (index: number) => users[index % users.length]!; // two were made
  const target = () => ({ nodeId: node.id, version: node.version });

  async function expectOne(answers: Answer[]): Promise<void> {
    const [done, refused] = [answers.filter(({ ok }) => ok), answers.filter((answer) => !answer.ok)];
    expect([done.length, refused.length]).toEqual([1, CLICKS - 1]);
    for (const answer of refused)
      expect(answer).toMatchObject({
        code: "stale",
        reason: expect.stringMatching(/changed while you looked at it: (Ada|Grace) joined node-\d+ as Worker\. \((Ada|Grace), /),
      });
    const operations = await db.operation.findMany({ where: { nodeId: node.id } });
    const events = await db.event.findMany({ where: { nodeId: node.id } });
    expect(operations.map(({ id }) => ({ ok: true, value: { operationId: id } }))).toEqual(done);
    expect(events.map(({ transition, actorName, operationId }) => [transition, actorName, operationId])).toEqual([
      ["T09", operations[0]?.actorName, operations[0]?.id],
    ]);
    const queued = await db.$queryRaw<
      unknown[]
    >`SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = ANY (SELECT id::text FROM operation WHERE node_id = ${node.id}::uuid)`;
    expect(queued).toHaveLength(1);
    expect(await db.node.findUnique({ where: { id: node.id } })).toMatchObject({ status: "Approved", version: node.version + 1 });
  }

  it("in one process", async () => {
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: CLICKS }, (_, index) => joinNode({ ...target(), role: "Worker" }, userAt(index).call())),
    );
    console.log(`${CLICKS} clicks in one process: ${Math.round(performance.now() - began)} ms`);
    await expectOne(answers);
  });

  it(`from ${PROCESSES} processes`, async () => {
    const folder = mkdtempSync(join(privateFolder(join(root, ".data")), "test-clicks-"));
    try {
      const program = join(folder, "clicker.mjs");
      const stdin = { contents: CLICKER, resolveDir: root, loader: "ts" } as const;
      await build({ stdin, outfile: program, bundle: true, platform: "node", format: "esm", packages: "external", alias: { "@": root } });
      const work = JSON.stringify({
        node: { id: node.id, version: node.version },
        actors: users.map(({ call }) => call().actor),
        clicks: CLICKS / PROCESSES,
      });
      const began = performance.now();
      const outputs = await Promise.all(
        Array.from({ length: PROCESSES }, () =>
          text(spawn(process.execPath, [program, work], { stdio: ["ignore", "pipe", "inherit"] }).stdout),
        ),
      );
      console.log(`${CLICKS} clicks from ${PROCESSES} processes: ${Math.round(performance.now() - began)} ms, their start included`);
      await expectOne(outputs.flatMap((output) => JSON.parse(output) as Answer[])); // what CLICKER writes
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("that come one after the other with one key are one request", async () => {
    const call = userAt(0).call("the-same-key");
    const answers = [await acceptNode(target(), call), await acceptNode(target(), call)];
    expect(answers[1]).toEqual(answers[0]);
    expect(await db.operation.count({ where: { nodeId: node.id } })).toBe(1);
    const another = await acceptNode(target(), userAt(1).call("the-same-key"));
    expect(another).toMatchObject({ ok: false, code: "stale" });
  });

  it("that come at once with one key are one request", async () => {
    const call = userAt(0).call("a-double-click");
    const answers = await Promise.all([1, 2, 3].map(() => joinNode({ ...target(), role: "Worker" }, call)));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(answers[0]).toMatchObject({ ok: true });
  });

  it("that read a host key at once with one key are one request", async () => {
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
    const call = userAt(0).call("a-double-contact");
    const answers = await Promise.all([1, 2, 3].map(() => contactMachine({ ip: "10.8.0.1" }, call)));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  });

  it("with a key that belongs to another request are not taken for it", async () => {
    const call = userAt(0).call("used-twice");
    const other = await plantNode("Active");
    const first = await reinspectNode({ nodeId: other.id, version: other.version }, call);
    expect(await joinNode({ ...target(), role: "Worker" }, call)).not.toEqual(first);
  });
});
