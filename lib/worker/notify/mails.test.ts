/** From a note to a mailbox, with a real PostgreSQL and a real mail server. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { gather } from "@/lib/services/notify/gather";
import { noDatabase, unlessSkipped } from "@/lib/services/testing";
import { sendMails } from "./mails";
import { addTarget, alarmNote, notifyBench, pass, setServer, tellTo, URL_OF_CONSOLE } from "./testing-notify";
import { mailServer, type Refusals, type TestServer } from "./testing-smtp";

describe.skipIf(noDatabase)(unlessSkipped("what is to be told"), { timeout: 60_000 }, () => {
  let bench: Awaited<ReturnType<typeof notifyBench>>;
  let server: TestServer;
  let target: string;
  const refusals: Refusals = {};
  beforeAll(async () => void (bench = await notifyBench()), 60_000);
  afterAll(() => bench?.drop());
  beforeEach(async () => {
    await db.notifyTarget.deleteMany();
    await db.$executeRaw`UPDATE region SET name = 'west-1'`;
    for (const key of Object.keys(refusals)) Reflect.deleteProperty(refusals, key);
    server = await mailServer({ hideSTARTTLS: true, allowInsecureAuth: true }, refusals);
    await setServer(server.port);
    await db.mailServer.updateMany({ data: { failingSince: null, problem: null } });
    target = await addTarget("ops@example.com", "On call");
  });
  afterEach(() => server.close());

  const stop = new AbortController();
  const send = () => sendMails(async () => ({ region: "west-1", url: URL_OF_CONSOLE }), stop.signal);
  const look = async () => {
    await gather("regent.example.com");
    await send();
  };
  const header = (raw: string, name: string) => new RegExp(`^${name}: *(.*)$`, "mi").exec(raw.replace(/\r\n[ \t]+/g, " "))?.[1]?.trim();
  const subjects = () => server.received.map(({ raw }) => header(raw, "Subject"));
  const events = async () =>
    (await db.event.findMany({ where: { kind: { startsWith: "notify." } }, orderBy: { id: "asc" } })).map(
      ({ kind, message }) => `${kind}: ${message}`,
    );

  it("arrives with what a person needs, under the Message-ID that was known before", async () => {
    const note = alarmNote();
    await tellTo(target, note);
    await look();
    const [delivery] = await db.delivery.findMany();
    expect(delivery).toMatchObject({ state: "sent", attempts: 1, answer: "250 2.0.0 taken", leasedUntil: null });
    const [{ raw, to, from } = { raw: "", to: [], from: "" }] = server.received;
    expect({ to, from }).toEqual({ to: ["ops@example.com"], from: "regent@example.com" });
    expect(header(raw, "Subject")).toBe("[Regent west-1] ALARM: High CPU on compute-west-05 (97 % > 80 %)");
    expect(header(raw, "Message-ID")).toBe(delivery?.messageId);
    expect(header(raw, "References")).toBe(`<${note.alarmId}.${note.nodeId}@regent.example.com>`);
    expect(header(raw, "Auto-Submitted")).toBe("auto-generated");
    expect(header(raw, "X-Auto-Response-Suppress")).toBe("All");
    expect(header(raw, "List-Id")).toBe("<west-1.regent.regent.example.com>");
    expect(await db.notifyTarget.findFirst()).toMatchObject({ problem: null, arrivedAt: expect.any(Date) as Date });
  });

  it("goes together, at most once a minute", async () => {
    await tellTo(target, alarmNote({ alarm: "First" }));
    await look();
    await tellTo(target, alarmNote({ alarm: "Second" }), alarmNote({ alarm: "Third", becomes: "OK", was: "ALARM" }));
    await look();
    expect(server.received).toHaveLength(1);
    await pass(61);
    await look();
    expect(subjects()).toEqual(["[Regent west-1] ALARM: First on compute-west-05 (97 % > 80 %)", "[Regent west-1] 1 alarm, 1 OK"]);
  });

  it("says a node once that the alarm's name says already", async () => {
    await tellTo(target, alarmNote({ alarm: "High CPU on compute-west-05" }));
    await look();
    expect(subjects()).toEqual(["[Regent west-1] ALARM: High CPU on compute-west-05 (97 % > 80 %)"]);
  });

  it("waits for a mail server that is down, says so once, and goes as soon as it is back", async () => {
    const before = (await events()).length;
    const pager = await db.notifyTarget.create({
      data: { kind: "webhook", name: "Pager", address: "https://pager.example.com/", body: "regent" },
    });
    await server.close();
    await tellTo(target, alarmNote());
    await look();
    const { failingSince, problem } = await db.mailServer.findUniqueOrThrow({ where: { id: 1 } });
    expect(failingSince).toBeInstanceOf(Date);
    expect(problem).toContain("the connection was refused");
    // Who can still be told hears of it.
    const heard = await db.notification.findMany({ where: { targetId: pager.id } });
    expect(heard.map(({ note }) => note)).toMatchObject([
      { kind: "event", title: "Somebody can not be told", message: expect.stringContaining(problem ?? "-") },
    ]);
    await db.notifyTarget.delete({ where: { id: pager.id } });
    await pass(400);
    await look();
    expect(await db.delivery.findMany()).toMatchObject([{ state: "waiting", attempts: 2 }]);
    server = await mailServer({ hideSTARTTLS: true, allowInsecureAuth: true }, refusals);
    await setServer(server.port);
    await pass(400);
    await look();
    expect(server.received).toHaveLength(1);
    const said = (await events()).slice(before);
    expect(said.map((text) => text.split(":")[0])).toEqual(["notify.failing", "notify.back"]);
  });

  it("is not sent to an address that is refused, nor are the others kept by it", async () => {
    const other = await addTarget("night@example.com", "Night");
    refusals.recipient = "550 5.1.1 no such user";
    await tellTo(target, alarmNote());
    await look();
    Reflect.deleteProperty(refusals, "recipient");
    await tellTo(other, alarmNote());
    await look();
    expect(server.received.map(({ to }) => to)).toEqual([["night@example.com"]]);
    expect(server.received[0]?.raw).toContain("can not be told");
    const refused = await db.notifyTarget.findUniqueOrThrow({ where: { id: target } });
    expect(refused.problem).toBe("The mail server does not take mail for ops@example.com. It says: “550 5.1.1 no such user”");
    expect((await events()).at(-1)).toBe(`notify.failing: “On call” can not be told: ${refused.problem}`);
    await pass(20 * 60);
    await look();
    expect(server.received).toHaveLength(2);
    expect((await events()).at(-1)).toBe("notify.back: “On call” can be told again.");
  });

  it("does not wait for a mail that is refused for what it says", async () => {
    refusals.data = "554 5.7.1 spam";
    await tellTo(target, alarmNote({ alarm: "First" }));
    await look();
    Reflect.deleteProperty(refusals, "data");
    await pass(61);
    await tellTo(target, alarmNote({ alarm: "Second" }));
    await look();
    expect(subjects()).toEqual(["[Regent west-1] ALARM: Second on compute-west-05 (97 % > 80 %)"]);
    expect(await db.notifyTarget.findFirst()).toMatchObject({ failingSince: null });
  });

  it("that is refused for what it says is said across the console, until the next one arrives", async () => {
    refusals.data = "554 5.7.1 spam";
    await tellTo(target, alarmNote());
    await look();
    const failing = await db.notifyTarget.findFirst();
    expect(failing?.failingSince).not.toBeNull();
    expect(failing?.problem).toContain("554 5.7.1 spam");
  });

  it("does not wait for a recipient at whom the server breaks off each time", async () => {
    const others = await Promise.all(["a", "b", "c"].map((name) => addTarget(`${name}@example.com`)));
    refusals.breaksOffAt = "ops@example.com";
    const before = (await events()).length;
    for (let minute = 0; minute < 4; minute += 1) {
      for (const id of [target, ...others]) await tellTo(id, alarmNote());
      await look();
      await pass(400);
    }
    expect(server.received).toHaveLength(12);
    expect(await db.mailServer.findFirst()).toMatchObject({ failingSince: null });
    expect((await events()).slice(before).filter((text) => text.includes("The mail server 127.0.0.1 fails"))).toEqual([]);
    expect(await db.notifyTarget.findUnique({ where: { id: target } })).toMatchObject({
      problem: expect.stringContaining("closed the connection") as string,
    });
  });

  it("goes on in a new session where the server takes so many mails in each", async () => {
    refusals.mailsPerSession = 2;
    const targets = await Promise.all(Array.from({ length: 6 }, (_, index) => addTarget(`person-${index}@example.com`)));
    for (const id of targets) await tellTo(id, alarmNote());
    await look();
    expect(server.received).toHaveLength(6);
    expect(await db.delivery.findMany()).toMatchObject(targets.map(() => ({ state: "sent", attempts: 1 })));
    expect(await db.mailServer.findFirst()).toMatchObject({ failingSince: null });
  });

  it("is told although the clock was set back by an hour", async () => {
    await tellTo(target, alarmNote({ alarm: "First" }));
    await look();
    await tellTo(target, alarmNote({ alarm: "Second" }));
    await pass(-3600);
    await look();
    expect(server.received).toHaveLength(2);
    await db.delivery.updateMany({ data: { state: "waiting", endedAt: null } });
    await db.$executeRaw`UPDATE delivery SET next_at = clock_timestamp() + interval '1 hour', leased_until = clock_timestamp() + interval '1 hour'`;
    await look();
    expect(server.received).toHaveLength(4);
  });

  it("is given up after a day, and the next one is tried", async () => {
    refusals.recipient = "550 5.1.1 no such user";
    await tellTo(target, alarmNote());
    await look();
    await pass(24 * 3600);
    await look();
    expect(await db.delivery.findMany()).toMatchObject([{ state: "dead" }]);
    expect((await events()).at(-1)).toMatch(/^notify\.dead: What was to be told to “On call” was given up after 24 hours \(1 note\)/);
    Reflect.deleteProperty(refusals, "recipient");
    await pass(61);
    await tellTo(target, alarmNote());
    await look();
    expect(server.received).toHaveLength(1);
  });

  it("of an alarm that flaps waits five minutes and is one line that names every change", async () => {
    const about = { alarmId: randomUUID(), nodeId: randomUUID() };
    const change = (seq: number) =>
      alarmNote({
        ...about,
        seq,
        becomes: seq % 2 ? "ALARM" : "OK",
        was: seq % 2 ? "OK" : "ALARM",
        at: new Date(Date.UTC(2026, 10, 26, 12, 0, 10 * seq)).toISOString(),
      });
    for (let seq = 1; seq <= 3; seq += 1) await tellTo(target, change(seq));
    await look();
    await pass(61);
    for (let seq = 4; seq <= 12; seq += 1) await tellTo(target, change(seq));
    await look();
    expect(server.received).toHaveLength(1);
    await pass(301);
    await look();
    const [first, second] = server.received;
    expect(first?.raw).toContain("Changed 3 times between 12:00:10 UTC and 12:00:30 UTC, now ALARM");
    expect(second?.raw.replace(/=\r\n/g, "")).toContain(
      "Flapped 9 times between 12:00:40 UTC and 12:02:00 UTC, now OK (transitions 4 to 12).",
    );
    expect(await db.notification.count({ where: { deliveryId: null } })).toBe(0);
  });

  it("waits while no mail server is set, or its password does not open", async () => {
    await db.$executeRaw`UPDATE mail_server SET login = 'somebody-else'`;
    await tellTo(target, alarmNote());
    await look();
    expect((await db.mailServer.findFirst())?.problem).toBe("The worker can not open this secret.");
    await db.mailServer.deleteMany();
    await pass(400);
    await look();
    expect(await db.delivery.findMany()).toMatchObject([{ state: "waiting", answer: "No mail server is set, so no mail can be sent." }]);
    await setServer(server.port);
    await pass(400);
    await look();
    expect(server.received).toHaveLength(1);
  });

  it("that another version wrote is told as well as it can be", async () => {
    await db.notification.create({ data: { targetId: target, note: { kind: "of tomorrow", text: "<b>hello</b>\r\nBcc: x@example.com" } } });
    await look();
    expect(subjects()).toEqual(["[Regent west-1] A note of another version of Regent"]);
  });

  it("is sent once by many workers at the same time", async () => {
    const targets = await Promise.all(Array.from({ length: 6 }, (_, index) => addTarget(`person-${index}@example.com`)));
    await Promise.all(targets.map((id) => tellTo(id, alarmNote(), alarmNote())));
    await Promise.all(Array.from({ length: 5 }, look));
    expect(server.received.map(({ to }) => String(to[0])).toSorted()).toEqual(targets.map((_, index) => `person-${index}@example.com`));
  });
});
