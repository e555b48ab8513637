/** The test that an administrator asks for, as the worker does it: its ladder, its dialogue, and what follows from it. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { addTarget } from "@/lib/services/notify/target-set";
import { readTestDialogue, testMail, testTarget } from "@/lib/services/notify/test";
import { operationDetail } from "@/lib/services/operations/read";
import { addUser, noDatabase, unlessSkipped } from "@/lib/services/testing";
import { bundles, startWorker, type Worker } from "../testing";
import { alarmNote, notifyBench, setServer, tellTo, URL_OF_CONSOLE } from "./testing-notify";
import { certificate, LOGIN, mailServer, type Refusals, type TestServer } from "./testing-smtp";

describe.skipIf(noDatabase)(unlessSkipped("a test of what is told"), { timeout: 60_000 }, () => {
  let bench: Awaited<ReturnType<typeof notifyBench>>;
  let programs: Awaited<ReturnType<typeof bundles>>;
  let worker: Worker;
  let server: TestServer;
  let admin: Awaited<ReturnType<typeof addUser>>;
  const refusals: Refusals = {};
  const known = certificate();
  beforeAll(async () => {
    process.env.REGENT_WEBHOOK_LOOPBACK = "1";
    bench = await notifyBench();
    programs = await bundles();
    server = await mailServer({ ...known }, refusals);
    worker = await startWorker(programs.worker, {
      DATABASE_URL: bench.url,
      REGENT_SEAL_PUBLIC_KEY: process.env.REGENT_SEAL_PUBLIC_KEY ?? "",
      REGENT_SEAL_PRIVATE_KEY_FILE: bench.keyFile,
      REGENT_URL: URL_OF_CONSOLE,
      REGENT_WEBHOOK_LOOPBACK: "1",
    });
    admin = await addUser("Ada", "admin");
  }, 120_000);
  afterAll(async () => {
    worker?.child.kill("SIGKILL");
    await server?.close();
    programs?.remove();
    await bench?.drop();
  });

  async function ended(started: Outcome<{ operationId: string }>) {
    if (!started.ok) throw new Error(started.reason);
    for (let tries = 0; tries < 600; tries += 1) {
      const operation = await operationDetail(started.value.operationId);
      if (operation && ["succeeded", "failed"].includes(operation.status)) {
        const said = await readTestDialogue({ operationId: operation.id });
        return { operation, dialogue: (said.ok && said.value) || [] };
      }
      await sleep(50);
    }
    throw new Error("The test did not end within 30 s.");
  }
  const toOps = () => testMail({ address: "ops@example.com" }, admin.call());

  it("arrives, and its dialogue holds all but the password", async () => {
    await setServer(server.port, { security: "starttls", authority: known.cert });
    const { operation, dialogue } = await ended(await toOps());
    expect(operation).toMatchObject({ status: "succeeded", label: "Send test mail", refusal: null });
    expect(operation.steps.map(({ label, state, detail }) => [label, state, detail])).toEqual([
      ["Connect and encrypt", "ok", "Encrypted"],
      ["Log in", "ok", LOGIN.user],
      ["Send", "ok", "250 2.0.0 taken"],
    ]);
    expect(server.received.at(-1)?.raw).toContain("Subject: [Regent");
    expect(server.received.at(-1)?.raw).toContain("A test, nothing is wrong");
    expect(dialogue).toEqual(expect.arrayContaining(["C: STARTTLS", "C: AUTH PLAIN ***", "S: 250 2.0.0 taken"]));
    expect(JSON.stringify(dialogue)).not.toContain(LOGIN.password);
  });

  it("says at which step it failed, in the server's own words", async () => {
    await setServer(server.port, { security: "starttls" });
    const unknown = await ended(await toOps());
    expect(unknown.operation).toMatchObject({ status: "failed", refusal: { code: "mail-certificate-unknown", field: "authority" } });
    expect(unknown.operation.steps.map(({ state }) => state)).toEqual(["failed", "waiting", "waiting"]);
    await setServer(server.port, { security: "starttls", authority: known.cert });
    refusals.login = "535 5.7.8 Go away";
    const rejected = await ended(await toOps());
    expect(rejected.operation).toMatchObject({
      status: "failed",
      refusal: { code: "mail-login", reason: expect.stringContaining("535 5.7.8 Go away") as string },
    });
    expect(rejected.operation.steps.map(({ state }) => state)).toEqual(["ok", "failed", "waiting"]);
    expect(rejected.dialogue).toContain("S: 535 5.7.8 Go away");
    Reflect.deleteProperty(refusals, "login");
    const event = await db.event.findFirstOrThrow({ where: { kind: "operation.mailTest" }, orderBy: { id: "desc" } });
    expect(event.message).toMatch(/^Send test mail failed at “Log in”: /);
  });

  it("that arrives sends what waits, at once", async () => {
    const added = await addTarget({ kind: "email", name: "On call", address: "night@example.com" }, admin.call());
    const targetId = added.ok ? added.value.id : "";
    refusals.recipient = "550 5.1.1 no such user";
    await tellTo(targetId, alarmNote());
    for (let tries = 0; tries < 100 && !(await db.notifyTarget.findUnique({ where: { id: targetId } }))?.failingSince; tries += 1)
      await sleep(100);
    Reflect.deleteProperty(refusals, "recipient");
    const { operation } = await ended(await testTarget({ targetId }, admin.call()));
    expect(operation.status).toBe("succeeded");
    expect(await db.notifyTarget.findUniqueOrThrow({ where: { id: targetId } })).toMatchObject({ failingSince: null, problem: null });
    for (let tries = 0; tries < 100 && (await db.delivery.count({ where: { state: "waiting" } })) > 0; tries += 1) await sleep(100);
    expect(server.received.filter(({ to }) => to.includes("night@example.com"))).toHaveLength(2);
  });

  it("of a webhook says what it answered", async () => {
    const added = await addTarget(
      { kind: "webhook", name: "Hook", address: "http://127.0.0.1:1/hook", body: "regent", secret: "Kanarienvogel-hook-1" },
      admin.call(),
    );
    const { operation, dialogue } = await ended(await testTarget({ targetId: added.ok ? added.value.id : "" }, admin.call()));
    expect(operation).toMatchObject({ status: "failed", label: "Test webhook", refusal: { code: "webhook-refused" } });
    expect(dialogue).toEqual(["POST http://127.0.0.1:1/hook", "127.0.0.1 refused the connection."]);
  });

  it("leaves no secret in the worker's log", () => {
    expect(worker.lines.join("\n")).not.toMatch(/Kanarienvogel/);
  });
});
