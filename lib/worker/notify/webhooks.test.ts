/** Webhooks against a real receiver: what it is sent, what it may answer, and where nothing is ever sent. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTls } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Note } from "@/lib/domain/notes";
import { db } from "@/lib/db";
import { gather } from "@/lib/services/notify/gather";
import { addTarget } from "@/lib/services/notify/target-set";
import { forbidden, webhookUrl } from "@/lib/services/notify/webhook-address";
import { addUser, noDatabase, unlessSkipped } from "@/lib/services/testing";
import { post } from "./post";
import { certificate } from "./testing-smtp";
import { alarmNote, notifyBench, pass, tellTo, URL_OF_CONSOLE } from "./testing-notify";
import { sendWebhooks } from "./webhooks";

const SECRET = "Kanarienvogel-hook-7";
const never = new AbortController().signal;
type Got = { path: string; headers: IncomingMessage["headers"]; body: string };

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Listens on loopback; `got` grows with each request. */
async function receiver(
  answer: (response: ServerResponse, got: Got) => void = (response) => void response.end("ok"),
  tls?: { key: string; cert: string },
) {
  const got: Got[] = [];
  const take = (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body };
      got.push(one);
      answer(response, one);
    });
  };
  const server = tls ? createTls(tls, take) : createServer(take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { got, port, url: `${tls ? "https" : "http"}://127.0.0.1:${port}/hook` };
}

describe("where a webhook may go", () => {
  it.each([
    "127.0.0.1",
    "127.8.9.1",
    "::1",
    "::ffff:127.0.0.1",
    "0.0.0.0",
    "::",
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "fe80::1",
    "fd00:ec2::254",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "no address",
  ])("is not %s", (address) => expect(forbidden(address, false)).toEqual(expect.any(String)));

  it.each(["10.20.1.40", "192.168.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "fd12:3456::1"])("is %s", (address) =>
    expect(forbidden(address, false)).toBeNull(),
  );

  it.each([
    ["http://hooks.example.com/x", "not-https"],
    ["https://ada:secret@hooks.example.com/x", "user-in-url"],
    ["https://localhost/x", "address-not-allowed"],
    ["https://it.localhost/x", "address-not-allowed"],
    ["https://127.1/x", "address-not-allowed"],
    ["https://0x7f000001/x", "address-not-allowed"],
    ["https://2130706433/x", "address-not-allowed"],
    ["https://[::1]/x", "address-not-allowed"],
    ["https://169.254.169.254/latest/meta-data", "address-not-allowed"],
    ["file:///etc/passwd", "bad-url"],
    ["gopher://hooks.example.com", "bad-url"],
    ["hooks.example.com", "bad-url"],
  ])("is not written %s", (typed, code) => expect(webhookUrl(typed, false)).toMatchObject({ ok: false, code, field: "address" }));

  it("is not what its name leads to, if that is not allowed", async () => {
    const { got, port } = await receiver();
    const options = { loopback: false, signal: never };
    expect(await post(`https://localhost:${port}/`, "{}", {}, options)).toMatchObject({
      ok: false,
      code: "address-not-allowed",
      lasting: true,
    });
    expect(got).toEqual([]);
  });
});

describe("a webhook", () => {
  const options = { loopback: true, signal: never };

  it("is told once, and its words are kept on one line", async () => {
    const { got, url } = await receiver((response) => void response.end("ok\r\nX-Evil: 1\u001b[31m"));
    expect(await post(url, '{"a":1}', { "Idempotency-Key": "k" }, options)).toEqual({ ok: true, value: "200 ok X-Evil: 1 [31m" });
    expect(got).toMatchObject([
      { body: '{"a":1}', headers: { "content-type": "application/json; charset=utf-8", "idempotency-key": "k" } },
    ]);
  });

  it.each([
    [301, "webhook-redirect", true, "recipient"],
    [307, "webhook-redirect", true, "recipient"],
    [401, "webhook-rejected", true, "recipient"],
    [404, "webhook-rejected", true, "recipient"],
    [413, "webhook-rejected", true, "message"],
    [429, "webhook-busy", false, "recipient"],
    [500, "webhook-busy", false, "recipient"],
    [503, "webhook-busy", false, "recipient"],
  ])("that answers %s is %s", async (status, code, lasting, about) => {
    const other = await receiver();
    const { url } = await receiver((response) => void response.writeHead(status, { Location: other.url }).end("no such hook"));
    expect(await post(url, "{}", {}, options)).toMatchObject({ ok: false, code, lasting, about });
    expect(other.got).toEqual([]);
  });

  it("may answer without end: 64 kB are read", async () => {
    let sent = 0;
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const timer = setInterval(() => void (response.write("x".repeat(16_384)) || (sent += 1)), 1);
      response.on("close", () => clearInterval(timer));
    });
    expect(await post(url, "{}", {}, options)).toMatchObject({ ok: true });
    expect(sent).toBeLessThan(1000);
  });

  it("has so long to answer and no longer", async () => {
    const { url } = await receiver(() => undefined);
    expect(await post(url, "{}", {}, { ...options, deadlineMs: 200 })).toMatchObject({
      code: "webhook-slow",
      lasting: false,
      reason: "127.0.0.1 did not answer within 0.2 s.",
    });
    const drip = await receiver((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await post(drip.url, "{}", {}, { ...options, deadlineMs: 200 })).toMatchObject({ code: "webhook-slow" });
  });

  it("that is not there, or not who it says, is told apart", async () => {
    expect(await post("http://127.0.0.1:1/", "{}", {}, options)).toMatchObject({ code: "webhook-refused" });
    const { url, got } = await receiver(undefined, certificate());
    expect(await post(url, "{}", {}, options)).toMatchObject({ code: "webhook-certificate" });
    expect(got).toEqual([]);
    const closed = await receiver((response) => void response.socket?.destroy());
    expect(await post(closed.url, "{}", {}, options)).toMatchObject({ code: "webhook-closed" });
  });
});

