/** The way to a mail server, against a real one: what it takes, and the sentence for each way in which it does not. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "@/lib/secrets";
import { openSession, type MailAccess, type Mailed } from "./smtp";
import { certificate, LOGIN, mailServer, type Certificate, type Refusals } from "./testing-smtp";

let known: Certificate;
let expired: Certificate;
let other: Certificate;
beforeAll(() => {
  known = certificate();
  expired = certificate({ days: -1 });
  other = certificate({ names: "DNS:mail.elsewhere.example" });
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));

async function server(options: SMTPServerOptions = {}, refusals: Refusals = {}) {
  const started = await mailServer({ ...known, ...options }, refusals);
  closing.push(started.close);
  return started;
}

/** A server that is none, or a very bad one. */
async function listener(greet: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    greet(socket);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => listening.close(resolve));
  });
  return (listening.address() as AddressInfo).port; // it listens on TCP
}

const access = (port: number, rest: Partial<MailAccess> = {}): MailAccess => ({
  host: "127.0.0.1",
  port,
  security: "starttls",
  login: LOGIN.user,
  password: new Secret(LOGIN.password),
  authority: known.cert,
  sender: "regent@example.com",
  name: "regent.test",
  ...rest,
});
const RAW = Buffer.from("Subject: Test\r\n\r\nHello.\r\n");

/** All of it; answers with how the first thing that failed was refused. */
async function deliver(to: MailAccess, lines: string[] = [], raw = RAW): Promise<Mailed<string>> {
  const session = await openSession(to, { onLine: (line) => lines.push(line) });
  if (!session.ok) return session;
  const loggedIn = await session.value.login();
  const sent = loggedIn.ok ? await session.value.send({ recipient: "ops@example.com", raw }) : loggedIn;
  session.value.leave();
  return sent;
}

