/** Webhooks against a real receiver: what it is sent, what it may answer, and where nothing is ever sent. */

import { afterEach, describe, expect, it } from "vitest";
import { forbidden, webhookUrl } from "@/lib/services/notify/webhook-address";
import { post } from "./post";
import { closeReceivers, receiver } from "./testing-receiver";
import { certificate } from "./testing-smtp";

const SECRET = "Kanarienvogel-hook-7";
const never = new AbortController().signal;
afterEach(closeReceivers);

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
    [400, "webhook-rejected", true, "message"],
    [422, "webhook-rejected", true, "message"],
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

  it("can not show the half of a secret at the end of a long answer", async () => {
    const hide = (text: string) => text.replaceAll(SECRET, "***");
    const { url } = await receiver((response) => void response.end(`${"x".repeat(290)}${SECRET}`));
    const said = await post(url, "{}", {}, { ...options, hide });
    expect(said).toMatchObject({ ok: true });
    expect(JSON.stringify(said)).not.toContain(SECRET.slice(0, 4));
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
