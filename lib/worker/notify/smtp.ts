/**
 * One session with a mail server: connect and encrypt, log in, send any number of mails, leave. Whatever goes wrong is a refusal with its
 * sentence. Nothing is sent unencrypted where encryption was asked for, and no password on an open line.
 */
import { rootCertificates } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { isLoopbackHost } from "../../domain/mail-server";
import { SMTP } from "../../messages/smtp";
import { done } from "../../outcome";
import type { Secret } from "../../secrets";
import { dialogueLogger, hideSecrets } from "./dialogue";
import { CONNECT_MS, explain, GREETING_MS, SILENCE_MS, type MailRefusal } from "./smtp-explain";

/** However slowly the server answers; with connecting and logging in, shorter than the lease of a delivery. */
const STEP_MS = 30_000;
const SEND_MS = 60_000;

export type MailAccess = {
  host: string;
  port: number;
  security: "starttls" | "tls" | "none";
  login: string | null;
  password: Secret | null;
  /** PEM, trusted besides the system's. */
  authority: string | null;
  sender: string;
  /** What the worker calls itself. */
  name: string;
};
export type SmtpOptions = { signal?: AbortSignal; onLine?: (line: string) => void };
export type Mail = { recipient: string; raw: Buffer };
export type Mailed<T> = { ok: true; value: T } | MailRefusal;

export type MailSession = {
  login: () => Promise<Mailed<undefined>>;
  /** Answers with the server's own words once it has taken the mail. */
  send: (mail: Mail) => Promise<Mailed<string>>;
  /** Says goodbye and does not wait for the answer. */
  leave: () => void;
};

export async function openSession(access: MailAccess, options: SmtpOptions = {}): Promise<Mailed<MailSession>> {
  const { host, port, security, login, sender } = access;
  if (security === "none" && login !== null && !isLoopbackHost(host))
    return { ...SMTP.clearPassword(host), about: "server", lasting: false };
  const hide = hideSecrets(login ?? "", access.password);
  const connection = new SMTPConnection({
    host,
    port,
    name: access.name,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    tls: { minVersion: "TLSv1.2", ...(access.authority ? { ca: [...rootCertificates, access.authority] } : {}) },
    transactionLog: true,
    logger: dialogueLogger(hide, options.onLine),
  });
  const cut = () => connection.close();
  options.signal?.addEventListener("abort", cut, { once: true });
  connection.once("end", () => options.signal?.removeEventListener("abort", cut));
  // Each question below hears of it; between two of them nobody has to.
  connection.on("error", () => undefined);

  async function ask<T>(recipient: string, withinMs: number, question: Question<T>): Promise<Mailed<T | undefined>> {
    try {
      return done(await answered(connection, withinMs, question)) as Mailed<T | undefined>;
    } catch (error) {
      return explain(error instanceof Error ? error : new Error(String(error)), { host, port, sender, recipient }, hide);
    }
  }

  const connected = await ask("", STEP_MS, (answer) => connection.connect(answer));
  if (!connected.ok) {
    connection.close();
    return connected;
  }
  return {
    ok: true,
    value: {
      async login() {
        if (login === null) return { ok: true, value: undefined };
        if (!connection.allowsAuth) return { ...SMTP.noLogin(access), about: "server", lasting: false };
        const user = { user: login, pass: access.password?.reveal() ?? "" };
        const said = await ask<boolean>("", STEP_MS, (answer) => connection.login(user, answer));
        return said.ok ? { ok: true, value: undefined } : said;
      },
      async send({ recipient, raw }) {
        const envelope = { from: sender, to: [recipient], size: raw.length };
        const said = await ask<{ response: string }>(recipient, SEND_MS, (answer) => connection.send(envelope, raw, answer));
        return said.ok ? { ok: true, value: hide(said.value?.response ?? "") } : said;
      },
      leave: () => connection.quit(),
    },
  };
}

type Question<T> = (answer: (error?: Error | null, value?: T) => void) => void;

/** An answer to one question, whichever way nodemailer gives it; one that takes too long ends the connection. */
function answered<T>(connection: SMTPConnection, withinMs: number, question: Question<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      connection.removeListener("error", fail);
      connection.removeListener("end", closed);
      settle();
    };
    const fail = (error: Error) => end(() => reject(error));
    const closed = () => fail(Object.assign(new Error("The connection ended."), { code: "ECONNECTION" }));
    const timer = setTimeout(() => {
      fail(Object.assign(new Error("No answer in time."), { code: "ETIMEDOUT" }));
      connection.close();
    }, withinMs);
    connection.once("error", fail);
    connection.once("end", closed);
    question((error, value) => (error ? fail(error) : end(() => resolve(value))));
  });
}
