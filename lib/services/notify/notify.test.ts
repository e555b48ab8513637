/** Who is told, as it is set: what is refused by name, what is kept secret, and what becomes of what waits. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AddTargetInput, MailServerInput, MailTestInput } from "@/lib/actions/inputs";
import { mailServerAad, notifyTargetAad } from "@/lib/domain/sealing";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { open } from "@/lib/secrets";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { enqueue } from "./enqueue";
import { gather } from "./gather";
import { removeMailServer, setMailServer, type MailServerInput as Server } from "./mail-server-set";
import { readNotify } from "./read";
import { enableTarget, removeTarget } from "./target-end";
import { addTarget, changeTarget, type TargetInput } from "./target-set";
import { testMail, testTarget } from "./test";

const SERVER: Server = {
  host: "mail.example.com",
  port: 587,
  security: "starttls",
  login: "regent",
  password: "Kanarienvogel-smtp",
  authority: null,
  sender: "regent@example.com",
};
const HOOK: TargetInput = {
  kind: "webhook",
  name: "Pager",
  address: "https://hooks.example.com/a",
  body: "regent",
  secret: "Kanarienvogel-hook",
};
const MAIL: TargetInput = { kind: "email", name: "On call", address: "ops@example.com" };

describe("what is typed about mail", () => {
  const typed = { ...SERVER, login: "regent", authority: "", port: "587" };
  it.each([
    [{ host: "" }, "Host is missing."],
    [{ host: "mail.example.com:25" }, "Write the host's name or address alone, as in mail.example.com."],
    [{ host: "mail.example.com\r\nQUIT" }, "Write the host's name or address alone, as in mail.example.com."],
    [{ port: "0" }, "Port is missing."],
    [{ sender: "Regent <regent@example.com>" }, "An e-mail address has only letters, digits and signs of ASCII, and no spaces."],
    [
      { sender: "regent@example.com\r\nBcc:x@example.com" },
      "An e-mail address has only letters, digits and signs of ASCII, and no spaces.",
    ],
    [{ password: "a\u0000b" }, "The password has characters that can not be sent."],
    [{ login: "a\nb" }, "User has characters that can not be sent."],
  ])("is refused with a sentence: %o", (wrong, sentence) => {
    const parsed = MailServerInput.safeParse({ ...typed, ...wrong });
    const messages = parsed.success ? [] : JSON.stringify(parsed.error.issues);
    expect(messages).toContain(sentence);
  });

  it("leaves out what is empty", () => {
    expect(MailServerInput.parse({ ...typed, login: "" })).toMatchObject({ login: null, authority: null, port: 587 });
  });

  it.each([
    "ops@example.com\u0000",
    "ops@example.com, b@example.com",
    "a b@example.com",
    `${"a".repeat(250)}@example.com`,
    "<ops@example.com>",
    "ops",
    "“ops”@example.com",
    "ops@exämple.com",
  ])("is no mailbox: %s", (address) =>
    expect([MailTestInput.safeParse({ address }).success, AddTargetInput.safeParse({ ...MAIL, address }).success]).toEqual([false, false]),
  );
});

describe.skipIf(noDatabase)(unlessSkipped("who is told"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let key: string;
  let admin: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    ({ drop, sealPrivateKey: key } = await ownDatabase());
    admin = await addUser("Ada", "admin");
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.notifyTarget.deleteMany();
    await db.mailServer.deleteMany();
    await db.alarm.deleteMany();
  });

  const value = <T>(outcome: Outcome<T>): T => {
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value;
  };
  const set = (facts: Partial<Server> = {}) => setMailServer({ ...SERVER, ...facts }, admin.call());
  const add = async (input: TargetInput) => value(await addTarget(input, admin.call())).id;
  const password = async () => {
    const { host, login, sealed } = await db.mailServer.findUniqueOrThrow({ where: { id: 1 } });
    return sealed && open(key, sealed, mailServerAad({ host, login: login ?? "" })).reveal();
  };
  const lastEvent = async () => db.event.findFirst({ orderBy: { id: "desc" } });

  it("keeps a mail server's password sealed, for the same host and user alone", async () => {
    value(await set());
    expect(await password()).toBe(SERVER.password);
    value(await set({ password: "", port: 2587, sender: "other@example.com" }));
    expect(await password()).toBe(SERVER.password);
    expect(await set({ password: "", host: "mail.evil.example" })).toMatchObject({
      ok: false,
      code: "password-missing",
      field: "password",
    });
    expect(await set({ password: "", login: "root" })).toMatchObject({ ok: false, code: "password-missing" });
    value(await set({ login: null, password: "" }));
    expect((await readNotify()).server).toMatchObject({ login: null, hasPassword: false });
    expect(JSON.stringify(await readNotify())).not.toContain("Kanarienvogel");
    expect((await lastEvent())?.message).toBe("Ada set the mail server mail.example.com, port 587.");
  });

  it("does not let a password travel in clear, nor takes anything for a certificate", async () => {
    expect(await set({ security: "none" })).toMatchObject({ ok: false, code: "clear-password", field: "security" });
    value(await set({ security: "none", host: "127.0.0.1" }));
    for (const authority of [
      "hello",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    ])
      expect(await set({ authority })).toMatchObject({ ok: false, code: "bad-authority", field: "authority" });
  });

  it("removes the mail server with its password", async () => {
    value(await set());
    value(await removeMailServer({}, admin.call()));
    expect((await readNotify()).server).toBeNull();
    expect(await removeMailServer({}, admin.call())).toMatchObject({ ok: false, code: "server-gone" });
    expect(await testMail({ address: "ops@example.com" }, admin.call())).toMatchObject({ ok: false, code: "no-mail-server" });
  });

  it("asks the worker for a test, once for each click", async () => {
    value(await set());
    const call = admin.call();
    const [first, again] = [
      value(await testMail({ address: "ops@example.com" }, call)),
      value(await testMail({ address: "ops@example.com" }, call)),
    ];
    expect(again).toEqual(first);
    expect(await testMail({ address: "other@example.com" }, call)).toMatchObject({ ok: false, code: "key-reused" });
    expect(await db.operation.findUniqueOrThrow({ where: { id: first.operationId } })).toMatchObject({
      kind: "mailTest",
      ip: null,
      status: "pending",
      request: { address: "ops@example.com", targetId: null },
    });
    const hook = await add(HOOK);
    const test = value(await testTarget({ targetId: hook }, admin.call()));
    expect(await db.operation.findUniqueOrThrow({ where: { id: test.operationId } })).toMatchObject({
      kind: "webhookTest",
      request: { targetId: hook },
    });
    value(await enableTarget({ targetId: hook, enabled: false }, admin.call()));
    expect(await testTarget({ targetId: hook }, admin.call())).toMatchObject({ ok: false, code: "target-off" });
  });

  it("refuses an address or a name twice, by name, also for two who press at once", async () => {
    await add(MAIL);
    expect(await addTarget({ ...MAIL, name: "Again", address: "OPS@example.com" }, admin.call())).toMatchObject({
      code: "duplicate",
      reason: "This address already belongs to “On call”.",
      field: "address",
    });
    expect(await addTarget({ ...MAIL, name: "on CALL", address: "b@example.com" }, admin.call())).toMatchObject({
      code: "name-taken",
      field: "name",
    });
    const answers = await Promise.all(["A", "B", "C"].map((name) => addTarget({ ...HOOK, name }, admin.call())));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("keeps a webhook's secret sealed for one address, and lets several share PagerDuty's", async () => {
    const id = await add(HOOK);
    const secretOf = async (target: string) => {
      const { address, sealed } = await db.notifyTarget.findUniqueOrThrow({ where: { id: target } });
      return sealed && open(key, sealed, notifyTargetAad({ id: target, address })).reveal();
    };
    expect(await secretOf(id)).toBe("Kanarienvogel-hook");
    value(await changeTarget({ ...HOOK, targetId: id, name: "Renamed", secret: "" }, admin.call()));
    expect(await secretOf(id)).toBe("Kanarienvogel-hook");
    expect(await changeTarget({ ...HOOK, targetId: id, address: "https://evil.example/", secret: "" }, admin.call())).toMatchObject({
      code: "secret-missing",
    });
    expect(await addTarget({ ...HOOK, name: "Short", address: "https://b.example.com/", secret: "short" }, admin.call())).toMatchObject({
      code: "secret-short",
    });
    const pager: TargetInput = {
      kind: "webhook",
      name: "P1",
      address: "https://events.pagerduty.com/v2/enqueue",
      body: "pagerduty",
      secret: "a".repeat(32),
    };
    await add(pager);
    await add({ ...pager, name: "P2", secret: "b".repeat(32) });
    expect(await addTarget({ ...pager, name: "P3" }, admin.call())).toMatchObject({
      code: "duplicate",
      reason: "This address already belongs to “P1”.",
    });
    const slack = await add({
      kind: "webhook",
      name: "Chat",
      address: "https://hooks.slack.com/services/T0/B0/kanarienvogel",
      body: "slack",
      secret: "",
    });
    expect(await secretOf(slack)).toBe("https://hooks.slack.com/services/T0/B0/kanarienvogel");
    expect(JSON.stringify(await readNotify()).toLowerCase()).not.toContain("kanarienvogel");
    expect(await changeTarget({ ...MAIL, targetId: id }, admin.call())).toMatchObject({ code: "target-gone" });
  });

  it("records what waited for a target that is switched off, and tells it nothing any more", async () => {
    const id = await add(MAIL);
    const tell = () =>
      db.$transaction((tx) =>
        enqueue(tx, [{ targetId: id, note: { kind: "test", by: "Ada", alarm: null, at: new Date().toISOString() } }]),
      );
    await tell();
    expect(await readNotify()).toMatchObject({ targets: [{ waiting: 1 }], oldestWaitingMs: expect.any(Number) as number });
    await gather("test");
    await tell();
    value(await enableTarget({ targetId: id, enabled: false }, admin.call()));
    expect(await tell()).toBe(0);
    const [target] = (await readNotify()).targets;
    expect(target).toMatchObject({ enabled: false, waiting: 0, name: "On call" });
    expect(target?.deliveries.map(({ state, notes, answer }) => [state, notes, answer])).toEqual([
      ["dead", 1, "Ada switched this target off before it was told."],
      ["dead", 1, "Ada switched this target off before it was told."],
    ]);
    expect(await db.notification.count({ where: { deliveryId: null } })).toBe(0);
  });

  it("is not removed from under an alarm without a word", async () => {
    const id = await add(MAIL);
    await db.alarm.create({
      data: {
        name: "High CPU",
        severity: "critical",
        scope: "all",
        rule: {},
        actorName: "Ada",
        actions: { create: { state: "ALARM", targetId: id } },
      },
    });
    expect(await removeTarget({ targetId: id, anyway: false }, admin.call())).toMatchObject({
      code: "in-use",
      reason: "1 alarm tells “On call”: High CPU.",
    });
    value(await removeTarget({ targetId: id, anyway: true }, admin.call()));
    expect(await removeTarget({ targetId: id, anyway: true }, admin.call())).toMatchObject({ code: "target-gone" });
    expect((await lastEvent())?.message).toBe("Ada removed “On call” among those who are told.");
  });
});
