/**
 * The worst hour: the mail server is down while a hundred alarms flap, and afterwards the senders are killed one after the other, some
 * before the server's answer and some right after it. Real workers as processes, a real PostgreSQL, a real mail server.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { withClient } from "@/lib/launch/postgres.mjs";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import { bundles, startWorker, type Worker } from "../testing";
import { addTarget, alarmNote, notifyBench, pass, setServer, tellTo } from "./testing-notify";
import { LOGIN, mailServer, type TestServer } from "./testing-smtp";

const TRANSITIONS = 1000;
const ALARMS = 100;
const KILLS = 20;
const MAILBOXES = ["ada@example.com", "bob@example.com", "eve@example.com"];
const OUTAGE_MINUTES = 60;

describe.skipIf(noDatabase)(unlessSkipped("a storm of alarms"), { timeout: 400_000 }, () => {
  let bench: Awaited<ReturnType<typeof notifyBench>>;
  let programs: Awaited<ReturnType<typeof bundles>>;
  let server: TestServer | null = null;
  const workers = new Map<string, Worker>();
  const logs: string[][] = [];
  let started = 0;
  beforeAll(async () => {
    bench = await notifyBench();
    programs = await bundles();
  }, 120_000);
  afterAll(async () => {
    for (const { child } of workers.values()) child.kill("SIGKILL");
    await server?.close();
    programs?.remove();
    await bench?.drop();
  });

  /** Each calls itself by a name of its own, so that the mail server knows whom it speaks to. */
  async function addWorker(): Promise<void> {
    const name = `worker-${(started += 1)}.example.com`;
    const worker = await startWorker(programs.worker, {
      DATABASE_URL: bench.url,
      REGENT_SEAL_PUBLIC_KEY: process.env.REGENT_SEAL_PUBLIC_KEY ?? "",
      REGENT_SEAL_PRIVATE_KEY_FILE: bench.keyFile,
      REGENT_URL: `https://${name}`,
    });
    workers.set(name, worker);
    logs.push(worker.lines);
  }
  /** At once; answers when it has ended. */
  function kill(name: string): Promise<unknown> {
    const worker = workers.get(name);
    if (!worker) throw new Error(`No worker of this test is called ${name}.`);
    workers.delete(name);
    worker.child.kill("SIGKILL");
    return worker.exit;
  }

  const ids = Array.from({ length: ALARMS }, () => ({ alarmId: crypto.randomUUID(), nodeId: crypto.randomUUID() }));
  let written = 0;
  /** The next change: the alarms take turns, and each time an alarm has its turn it changes five times in a row. */
  function change() {
    const [index, seq] = [Math.floor(written / 5) % ALARMS, Math.floor(written / (5 * ALARMS)) * 5 + (written % 5) + 1];
    written += 1;
    const becomes = seq % 2 ? "ALARM" : "OK";
    return alarmNote({
      ...ids[index],
      alarm: `Alarm ${index}`,
      node: `node-${index}`,
      seq,
      becomes,
      was: seq % 2 ? "OK" : "ALARM",
    });
  }
  const targets: string[] = [];
  async function changes(count: number): Promise<void> {
    const notes = Array.from({ length: Math.min(count, TRANSITIONS - written) }, change);
    for (const target of targets) await tellTo(target, ...notes);
  }
  const waiting = async () =>
    (await db.notification.count({ where: { deliveryId: null } })) + (await db.delivery.count({ where: { state: "waiting" } }));

  it("loses no change, tells none twice but for a kill, and nobody more than once a minute", async () => {
    for (const address of MAILBOXES) targets.push(await addTarget(address));
    const probe = await mailServer();
    await probe.close();
    await setServer(probe.port);
    await Promise.all([addWorker(), addWorker()]);

    for (let minute = 0; minute < OUTAGE_MINUTES; minute += 1) {
      await changes(10);
      await sleep(150);
      await pass(60);
    }
    expect(await db.delivery.count({ where: { state: "sent" } })).toBe(0);
    expect(await db.mailServer.findFirst()).toMatchObject({ problem: expect.stringContaining("refused") as string });
    const outage = {
      deliveries: await db.delivery.count(),
      attempts: (await db.delivery.aggregate({ _sum: { attempts: true } }))._sum.attempts,
    };

    let kills = 0;
    let killing = Promise.resolve();
    const taken: { id: string; to: string; text: string }[] = [];
    server = await mailServer({
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      onData: (stream, session, done) => {
        let raw = "";
        stream.on("data", (chunk: Buffer) => (raw += chunk.toString()));
        stream.on("end", () => {
          const dies = kills < KILLS;
          const before = dies && kills % 2 === 0;
          if (dies) {
            kills += 1;
            const ended = kill(String(session.hostNameAppearsAs));
            killing = killing.then(async () => {
              await ended;
              await addWorker();
            });
          }
          // It dies before the answer and the mail is lost, or with it and the mail has arrived.
          if (!before)
            taken.push({
              id: /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim() ?? "",
              to: session.envelope.rcptTo[0]?.address ?? "",
              text: plainPart(raw),
            });
          if (!before) done(null, "taken");
        });
      },
      secure: false,
    });
    await setServer(server.port);

    for (let rounds = 0; rounds < 400 && (written < TRANSITIONS || kills < KILLS || (await waiting()) > 0); rounds += 1) {
      await changes(10);
      await sleep(500);
      await killing;
      await pass(61);
    }
    await killing;
    expect({ written, kills, waiting: await waiting() }).toEqual({ written: TRANSITIONS, kills: KILLS, waiting: 0 });

    const once = new Map(taken.map((mail) => [mail.id, mail]));
    for (const to of MAILBOXES) {
      const told = [...once.values()].filter((mail) => mail.to === to).flatMap(({ text }) => toldIn(text));
      expect(new Set(told).size).toBe(TRANSITIONS);
      expect(told).toHaveLength(TRANSITIONS);
    }
    const duplicates = taken.length - once.size;
    expect(duplicates).toBeLessThanOrEqual(KILLS);
    for (const targetId of targets) {
      const times = (await db.delivery.findMany({ where: { targetId }, orderBy: { createdAt: "asc" } })).map(({ createdAt }) =>
        createdAt.getTime(),
      );
      for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(60_000);
    }
    console.log(
      `${TRANSITIONS} transitions of ${ALARMS} flapping alarms to ${MAILBOXES.length} mailboxes, ${OUTAGE_MINUTES} minutes without a mail server (${outage.deliveries} deliveries waited, ${outage.attempts} attempts): ${once.size} mails, ${kills} kills, ${duplicates} duplicates, 0 lost`,
    );
  });

  it("leaves the password of the mail server nowhere", async () => {
    const rows = await withClient(bench.url, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
      );
      const all: string[] = [];
      for (const { name } of tables) all.push(JSON.stringify((await client.query(`SELECT t::text FROM ${name} t`)).rows));
      return all.join("\n");
    });
    expect(rows.length).toBeGreaterThan(100_000);
    for (const form of [LOGIN.password, Buffer.from(LOGIN.password).toString("base64"), Buffer.from(LOGIN.password).toString("hex")]) {
      expect(rows).not.toContain(form);
      expect(logs.flat().join("\n")).not.toContain(form);
    }
  });
});

/** The first part of a mail, decoded. */
function plainPart(raw: string): string {
  const [, encoding = "", body = ""] =
    /Content-Type: text\/plain[^]*?Content-Transfer-Encoding: (\S+)\r\n\r\n([^]*?)\r\n--/.exec(raw) ?? [];
  if (encoding === "base64") return Buffer.from(body, "base64").toString();
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString().replaceAll("\r\n", "\n");
}

/** "Alarm 7 on node-7: 12" for each change that a mail names. */
function toldIn(text: string): string[] {
  return text.split(/\n(?=[A-Z ]+: Alarm )/).flatMap((block) => {
    const [, title] = /: (Alarm \d+ on node-\d+)/.exec(block) ?? [];
    const [, numbers = ""] = /transitions? ([\d, to]+\d|\d)/i.exec(block.replace("Transition: ", "transition ")) ?? [];
    if (!title) return [];
    return numbers.split(", ").flatMap((part) => {
      const [from = 0, to = from] = part.split(" to ").map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => `${title}: ${from + index}`);
    });
  });
}