describe("a mail server", () => {
  it("takes a mail over STARTTLS with a login, and the password is nowhere in the dialogue", async () => {
    const { port, received } = await server();
    const lines: string[] = [];
    expect(await deliver(access(port), lines)).toEqual({ ok: true, value: "250 2.0.0 taken" });
    expect(received).toMatchObject([{ from: "regent@example.com", to: ["ops@example.com"], secure: true, user: LOGIN.user }]);
    expect(lines).toEqual(
      expect.arrayContaining(["C: STARTTLS", "C: AUTH PLAIN ***", "C: MAIL FROM:<regent@example.com>", "S: 250 2.0.0 taken"]),
    );
    expect(lines.indexOf("C: STARTTLS")).toBeLessThan(lines.indexOf("C: AUTH PLAIN ***"));
    for (const form of [
      LOGIN.password,
      Buffer.from(LOGIN.password).toString("base64"),
      Buffer.from(`\0${LOGIN.user}\0${LOGIN.password}`).toString("base64"),
    ])
      expect(lines.join("\n")).not.toContain(form);
  });

  it.each(["LOGIN", "CRAM-MD5"])("is logged in to by %s as well, without a readable word of it in the dialogue", async (method) => {
    const { port } = await server({ authMethods: [method] }, { login: "535 5.7.8 no" });
    const lines: string[] = [];
    await deliver(access(port), lines);
    const said = lines
      .filter((line) => line.startsWith("C: "))
      .slice(lines.filter((line) => line.startsWith("C: ")).indexOf("C: STARTTLS") + 2);
    expect(said.filter((line) => !/^C: (AUTH [A-Z0-9-]+ )?\*\*\*$/.test(line))).toEqual(["C: QUIT"]);
  });

  it("takes mails over TLS from the start, and over an open line where there is no login", async () => {
    const tls = await server({ secure: true });
    expect(await deliver(access(tls.port, { security: "tls" }))).toMatchObject({ ok: true });
    const open = await server({ hideSTARTTLS: true });
    expect(await deliver(access(open.port, { security: "none", login: null, password: null }))).toMatchObject({ ok: true });
    expect(open.received).toMatchObject([{ secure: false }]);
  });

  it("takes several mails in one session", async () => {
    const { port, received } = await server();
    const session = await openSession(access(port));
    if (!session.ok) throw new Error(session.reason);
    await session.value.login();
    for (const recipient of ["a@example.com", "b@example.com", "c@example.com"])
      expect(await session.value.send({ recipient, raw: RAW })).toMatchObject({ ok: true });
    session.value.leave();
    expect(received.map(({ to }) => to[0])).toEqual(["a@example.com", "b@example.com", "c@example.com"]);
  });

  it("gets no password on an open line, unless the line ends on this machine", async () => {
    const refused = await openSession(access(25, { host: "mail.example.com", security: "none" }));
    expect(refused).toMatchObject({ ok: false, code: "clear-password", reason: "The password would travel in clear to mail.example.com." });
    const { port, received } = await server({ hideSTARTTLS: true, allowInsecureAuth: true });
    expect(await deliver(access(port, { security: "none" }))).toMatchObject({ ok: true });
    expect(received).toMatchObject([{ secure: false, user: LOGIN.user }]);
  });

  it("that offers no STARTTLS gets nothing", async () => {
    const { port, received } = await server({ hideSTARTTLS: true, allowInsecureAuth: true, disabledCommands: ["STARTTLS"] });
    const lines: string[] = [];
    expect(await deliver(access(port), lines)).toMatchObject({ code: "mail-no-starttls", about: "server" });
    expect(lines.join("\n")).not.toMatch(/C: (AUTH|MAIL FROM)/);
    expect(received).toEqual([]);
  });

  it.each([
    ["signed by itself", () => ({ cert: known, authority: null }), "mail-certificate-unknown", /was signed by itself/],
    ["expired", () => ({ cert: expired, authority: expired.cert }), "mail-certificate-expired", /has expired/],
    ["of another name", () => ({ cert: other, authority: other.cert }), "mail-certificate-name", /belongs to another name/],
  ] as const)("whose certificate is %s is refused, at STARTTLS and from the start", async (_, setting, code, sentence) => {
    const { cert, authority } = setting();
    for (const security of ["starttls", "tls"] as const) {
      const { port, received } = await server({ ...cert, secure: security === "tls" });
      const refused = await deliver(access(port, { security, authority }));
      expect(refused).toMatchObject({ ok: false, code, about: "server", reason: expect.stringMatching(sentence) as string });
      expect(received).toEqual([]);
    }
  });

  it.each<[string, Refusals, object]>([
    [
      "rejects the password",
      { login: "535 5.7.8 Authentication credentials invalid" },
      { code: "mail-login", about: "server", field: "password" },
    ],
    ["takes no login now", { login: "454 4.7.0 Temporary failure" }, { code: "mail-login-later", about: "server" }],
    ["refuses the sender", { sender: "550 5.7.1 not your address" }, { code: "mail-sender", about: "server", field: "sender" }],
    ["refuses the recipient", { recipient: "550 5.1.1 no such user" }, { code: "mail-recipient", about: "recipient", lasting: true }],
    ["puts a stranger off", { recipient: "451 4.7.1 Greylisted, try later" }, { code: "mail-later", about: "recipient", lasting: false }],
    [
      "finds the message too big",
      { data: "552 5.3.4 Message size exceeds fixed limit" },
      { code: "mail-too-big", about: "message", lasting: true },
    ],
    ["refuses the message", { data: "554 5.7.1 looks like spam" }, { code: "mail-message", about: "message", lasting: true }],
    ["can not take it now", { data: "452 4.3.1 disk full" }, { code: "mail-message-later", about: "message", lasting: false }],
    ["goes away in the middle of it", { closeAtData: true }, { code: "mail-closed", about: "server" }],
  ])("that %s is quoted", async (_, refusals, expected) => {
    const { port, received } = await server({}, refusals);
    const refused = await deliver(access(port));
    expect(refused).toMatchObject({ ok: false, ...expected });
    const [said] = Object.values(refusals);
    if (typeof said === "string") expect((refused as { reason: string }).reason).toContain(said.replace(/^\d+ /, ""));
    expect(received).toEqual([]);
  });

  it("says before how large a message may be", async () => {
    const { port } = await server({ size: 100 });
    expect(await deliver(access(port), [], Buffer.alloc(200, "x"))).toMatchObject({ code: "mail-too-big", about: "message" });
  });

  it("is found out by what it is instead", async () => {
    const closed = await listener((socket) => socket.end());
    expect(await deliver(access(closed))).toMatchObject({ code: "mail-closed" });
    const web = await listener((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(await deliver(access(web))).toMatchObject({ code: "mail-greeting" });
    const plain = await server({ hideSTARTTLS: true });
    expect(await deliver(access(plain.port, { security: "tls" }))).toMatchObject({ code: "mail-not-tls" });
    expect(await deliver(access(1))).toMatchObject({
      code: "mail-refused",
      reason: "Nothing listens at 127.0.0.1, port 1: the connection was refused.",
    });
    expect(await deliver(access(25, { host: "mail.invalid" }))).toMatchObject({ code: expect.stringMatching(/^mail-name/) as string });
  });

  it("can not hide the password in what it says", async () => {
    const echo = `535 5.7.8 You said ${LOGIN.password} (${Buffer.from(`\0${LOGIN.user}\0${LOGIN.password}`).toString("base64")})`;
    const { port } = await server({}, { login: echo });
    const lines: string[] = [];
    const refused = await deliver(access(port), lines);
    expect(JSON.stringify([refused, lines])).not.toMatch(/Kanarienvogel/);
    expect(refused).toMatchObject({ reason: expect.stringContaining("You said *** (***)") as string });
  });

  it("may say what it likes: it is one line, bounded, and does not turn the text around", async () => {
    const hostile = `550 5.1.1 \u202Eevil\u0007 ${"long ".repeat(400)}`;
    const { port } = await server({}, { recipient: hostile });
    const refused = await deliver(access(port));
    const { reason } = refused as { reason: string };
    expect(reason.length).toBeLessThan(400);
    expect(reason).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("that never greets is left after ten seconds", { timeout: 20_000 }, async () => {
    const silent = await listener(() => undefined);
    const began = performance.now();
    expect(await deliver(access(silent))).toMatchObject({ code: "mail-no-greeting" });
    expect(performance.now() - began).toBeLessThan(12_000);
  });

  it("that takes the mail and never answers is left when the worker stops", async () => {
    const { port } = await server({}, { hangAtData: true });
    const stop = new AbortController();
    const session = await openSession(access(port), { signal: stop.signal });
    if (!session.ok) throw new Error(session.reason);
    await session.value.login();
    const sending = session.value.send({ recipient: "ops@example.com", raw: RAW });
    setTimeout(() => stop.abort(), 100);
    expect(await sending).toMatchObject({ ok: false, code: "mail-closed" });
  });
});