describe.skipIf(noDatabase)(unlessSkipped("a webhook that is to be told"), { timeout: 60_000 }, () => {
  let bench: Awaited<ReturnType<typeof notifyBench>>;
  let admin: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    process.env.REGENT_WEBHOOK_LOOPBACK = "1";
    bench = await notifyBench();
    admin = await addUser("Ada", "admin");
  }, 60_000);
  afterAll(() => bench?.drop());
  beforeEach(() => db.notifyTarget.deleteMany());

  const look = async () => {
    await gather("regent.example.com");
    await sendWebhooks(async () => ({ region: "west-1", url: URL_OF_CONSOLE }), never);
  };
  async function target(body: "regent" | "slack" | "pagerduty", address: string, secret = SECRET): Promise<string> {
    const added = await addTarget({ kind: "webhook", name: body, address, body, secret }, admin.call());
    if (!added.ok) throw new Error(added.reason);
    return added.value.id;
  }

  it("gets Regent's own form, signed, with the delivery's id", async () => {
    const { got, url } = await receiver();
    const note = alarmNote();
    await tellTo(await target("regent", url), note);
    await look();
    const [delivery] = await db.delivery.findMany();
    expect(delivery).toMatchObject({ state: "sent", answer: "200 ok" });
    const [{ headers, body } = { headers: {} as IncomingMessage["headers"], body: "" }] = got;
    expect(JSON.parse(body)).toEqual({
      version: 1,
      id: delivery?.id,
      region: expect.any(String) as string,
      url: URL_OF_CONSOLE,
      createdAt: delivery?.createdAt.toISOString(),
      subject: "[Regent west-1] ALARM: High CPU on compute-west-05 (97 % > 80 %)",
      notes: [note],
    });
    expect(headers["idempotency-key"]).toBe(delivery?.id);
    const [, at = "", v1 = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-regent-signature"])) ?? [];
    expect(v1).toBe(createHmac("sha256", SECRET).update(`${at}.${body}`).digest("hex"));
    expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(30);
  });

  it("is Slack: a text and blocks in which nothing calls anybody, at an address that is kept nowhere in clear", async () => {
    const { got, port } = await receiver();
    const id = await target("slack", `http://127.0.0.1:${port}/services/T0/B0/verysecretpath`, "");
    await tellTo(id, alarmNote({ node: "<!channel> a|b", reason: "see <https://evil.example|here>" }));
    await look();
    expect(got[0]?.path).toBe("/services/T0/B0/verysecretpath");
    const body = JSON.parse(got[0]?.body ?? "{}") as { text: string; blocks: { text: { text: string } }[] };
    expect(body.text).toContain("&lt;!channel&gt;");
    expect(body.blocks[1]?.text.text).toContain(`<${URL_OF_CONSOLE}/alarms/`);
    expect(
      body.blocks
        .slice(1)
        .map(({ text }) => text.text)
        .join(""),
    ).not.toMatch(/<!channel|<https:\/\/evil/);
    const kept = await db.notifyTarget.findUniqueOrThrow({ where: { id } });
    expect(kept.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{8}$/);
  });

  it("is PagerDuty: one event for each alarm on each node, with the state it is in now", async () => {
    const { got, url } = await receiver((response) => void response.writeHead(202).end("{}"));
    const id = await target("pagerduty", url, "R0UTINGKEYR0UTINGKEYR0UTINGKEY32");
    const open = alarmNote();
    const over = { alarmId: open.alarmId, nodeId: "8a4d1d8a-3f2c-4c0e-9df7-0d2a8c3d7a11" };
    const daily: Note = {
      kind: "daily",
      nodes: 1,
      active: 1,
      inAlarm: 0,
      insufficient: 0,
      muted: 0,
      delivered: 0,
      waiting: 0,
      at: open.at,
    };
    await tellTo(id, open, alarmNote({ ...over, seq: 1 }), alarmNote({ ...over, seq: 2, was: "ALARM", becomes: "OK" }), daily);
    await look();
    const events = got.map(
      ({ body }) => JSON.parse(body) as { event_action: string; dedup_key: string; routing_key: string; payload?: { severity: string } },
    );
    expect(events.map(({ event_action, dedup_key, payload }) => [event_action, dedup_key, payload?.severity])).toEqual([
      ["trigger", `regent:${open.alarmId}/${open.nodeId}`, "critical"],
      ["resolve", `regent:${over.alarmId}/${over.nodeId}`, undefined],
    ]);
    expect(new Set(events.map(({ routing_key }) => routing_key))).toEqual(new Set(["R0UTINGKEYR0UTINGKEYR0UTINGKEY32"]));
    expect((await db.delivery.findMany())[0]).toMatchObject({ state: "sent" });
  });

  it("is tried again with the same key until it takes it, and keeps no other", async () => {
    let well = false;
    const { got, url } = await receiver((response) => void response.writeHead(well ? 200 : 503).end());
    const good = await receiver();
    await tellTo(await target("regent", url), alarmNote());
    const other = await addTarget({ kind: "webhook", name: "good", address: good.url, body: "regent", secret: SECRET }, admin.call());
    await tellTo(other.ok ? other.value.id : "", alarmNote());
    for (let tries = 0; tries < 3; tries += 1) {
      await look();
      await pass(400);
    }
    expect(got.length).toBe(3);
    expect(good.got).toHaveLength(1);
    expect((await db.notifyTarget.findFirst({ where: { name: "regent" } }))?.problem).toBe("127.0.0.1 answered 503.");
    well = true;
    await look();
    expect(new Set(got.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(await db.notifyTarget.findFirst({ where: { name: "regent" } })).toMatchObject({ problem: null, failingSince: null });
  });

  it("can not make its secret readable by repeating it", async () => {
    const { url } = await receiver(
      (response, { headers }) => void response.writeHead(400).end(`bad: ${SECRET} ${String(headers["x-regent-signature"])}`),
    );
    await tellTo(await target("regent", url), alarmNote());
    await look();
    const rows = JSON.stringify(
      [
        await db.delivery.findMany(),
        await db.notifyTarget.findMany({ omit: { sealed: true } }),
        await db.event.findMany({ omit: { id: true, hash: true, prevHash: true } }),
      ],
      (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    );
    expect(rows).toContain("bad: ***");
    expect(rows).not.toContain("Kanarienvogel");
  });
});
